// The landing page over HTTP: highest and aged balances, activities and the look-up, as agents and
// managers see them, against what each customer's own answer says.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { arrearsApi, customerPath, minorUnits, postGood } from './arrears-api.ts';
import type { CloudEvent } from './cloud-event.ts';
import { type Item, overviewApi, page } from './overview-api.ts';
import {
  ANN,
  BOB,
  COMPANY,
  customerChanges,
  CUSTOMERS,
  dateFrom,
  MANAGER,
  referenceChanges,
  task,
  TODAY,
  told,
} from './overview-company.ts';

let runtime: EmbeddedRuntime;
let api: ReturnType<typeof overviewApi>;

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: TODAY });
  api = overviewApi(runtime.url);
  await tell(referenceChanges());
  await tell(customerChanges());
});

afterAll(() => runtime.stop());

async function tell(changes: readonly CloudEvent[]): Promise<void> {
  await postGood(arrearsApi(runtime.url), changes);
  await runtime.idle();
}

const workspace = z.object({
  aging: z.object({
    accounting: z.object({
      buckets: z.array(z.object({ label: z.string(), amount: z.string() })),
      unapplied: z.string(),
      balance: z.string(),
      overdue: z.string(),
      oldestDueDate: z.string().nullable(),
    }),
  }),
  credit: z.object({ creditLimit: z.string().nullable(), creditAvailable: z.string().nullable() }),
  profile: z.looseObject({ name: z.string() }),
});

async function ownAnswer(customer: string) {
  return workspace.parse(await api.read(customerPath(COMPANY, customer)));
}

/** That every row says what its customer says. */
async function expectOwnFigures(rows: readonly Item[]): Promise<void> {
  for (const row of rows) {
    const { aging, profile } = await ownAnswer(row.customer);
    const { buckets, unapplied, balance, oldestDueDate } = aging.accounting;
    const oldest = buckets.findLast(({ amount }) => minorUnits(amount) !== 0);
    expect(row).toMatchObject({
      name: profile.name,
      buckets: buckets.map(({ amount }) => amount),
      unapplied,
      balance,
      oldestDueDate,
      oldestBucket: oldest?.label ?? null,
    });
  }
}

const AGED_COLUMNS = [
  'customer',
  'name',
  'balance',
  'unapplied',
  'oldestDueDate',
  'creditGroup',
  'accountStatus',
  'oldestBucket',
  ...[0, 1, 2, 3, 4, 5].map((index) => `bucket.${index}`),
];

