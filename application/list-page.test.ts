import { describe, expect, test } from 'vitest';
import type { CustomerChange } from '../domain/change.ts';
import { DEFAULT_DEFINITION } from '../domain/aging-definition.ts';
import type { JsonObject } from '../domain/json.ts';
import type { ListCondition } from '../domain/list-order.ts';
import type { ListRow } from '../domain/list-row.ts';
import {
  COMPANY,
  CUSTOMER,
  type EmbeddedCustomer,
  embeddedCustomer,
  SUPERVISOR,
} from '../test/support/embedded-customer.ts';
import { listPage } from './list-page.ts';
import { openCompany } from './open-company.ts';

const TODAY = 20_545;
const DAY_MS = 86_400_000;
const ORDER = [{ column: 'customer', descending: false }] as const;

function told(entity: CustomerChange['entity'], version: string, row: JsonObject | null) {
  const at = { source: '/erp/a', epoch: '1', facet: 'main', time: '2026-01-01T00:00:00.000Z' };
  return [{ ...at, entity, company: COMPANY, customer: CUSTOMER, record: '1', version, row }];
}

/** An invoice of 9.00 that was due a day before today. */
const INVOICE = {
  type: 'invoice',
  voucher: 'V',
  currency: 'USD',
  amount: '9.00',
  transactionDate: '2026-03-01',
  dueDate: '2026-04-01',
};

/** The rows of a page read on a day, with these conditions. */
async function rowsOn(
  day: number,
  customer: EmbeddedCustomer,
  conditions: readonly ListCondition[] = [],
  pool = '',
  aging: string | null = null,
): Promise<readonly ListRow[]> {
  const ports = { ...customer.ports, clock: () => day * DAY_MS };
  const view = await openCompany(COMPANY, SUPERVISOR, ports);
  if (view === null) throw new Error('no company');
  const definition = aging === null ? null : (view.company.definitions.get(aging) ?? null);
  const question = { order: ORDER, conditions, after: null, limit: 5, definition };
  return (await listPage(view, pool, question, ports)).rows;
}

/** A customer whose rows on lists nothing keeps right any more. */
function withoutLists(customer: EmbeddedCustomer): EmbeddedCustomer {
  const documents = structuredClone(customer.lists.documents());
  const page = async (list: string) =>
    documents.flatMap((one) => (one.kind === 'row' && one.list === list ? [one] : []));
  return { ...customer, ports: { ...customer.ports, lists: { ...customer.lists, page } } };
}

describe('a page', () => {
  test('shows rows as they were on its own day, should another clock be ahead', async () => {
    const ahead = await embeddedCustomer('USD', (TODAY + 40) * DAY_MS);
    await ahead.tell(told('transaction', '1', INVOICE));
    expect(ahead.lists.documents()).toMatchObject([{ b1: 0, b2: 900 }]);
    expect(await rowsOn(TODAY, ahead)).toMatchObject([{ b1: 900, b2: 0, agedOn: TODAY }]);
  });

  test('ages rows by another definition, and by the list’s own as far as it was asked for', async () => {
    const buckets = [
      { label: 'Not due', from: null, to: 0 },
      { label: 'Late', from: 1, to: null },
    ];
    const row = { id: 'two', name: 'Two', agedBy: 'transactionDate', buckets };
    const customer = await embeddedCustomer('USD', TODAY * DAY_MS, [
      { entity: 'agingDefinition', row },
    ]);
    await customer.tell(told('transaction', '1', INVOICE));
    const own: ListCondition = { column: 'b1', is: 'from', value: 1 };
    expect(await rowsOn(TODAY, customer, [own], '', 'two')).toMatchObject([
      { definition: 'two', b0: 0, b1: 900, b2: 0 },
    ]);
    expect(await rowsOn(TODAY + 31, customer, [own], '', 'two')).toEqual([]);
  });

  test('leaves out a row that is aged anew and no longer what was asked for', async () => {
    const customer = await embeddedCustomer('USD', TODAY * DAY_MS);
    await customer.tell(told('transaction', '1', INVOICE));
    const stale = withoutLists(customer);
    const overdue: ListCondition = { column: 'isOverdue', is: 'equal', value: true };
    expect(await rowsOn(TODAY + 40, stale, [overdue])).toMatchObject([{ b2: 900 }]);
    await customer.tell(told('transaction', '2', { ...INVOICE, settled: '9.00' }));
    expect(await rowsOn(TODAY + 40, stale, [overdue])).toEqual([]);
    expect(await rowsOn(TODAY + 40, stale)).toMatchObject([{ balance: 0 }]);
  });

  test('leaves out a customer that has left the pool when its row is aged anew', async () => {
    const customer = await embeddedCustomer('USD', TODAY * DAY_MS);
    await customer.tell([
      ...told('transaction', '1', INVOICE),
      ...told('poolMember', '1', { pool: 'north' }),
    ]);
    const stale = withoutLists(customer);
    await customer.tell(told('poolMember', '2', null));
    expect(await rowsOn(TODAY + 40, stale, [], 'north')).toEqual([]);
    expect(await rowsOn(TODAY + 40, stale)).toHaveLength(1);
  });

  test('of no pool has no rows, and the company’s definition', async () => {
    const customer = await embeddedCustomer('USD', TODAY * DAY_MS);
    const view = await openCompany(COMPANY, SUPERVISOR, customer.ports);
    if (view === null) throw new Error('no company');
    const question = { order: ORDER, conditions: [], after: null, limit: 5, definition: null };
    expect(await listPage(view, null, question, customer.ports)).toEqual({
      definition: DEFAULT_DEFINITION,
      rows: [],
      next: null,
    });
  });
});
