// Companies over stores in memory whose lists are aged as days go by: with a queue that is worked
// off when asked, a business clock and a real one, and a count of the rows written.
import { ageLists, type AgeListsPorts } from '../../application/age-lists.ts';
import { applyChanges, type ApplyPorts } from '../../application/apply-changes.ts';
import { AS_STAMPED, assertListRows } from '../../application/assert-list-rows.ts';
import { readHeader } from '../../application/open-customer.ts';
import { runTask, type TaskPorts } from '../../application/run-task.ts';
import type { QueueMessage } from '../../application/task-message.ts';
import type { CompanyChange, CustomerChange } from '../../domain/change.ts';
import type { JsonObject } from '../../domain/json.ts';
import { customerKey } from '../../domain/key.ts';
import type { ListRow } from '../../domain/list-row.ts';
import { applyPorts } from './apply-ports.ts';
import { memoryLists } from './memory-lists.ts';
import { memoryRuns } from './memory-runs.ts';
import { memoryCustomers, memoryReference } from './memory-stores.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export type AgingPorts = AgeListsPorts & TaskPorts & ApplyPorts;

/** A world whose business clock stands at an instant. */
export function agingWorld(startsAt: number) {
  const clocks = { business: startsAt, real: 0 };
  const counts = { written: 0 };
  const [customers, reference, lists] = [memoryCustomers(), memoryReference(), memoryLists()];
  const queue: QueueMessage[] = [];
  const base = applyPorts({ customers, reference, lists, clock: () => clocks.business });
  const ports: AgingPorts = {
    ...base,
    customers,
    lists: {
      ...lists,
      async write(write, list) {
        const result = await lists.write(write, list);
        if (result === 'committed') counts.written += 1;
        return result;
      },
    },
    companyList: reference,
    runs: memoryRuns(),
    queue: {
      async send(messages) {
        for (const message of messages) if (!('isReplay' in message)) queue.push(message);
      },
    },
    now: () => clocks.real,
    shards: 4,
    erase: async () => 0,
  };
  return { clocks, counts, lists, queue, ports };
}

export type AgingWorld = ReturnType<typeof agingWorld>;

/** Applies changes of customers or of companies, as the queue would; throws what one fails with. */
export async function tell(
  changes: readonly (CustomerChange | CompanyChange)[],
  ports: ApplyPorts,
): Promise<void> {
  for (const change of changes) {
    const { company } = change;
    const message =
      'customer' in change
        ? { company, customer: change.customer, changes: [change] }
        : { company, customer: null, changes: [change] };
    const { failed } = await applyChanges(message, ports);
    for (const { error } of failed) throw error;
  }
}

const AT = { source: '/erp/a', epoch: '1', version: '1', facet: 'main' };

/** A row of a company's reference data, at version 1. */
export function ofCompany(
  company: string,
  entity: CompanyChange['entity'],
  row: JsonObject,
): CompanyChange {
  const record = JSON.stringify([entity, row['id'] ?? null]);
  return { ...AT, company, entity, record, time: '2026-01-01T00:00:00.000Z', row };
}

/** A company of this time zone, with the default definition. */
export function companyIn(company: string, timeZone: string): CompanyChange {
  return ofCompany(company, 'company', { name: company, accountingCurrency: 'USD', timeZone });
}

/** An invoice due on a date. */
export function invoice(company: string, customer: string, dueDate: string): CustomerChange {
  const row = {
    type: 'invoice',
    voucher: 'V',
    transactionDate: '2026-01-01',
    dueDate,
    currency: 'USD',
    amount: '9.00',
  };
  const at = { ...AT, time: '2026-01-01T00:00:00.000Z' };
  return { ...at, company, customer, entity: 'transaction', record: `due ${dueDate}`, row };
}

/** Works the queue off; gives how many tasks for a customer it held. */
export async function drain(
  { queue }: Pick<AgingWorld, 'queue'>,
  ports: TaskPorts,
  onFailure: (error: unknown) => void = rethrow,
): Promise<number> {
  let tasks = 0;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (!('kind' in next) || 'rows' in next || 'events' in next) throw new Error('not a task');
    await runTask(next, ports, onFailure);
    if (next.kind === 'customer-task') tasks += 1;
  }
  return tasks;
}

/** The timer, and all that comes of it; gives the rows written. */
export async function age(world: AgingWorld): Promise<number> {
  const before = world.counts.written;
  await ageLists(world.ports, rethrow);
  await drain(world, world.ports);
  return world.counts.written - before;
}

export function rethrow(error: unknown): never {
  throw error;
}

/** All rows of all lists. */
export function rowsOf({ lists }: Pick<AgingWorld, 'lists'>): ListRow[] {
  return lists.documents().flatMap((one) => (one.kind === 'row' ? [one] : []));
}

/** What rows say, by list and customer: all but the day they were made on. */
export function saidBy(rows: readonly ListRow[]): Readonly<Record<string, object>> {
  return Object.fromEntries(
    rows.map((row) => [`${row.list} ${row.customer}`, { ...row, agedOn: null }]),
  );
}

/** What rows of these customers would say if all were made today. */
export async function saidToday(
  company: string,
  names: readonly string[],
  ports: AgingPorts,
): Promise<Readonly<Record<string, object>>> {
  const lists = memoryLists();
  for (const customer of names) {
    const header = await readHeader(customerKey(company, customer), ports.customers);
    if (header === null) continue;
    const identity = { company, customer, header };
    await assertListRows(identity, AS_STAMPED, { ...ports, lists });
  }
  return saidBy(rowsOf({ lists }));
}