describe('aged balances', () => {
  test('say of every overdue customer what its own answer says', async () => {
    const rows = await api.items('aged-balances', { pool: '*' });
    const overdue: string[] = [];
    for (const customer of CUSTOMERS) {
      const { aging } = await ownAnswer(customer);
      if (minorUnits(aging.accounting.overdue) > 0) overdue.push(customer);
    }
    expect(rows.map(({ customer }) => customer).toSorted()).toEqual(overdue);
    await expectOwnFigures(rows);
  });

  test.each(AGED_COLUMNS)(
    'sorted by %s have no gap and no repeat between pages',
    async (column) => {
      const all = (await api.customers('aged-balances', { pool: '*' })).toSorted();
      for (const sort of [column, `-${column}`]) {
        const whole = await api.customers('aged-balances', { pool: '*', sort, limit: '500' });
        expect(whole.toSorted()).toEqual(all);
        expect(await api.customers('aged-balances', { pool: '*', sort, limit: '5' })).toEqual(
          whole,
        );
      }
    },
  );

  test('are filtered by the oldest bucket, by the labels of the list itself', async () => {
    const rows = await api.items('aged-balances', { pool: '*' });
    const labels = new Set(rows.map((row) => String(row['oldestBucket'])));
    expect(labels.size).toBeGreaterThan(2);
    for (const oldestBucket of labels) {
      const expected = rows.filter((row) => row['oldestBucket'] === oldestBucket);
      expect(await api.items('aged-balances', { pool: '*', oldestBucket, limit: '1' })).toEqual(
        expected,
      );
    }
    const west = { pool: 'west', oldestBucket: 'Late' };
    expect((await api.customers('aged-balances', west)).length).toBeGreaterThan(0);
  });

  test('are filtered by columns, and still paged', async () => {
    const rows = await api.items('aged-balances', { pool: '*' });
    const expected = rows.filter(
      (row) => row['creditGroup'] === 'A' && minorUnits(String(row['balance'])) >= 17_100,
    );
    const query = { pool: '*', creditGroup: 'A', 'balance.from': '171', limit: '1' };
    expect(expected.length).toBeGreaterThan(1);
    expect(await api.items('aged-balances', query)).toEqual(expected);
    expect(await api.customers('aged-balances', { pool: '*', name: 'NAME 1' })).not.toEqual([]);
  });

  test('are aged by the pool’s definition, and by another for the page when asked', async () => {
    const west = await api.read('aged-balances', { pool: 'west' });
    expect(west).toMatchObject({ definition: 'two', labels: ['Not due', 'Late'] });
    const rows = await api.items('aged-balances', { pool: 'west' });
    const other = await api.items('aged-balances', { pool: 'west', aging: 'default', limit: '2' });
    expect(other.map(({ customer }) => customer)).toEqual(rows.map(({ customer }) => customer));
    await expectOwnFigures(other);
  });

  test('and a new day: the page that is shown is aged anew', async () => {
    const before = await api.items('aged-balances', { pool: '*' });
    await runtime.restartHost({ businessNow: `${dateFrom(31)}T12:00:00Z` });
    const after = await api.items('aged-balances', { pool: '*', sort: 'customer' });
    expect(after.map((row) => row['buckets'])).not.toEqual(before.map((row) => row['buckets']));
    await expectOwnFigures(after);
    await runtime.restartHost({ businessNow: TODAY });
    expect(await api.items('aged-balances', { pool: '*' })).toEqual(before);
  });
});

describe('highest balances', () => {
  test('are as many as asked for, the first in the order asked for', async () => {
    const query = { pool: '*', sort: 'customer' };
    const all = await api.customers('highest-balances', query);
    expect(all.length).toBeGreaterThan(3);
    const some = await api.customers('highest-balances', { ...query, limit: '3' });
    expect(some).toEqual(all.slice(0, 3));
  });

  test('say what the customers say, highest first', async () => {
    const rows = await api.items('highest-balances', { pool: '*' });
    expect(rows.map(({ customer }) => customer).toSorted()).toEqual(CUSTOMERS);
    for (const row of rows) {
      const { aging, credit } = await ownAnswer(row.customer);
      const { balance, overdue } = aging.accounting;
      expect(row).toMatchObject({ balance, overdue, ...credit });
    }
    const balances = rows.map((row) => minorUnits(String(row['balance'])));
    expect(balances).toEqual(balances.toSorted((a, b) => b - a));
  });

  test('are sorted and filtered among themselves', async () => {
    const query = { pool: '*', sort: '-riskScore', 'creditLimit.to': '800' };
    const rows = await api.items('highest-balances', query);
    const scores = rows.map((row) => row['riskScore']);
    const known = scores.filter((score) => typeof score === 'number');
    expect(scores).toEqual([
      ...known.toSorted((a, b) => b - a),
      ...scores.filter((score) => score === null),
    ]);
    expect(rows.every((row) => Number(row['creditLimit']) <= 800)).toBe(true);
    expect(known.length).toBeGreaterThan(2);
  });
});

describe('pools', () => {
  const even = CUSTOMERS.filter((_, place) => place % 2 === 0);

  test('bound what agents see, by default their own', async () => {
    for (const query of [{}, { pool: 'north' }]) {
      expect((await api.customers('highest-balances', query, ANN)).toSorted()).toEqual(even);
    }
    const found = await api.customers('customers', { search: 'C-' }, ANN);
    expect(found).toEqual(even);
    expect(await api.customers('activities', {}, ANN)).toEqual(even);
    expect((await api.ask('overview', {}, 'dev:stranger')).status).toBe(404);
  });

  test('hide a customer that leaves, until it comes back', async () => {
    const leaving = 'C-12';
    const seen = async () => {
      const lists = ['highest-balances', 'aged-balances', 'activities'];
      const found = await Promise.all(lists.map((list) => api.customers(list, {}, ANN)));
      return found.map((customers) => customers.includes(leaving));
    };
    expect(await seen()).toEqual([true, true, true]);
    await tell([told('poolMember', `${leaving}-north`, undefined, leaving, 2)]);
    expect(await seen()).toEqual([false, false, false]);
    expect(await api.customers('highest-balances', { pool: '*' })).toContain(leaving);
    await tell([told('poolMember', `${leaving}-north`, { pool: 'north' }, leaving, 3)]);
    expect(await seen()).toEqual([true, true, true]);
  });
});

