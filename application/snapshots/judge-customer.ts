// The task of the run a snapshot starts when it takes effect: judges the records of one customer
// anew (SPEC §2.1). First the header learns of the snapshot, so that every change from then on is
// judged by it; then the records that were there before are gone through page by page. What comes in
// between is right already, and what is cut off is gone through again.
import { CUSTOMER_ENTITIES, type CustomerChange, MAIN_FACET } from '../../domain/change.ts';
import type { CustomerDocument } from '../../domain/customer-document.ts';
import { customerKey } from '../../domain/key.ts';
import {
  completionKey,
  type Completions,
  entityOfKey,
  judged,
  partAsTold,
} from '../../domain/snapshot.ts';
import { applyChunk, type ChunkPorts } from '../apply-customer-changes.ts';
import { assertAgentActivities } from '../assert-agent-activities.ts';
import { AS_STAMPED, assertListRows } from '../assert-list-rows.ts';
import { CHANGES_PER_MESSAGE_MAX } from '../change-message.ts';
import { holdWhileUnavailable } from '../hold.ts';
import { readHeader, readHeaderDocument } from '../open-customer.ts';
import { documentsOf, type RebuildPorts } from '../rebuild-customer.ts';
import { retryLostRaces } from '../retry-lost-races.ts';
import { effectiveIn } from './snapshot-store.ts';

export type JudgePorts = RebuildPorts & ChunkPorts;

type Owner = { readonly company: string; readonly customer: string };

/** Judges a customer's records; gives how many are there, or not there, other than before. */
export async function judgeCustomer({ company, customer }: Owner, ports: JudgePorts) {
  const pk = customerKey(company, customer);
  const [completions, header] = await holdWhileUnavailable(
    () =>
      Promise.all([effectiveIn(company, ports.snapshots), readHeaderDocument(pk, ports.customers)]),
    ports,
  );
  if (header === null || Object.keys(completions).length === 0) return 0;
  const apply = (changes: readonly CustomerChange[]) =>
    retryLostRaces(async () => {
      const chunk = await applyChunk(company, customer, changes, ports, completions);
      return chunk.kind === 'conflict' ? chunk.kind : chunk;
    }, ports);
  const { snapshots } = (await apply([])).header;
  const entities = new Set(Object.keys(snapshots).map(entityOfKey));
  const kinds = CUSTOMER_ENTITIES.filter((entity) => entities.has(entity));
  let count = 0;
  for await (const page of documentsOf(pk, kinds, ports)) {
    const documents = page.flatMap(({ document }) => ('parts' in document ? [document] : []));
    const changes = documents.flatMap((one) => retold(one, company, customer, snapshots));
    count += changes.length;
    for (let done = 0; done < changes.length; ) {
      const chunk = changes.slice(done, done + CHANGES_PER_MESSAGE_MAX);
      done += (await apply(chunk)).outcomes.length;
    }
    const activities = documents.flatMap(({ id, kind }) => (kind === 'activity' ? [id] : []));
    await retryLostRaces(
      () => assertAgentActivities(company, customer, activities, false, ports),
      ports,
    );
  }
  await retryLostRaces(async () => {
    const after = await readHeader(pk, ports.customers);
    if (after === null) return 'committed';
    return assertListRows({ company, customer, header: after }, AS_STAMPED, ports);
  }, ports);
  return count;
}

/** What was told last of a record that is to be judged other than it is; told again, it is. */
function retold(
  document: CustomerDocument,
  company: string,
  customer: string,
  snapshots: Completions,
): CustomerChange[] {
  if (document.kind === 'history' || document.kind === 'tally') return [];
  const { kind: entity, source, record, parts, carried = [] } = document;
  const main = parts[MAIN_FACET];
  if (main === undefined) return [];
  if (judged(parts, carried, snapshots[completionKey(entity, source)]) === parts) return [];
  const told = { entity, company, customer, source, record, facet: MAIN_FACET };
  return [{ ...partAsTold(main), ...told }];
}
