// Judges a company's reference data by the snapshots in effect (SPEC §2.1): as with a customer, the
// document that guards every commit learns of the snapshots first, then the records are judged.
import { COMPANY_ENTITIES, type CompanyEntity } from '../../domain/change.ts';
import {
  emptyReference,
  REFERENCE_ID,
  type ReferenceDocument,
  type ReferenceRecord,
  withRecord,
} from '../../domain/reference.ts';
import {
  completionKey,
  type Completions,
  entityOfKey,
  judged,
  NO_COMPLETIONS,
  withCompletions,
} from '../../domain/snapshot.ts';
import type { CommitResult, ReferenceStore, Stored, Write } from '../ports.ts';
import { isOfCompany } from './snapshot-store.ts';

/** Records judged in one commit, well within what the store takes. */
const RECORDS_PER_COMMIT = 50;

/** Judges all records; a conflict means that it is to be done again. Throws Unavailable. */
export async function judgeReference(
  company: string,
  completions: Completions,
  store: ReferenceStore,
): Promise<CommitResult> {
  const own = Object.fromEntries(Object.entries(completions).filter(([key]) => isOfCompany(key)));
  if (Object.keys(own).length === 0) return 'committed';
  const stored = await store.read(company);
  const before = stored?.document ?? emptyReference(company);
  const known = before.snapshots ?? NO_COMPLETIONS;
  const snapshots = withCompletions(known, own);
  if (snapshots !== known) {
    // Also where there is nothing yet: whoever makes the first record must then read this.
    const document = { ...before, snapshots };
    const write = { id: REFERENCE_ID, document, etag: stored?.etag ?? null };
    if ((await store.commit(company, [write])) === 'conflict') return 'conflict';
  }
  const entities = new Set(Object.keys(snapshots).map(entityOfKey));
  for (const entity of COMPANY_ENTITIES) {
    if (!entities.has(entity)) continue;
    if ((await judgeRecords(company, entity, snapshots, store)) === 'conflict') return 'conflict';
  }
  return 'committed';
}

async function judgeRecords(
  company: string,
  entity: CompanyEntity,
  snapshots: Completions,
  store: ReferenceStore,
): Promise<CommitResult> {
  const records = await store.records(company, entity);
  const changed = records.flatMap(({ document, etag }) => {
    const { source, parts, carried = [] } = document;
    const after = judged(parts, carried, snapshots[completionKey(entity, source)]);
    return after === parts ? [] : [{ document: { ...document, parts: after }, etag }];
  });
  for (let start = 0; start < changed.length; start += RECORDS_PER_COMMIT) {
    const some = changed.slice(start, start + RECORDS_PER_COMMIT);
    if ((await commitRecords(company, some, store)) === 'conflict') return 'conflict';
  }
  return 'committed';
}

async function commitRecords(
  company: string,
  records: readonly Stored<ReferenceRecord>[],
  store: ReferenceStore,
): Promise<CommitResult> {
  const stored = await store.read(company);
  if (stored === null) return 'conflict';
  let { document } = stored;
  const writes: Write<ReferenceRecord | ReferenceDocument>[] = [];
  for (const { document: record, etag } of records) {
    document = withRecord(company, document, record);
    writes.push({ id: record.id, document: record, etag });
  }
  return store.commit(company, [...writes, { id: REFERENCE_ID, document, etag: stored.etag }]);
}