describe('activities', () => {
  test('are those of the caller, soonest end first, or of a worker asked for', async () => {
    expect(await api.customers('activities', { limit: '3' }, ANN)).toEqual(
      CUSTOMERS.filter((_, place) => place % 2 === 0),
    );
    expect(await api.customers('activities', { responsible: 'w1' }, BOB)).toEqual(CUSTOMERS);
    expect(
      await api.customers('activities', { responsible: 'w1', pool: 'east' }, BOB),
    ).toHaveLength(7);
    expect(await api.customers('activities', {}, BOB)).toEqual([]);
    expect(await api.customers('activities', {}, MANAGER)).toEqual([]);
  });

  test('leave the open list when closed', async () => {
    const closed = { responsible: 'w1', closed: true, closedAt: TODAY };
    await tell([task('C-14', 'A-C-14', closed, 2)]);
    expect(await api.customers('activities', {}, ANN)).not.toContain('C-14');
    expect(await api.customers('activities', { status: 'closed' }, ANN)).toEqual(['C-14']);
    expect(await api.customers('activities', { status: 'all' }, ANN)).toHaveLength(7);
  });

  test('are opened by their id, by those who see the customer', async () => {
    const items = await api.items('activities', { responsible: 'w1', pool: 'east' }, BOB);
    const id = String(items[0]?.['id']);
    const name = { customer: items[0]?.customer, customerName: items[0]?.['customerName'] };
    expect(await api.read(`activities/${id}`, {}, BOB)).toMatchObject({
      ...name,
      id,
      memo: 'Note',
    });
    for (const [unknown, token] of [
      [id, ANN],
      ['x', BOB],
      ['A'.repeat(3_000), BOB],
    ] as const) {
      const response = await api.ask(`activities/${unknown}`, {}, token);
      expect([response.status, await response.json()]).toMatchObject([
        404,
        { type: 'urn:arrears:problem:activity-not-found' },
      ]);
    }
  });
});

describe('the look-up', () => {
  test('finds accounts, then names, in any case of the name', async () => {
    expect(await api.customers('customers', { search: 'C-1', limit: '3', pool: '*' })).toEqual(
      CUSTOMERS.slice(0, 10),
    );
    const byName = CUSTOMERS.filter((_, place) => place % 5 === 4);
    expect(await api.customers('customers', { search: 'nAmE 4', limit: '1', pool: '*' })).toEqual(
      byName,
    );
    expect(await api.customers('customers', { search: 'ame', pool: '*' })).toEqual([]);
  });
});

describe('the overview', () => {
  test('is the same as its lists, and their cursors go on from it', async () => {
    const overview = z
      .looseObject({ activities: page, highestBalances: page, agedBalances: page })
      .parse(await api.read('overview', { limit: '2' }, ANN));
    expect(overview).toMatchObject({ pool: 'north', businessDate: TODAY.slice(0, 10) });
    expect(overview.activities).toEqual(await api.read('activities', { limit: '2' }, ANN));
    expect(overview.highestBalances).toEqual(await api.read('highest-balances', {}, ANN));
    expect(overview.agedBalances).toEqual(await api.read('aged-balances', { limit: '2' }, ANN));
    const { cursor, items } = overview.agedBalances;
    const rest = await api.customers('aged-balances', { limit: '2', cursor: cursor ?? '' }, ANN);
    const whole = await api.customers('aged-balances', {}, ANN);
    expect([...items.map(({ customer }) => customer), ...rest]).toEqual(whole);
  });
});
