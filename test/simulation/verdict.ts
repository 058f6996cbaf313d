// Whether a world that came to rest is right: every stored document is that of an undisturbed fold
// of the newest rows, and every read model answers what the oracle works out from them.
import { isDeepStrictEqual } from 'node:util';
import { applyChanges, type ApplyPorts } from '../../application/apply-changes.ts';
import { openCustomer, type ReadPorts } from '../../application/open-customer.ts';
import { judgeCustomer } from '../../application/snapshots/judge-customer.ts';
import { applySnapshotEvents } from '../../application/snapshots/settle-snapshots.ts';
import { customerKey } from '../../domain/key.ts';
import { readCompany, REFERENCE_ID } from '../../domain/reference.ts';
import { readChangeMessage } from '../../functions/contract/change-message.ts';
import { checkEvent } from '../../functions/contract/feed/event.ts';
import { companyAsTold } from '../oracle/company.ts';
import { localDate } from '../oracle/local-date.ts';
import { newestChanges, newestRows, type ToldChange } from '../oracle/newest-rows.ts';
import { judgedBySnapshots } from '../oracle/snapshots.ts';
import { applyPorts } from '../support/apply-ports.ts';
import { SUPERVISOR } from '../support/embedded-customer.ts';
import { emptyStores, type Stores } from './app-instance.ts';
import { difference, Divergence } from './divergence.ts';
import { Evidence } from './evidence.ts';
import { COMPANIES, CUSTOMERS, type History } from './history.ts';
import { controlEvent } from './random-snapshots.ts';
import { READ_MODELS } from './read-models.ts';
import { withoutRevision } from './without-revision.ts';

/** Entities of which every version ever told is kept as history. */
const REMEMBERED = ['collectionsStatus', 'collectionLetter'];

/** What a row of a list shows whatever the day, once its company is known. */
const TIMELESS = ['customer', 'name', 'currency', 'balance', 'unapplied', 'creditLimit'] as const;

/** Throws a Divergence where a stored document is not that of an undisturbed fold. */
export async function judgeDocuments(
  { told, controls }: Pick<History, 'told' | 'controls'>,
  stores: Stores,
): Promise<void> {
  const undisturbed = emptyStores();
  const ports = applyPorts(undisturbed);
  for (const control of controls) {
    const checked = checkEvent(controlEvent(control));
    if (!('change' in checked) || !('control' in checked.change)) throw new Error('no control');
    const message = { kind: 'snapshot-events', customer: null, events: [checked.change] } as const;
    await applySnapshotEvents({ ...message, company: control.company }, ports);
  }
  for (const company of COMPANIES) {
    for (const customer of [null, ...CUSTOMERS]) {
      const own = told.filter(
        (one) => one.company === company && one.customer === (customer ?? ''),
      );
      const remembered = own.filter(({ entity }) => REMEMBERED.includes(entity));
      const carried = own.filter(({ snapshotId }) => snapshotId !== undefined);
      await fold(company, customer, [...remembered, ...carried, ...newestChanges(own)], ports);
    }
  }
  for (const company of COMPANIES) {
    for (const customer of [null, ...CUSTOMERS]) {
      if (customer !== null)
        await judgeCustomer({ company, customer }, judging(undisturbed, ports));
      const [actual, expected] = [stores, undisturbed].map((some) =>
        documentsOf(some, company, customer),
      );
      compareAll(`document of ${company} ${customer}`, actual, expected);
    }
  }
  compareAll('snapshot', snapshotsIn(stores), snapshotsIn(undisturbed));
  compareAll('activity', activitiesIn(stores), activitiesIn(undisturbed));
  // Rows of a company that a snapshot left out stay where nobody sees them.
  const known = COMPANIES.filter((company) => isKnown(undisturbed, company));
  compareAll('row', rowsIn(stores, known), rowsIn(undisturbed, known));
}

/** What judges a customer in stores that nothing disturbs. */
function judging({ customers }: Stores, ports: ApplyPorts) {
  return { ...ports, customers };
}

/** Everything known of snapshots but the runs, whose ids are random. */
function snapshotsIn({ snapshots }: Stores): Texts {
  return new Map(
    COMPANIES.flatMap((company) =>
      Object.entries(snapshots.documents(company)).map(([id, document]) => [
        `${company} ${id}`,
        JSON.stringify({ ...document, runs: 'any' }),
      ]),
    ),
  );
}

