import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerLists } from '../adapters/cosmos/customer-lists.ts';
import type { ListReadPorts } from '../application/list-page.ts';
import type { CompanyView } from '../application/open-company.ts';
import type { CustomerLists } from '../application/ports.ts';
import { compareListRows, type ListOrder } from '../domain/list-order.ts';
import type { ListRow } from '../domain/list-row.ts';
import { topology } from '../infra/topology.ts';
import { startTestServer, type TestServer } from '../local/cosmos/test-server.ts';
import { companyOf, NO_FRESHNESS } from '../test/support/companies.ts';
import { listRowOf } from '../test/support/list-rows.ts';
import { memoryLists } from '../test/support/memory-lists.ts';
import { memoryCustomers } from '../test/support/memory-stores.ts';
import { agedBalancesPage, readAgedQuestion } from './aged-balances.ts';
import { cursorOf } from './contract/cursor.ts';
import { agedColumns } from './contract/list-query.ts';

const COMPANY = companyOf({});
const VIEW: CompanyView = {
  company: COMPANY,
  businessDate: 20_545,
  seesAll: true,
  freshness: NO_FRESHNESS,
  pools: [],
  defaultPool: null,
};
const BUCKETS = COMPANY.definition.buckets.length;
const COLUMNS = agedColumns(BUCKETS);

/** Few different values, so that rows are alike in any one column, and often in several. */
const ROWS: readonly ListRow[] = Array.from({ length: 47 }, (_, number) => {
  const digit = (place: number) => Math.floor(number / 3 ** place) % 3;
  return listRowOf({
    id: `C-${number}`,
    customer: `C-${number}`,
    nameKey: ['', 'älpha', 'beta & co'][digit(0)] ?? '',
    isOverdue: number % 5 !== 0,
    balance: (digit(1) - 1) * 1_000,
    unapplied: -digit(2),
    oldestRank: digit(0),
    oldestAmount: (digit(2) - 1) * 50,
    oldestDueOn: 20_500 + digit(1),
    creditGroup: ['', 'A', 'B'][digit(1)] ?? '',
    accountStatus: ['', 'open', 'on hold'][digit(2)] ?? '',
    riskGroup: ['', 'high'][number % 2] ?? '',
    b0: digit(0),
    b1: digit(1) * 100,
    b2: digit(2) - 1,
    b3: number % 7,
  });
});

let server: TestServer;
const memory = memoryLists();
let stores: Readonly<Record<string, CustomerLists>>;

beforeAll(async () => {
  server = await startTestServer(topology.cosmos.containers);
  stores = { memory, 'Cosmos DB': customerLists(async () => server.container('customer-lists')) };
  for (const lists of Object.values(stores)) {
    for (const row of ROWS) {
      await lists.write({ id: row.id, document: row, etag: null }, row.list);
    }
    const { id, list } = listRowOf({ id: 'gone' });
    const removed = { id, list, kind: 'removed', revision: 1 } as const;
    await lists.write({ id, document: removed, etag: null }, list);
  }
});

afterAll(() => server.close());

/** Customers of all pages of a question, one page after another. */
async function customers(store: string, query: Readonly<Record<string, string>>): Promise<string> {
  const lists = stores[store];
  if (lists === undefined) throw new Error(`no store ${store}`);
  const ports: ListReadPorts = { lists, customers: memoryCustomers() };
  const found: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const parameters = new URLSearchParams(cursor === '' ? query : { ...query, cursor });
    const question = readAgedQuestion(parameters, VIEW, '');
    if ('problem' in question) throw new Error(JSON.stringify(question.problem));
    const page = await agedBalancesPage(VIEW, question.value, ports);
    expect(page.rows.length).toBeLessThanOrEqual(question.value.limit);
    found.push(...page.rows.map(({ customer }) => customer));
    cursor = cursorOf(page.next, question.value.list);
  }
  return found.join(' ');
}

function expected(order: readonly ListOrder[], where: (row: ListRow) => boolean): string {
  const rows = ROWS.filter((row) => row.isOverdue && where(row)).toSorted(compareListRows(order));
  return rows.map(({ customer }) => customer).join(' ');
}

const SORTS = [
  ...COLUMNS.flatMap(({ name, column }) =>
    [false, true].map((descending) => ({
      sort: `${descending ? '-' : ''}${name}`,
      order: [
        { column, descending },
        { column: 'customer', descending },
      ] as const satisfies ListOrder[],
    })),
  ),
  ...[false, true].map((descending) => ({
    sort: `${descending ? '-' : ''}oldestBucket`,
    order: [
      { column: 'oldestRank', descending },
      { column: 'oldestAmount', descending },
      { column: 'customer', descending: !descending },
    ] as const satisfies ListOrder[],
  })),
];

const FILTERS: readonly {
  readonly query: Readonly<Record<string, string>>;
  readonly where: (row: ListRow) => boolean;
}[] = [
  { query: {}, where: () => true },
  {
    query: { customer: 'C-1', creditGroup: 'A' },
    where: ({ customer, creditGroup }) => customer.startsWith('C-1') && creditGroup === 'A',
  },
  {
    query: { name: 'ÄLP', 'balance.from': '0.00' },
    where: ({ nameKey, balance }) => nameKey === 'älpha' && balance >= 0,
  },
  {
    query: { 'oldestDueDate.from': '2026-02-17', 'bucket.1.to': '1.00', riskGroup: '' },
    where: ({ oldestDueOn, b1 = 0, riskGroup }) =>
      oldestDueOn >= 20_501 && b1 <= 100 && riskGroup === '',
  },
];

describe.each(['memory', 'Cosmos DB'])('aged balances in %s', (store) => {
  test.each(SORTS)('sorted by $sort: pages joined are the whole list', async ({ sort, order }) => {
    for (const { query, where } of FILTERS) {
      const whole = expected(order, where);
      expect(whole).not.toBe('');
      for (const limit of ['4', '500']) {
        expect(await customers(store, { ...query, sort, limit })).toBe(whole);
      }
    }
  });

  test('are sorted by the oldest bucket unless asked otherwise', async () => {
    const sorted = await customers(store, { sort: '-oldestBucket' });
    expect(await customers(store, {})).toBe(sorted);
  });
});