type Texts = ReadonlyMap<string, string>;

function compareAll(kind: string, actual: Texts | undefined, expected: Texts | undefined): void {
  for (const id of new Set([...(actual?.keys() ?? []), ...(expected?.keys() ?? [])])) {
    const [is, must] = [actual?.get(id), expected?.get(id)];
    if (is !== must) throw new Divergence(kind, `${id} is ${is}, must be ${must}`);
  }
}

function isKnown({ reference }: Stores, company: string): boolean {
  const document = reference.documents(company)[REFERENCE_ID];
  return document?.kind === 'reference' && readCompany(document) !== null;
}

/** Rows of companies that stand on a list; markers of removed ones are none. */
function rowsIn({ lists }: Stores, companies: readonly string[]): Texts {
  return new Map(
    lists.documents().flatMap((one) => {
      if (one.kind === 'removed' || !companies.includes(one.list.split('|')[0] ?? '')) return [];
      const shown = TIMELESS.map((column) => [column, one[column]]);
      return [[`${one.list} ${one.id}`, JSON.stringify(shown)]];
    }),
  );
}

function activitiesIn({ agentActivities }: Stores): Texts {
  return new Map(
    agentActivities
      .documents()
      .flatMap((one) =>
        one.kind === 'removed'
          ? []
          : [[`${one.agent} ${one.id}`, JSON.stringify({ ...one, revision: 'any' })]],
      ),
  );
}

/** Has the reference data of every company known before anything else is told. */
export async function settleReference(told: readonly ToldChange[], stores: Stores): Promise<void> {
  const ports = applyPorts(stores);
  for (const company of COMPANIES) {
    const own = told.filter((one) => one.company === company && one.customer === '');
    await fold(company, null, newestChanges(own), ports);
  }
}

/** Throws a Divergence where an answer is not what the oracle says. */
export async function judgeAnswers(
  { told, controls }: Pick<History, 'told' | 'controls'>,
  reads: ReadPorts,
): Promise<void> {
  const completions = controls.filter(({ control }) => control === 'completed');
  for (const company of COMPANIES) {
    const ofCompany = told.filter((one) => one.company === company);
    const judged = (owner: string) =>
      judgedBySnapshots(
        newestChanges(ofCompany.filter(({ customer }) => customer === owner)),
        ofCompany,
        completions,
      );
    const reference = judged('');
    for (const customer of CUSTOMERS) {
      await compareAnswers(company, customer, judged(customer), reference, reads);
    }
  }
}

/** Documents of one owner by id. */
function documentsOf(stores: Stores, company: string, customer: string | null) {
  const documents =
    customer === null
      ? stores.reference.documents(company)
      : stores.customers.documents(customerKey(company, customer));
  return new Map(
    Object.entries(documents).map(([id, document]) => [
      id,
      JSON.stringify(withoutRevision(document)),
    ]),
  );
}

/** Nothing but the newest rows, once each, as one message. */
async function fold(
  company: string,
  customer: string | null,
  newest: readonly ToldChange[],
  ports: ApplyPorts,
): Promise<void> {
  if (newest.length === 0) return;
  const changes = newest.map(({ causedBy, ...told }) => {
    const version = String(BigInt(told.version));
    return { ...told, version, ...(causedBy ? { causedBy } : {}) };
  });
  const message = readChangeMessage({ company, customer, changes });
  await applyChanges(message, ports);
}

async function compareAnswers(
  company: string,
  customer: string,
  newest: readonly ToldChange[],
  reference: readonly ToldChange[],
  ports: ReadPorts,
): Promise<void> {
  const [rows, asTold] = [newestRows(newest), companyAsTold(newestRows(reference))];
  const view = await openCustomer(company, customer, SUPERVISOR, ports);
  if ((view !== null) !== (asTold !== null && rows.length > 0)) {
    throw new Divergence('customer', `${customer} of ${company} ${view ? 'is' : 'is not'} known`);
  }
  if (view === null || asTold === null) return;
  const today = localDate(ports.clock(), asTold.timeZone);
  const evidence = new Evidence(newest, rows, asTold, today);
  for (const model of READ_MODELS) {
    const expected = model.expected(evidence);
    const actual = await model.read({ view, ports }, evidence);
    if (isDeepStrictEqual(actual, expected)) continue;
    const whose = `${model.name} of ${customer} of ${company}`;
    throw new Divergence('answer', `${whose} ${difference(actual, expected)}`);
  }
}
