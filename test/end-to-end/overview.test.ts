// The landing page over HTTP: highest and aged balances, activities and the look-up, as agents and
// managers see them, against what each customer's own answer says.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { arrearsApi, customerPath, minorUnits, postGood } from './arrears-api.ts';
import type { CloudEvent } from './cloud-event.ts';
import {
  ANN,
  BOB,
  COMPANY,
  companyChanges,
  CUSTOMERS,
  dateFrom,
  invoice,
  MANAGER,
  task,
  TODAY,
  told,
} from './overview-company.ts';

const PATH = `/api/companies/${COMPANY}`;

let runtime: EmbeddedRuntime;

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: TODAY });
  await tell(companyChanges());
});

afterAll(() => runtime.stop());

async function tell(changes: readonly CloudEvent[]): Promise<void> {
  await postGood(arrearsApi(runtime.url), changes);
  await runtime.idle();
}

type Asked = Readonly<Record<string, string>>;

function ask(path: string, query: Asked, token = MANAGER, headers: Asked = {}): Promise<Response> {
  const url = new URL(path.startsWith('/') ? path : `${PATH}/${path}`, runtime.url);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return fetch(url, { headers: { authorization: `Bearer ${token}`, ...headers } });
}

const page = z.looseObject({
  items: z.array(z.looseObject({ customer: z.string() })),
  cursor: z.string().nullable(),
});

/** The body of a 200. */
async function read(path: string, query: Asked = {}, token = MANAGER): Promise<unknown> {
  const response = await ask(path, query, token);
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
  return body;
}

/** Items of all pages. */
async function itemsOf(path: string, query: Asked, token = MANAGER) {
  const items: z.infer<typeof page>['items'] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const asked: Asked = cursor === '' ? query : { ...query, cursor };
    const answer = page.parse(await read(path, asked, token));
    items.push(...answer.items);
    ({ cursor } = answer);
  }
  return items;
}

async function customersOf(path: string, query: Asked, token = MANAGER): Promise<string[]> {
  return (await itemsOf(path, query, token)).map(({ customer }) => customer);
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
  return workspace.parse(await read(customerPath(COMPANY, customer)));
}

/** That every row says what its customer says. */
async function expectOwnFigures(rows: z.infer<typeof page>['items']): Promise<void> {
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
  ...['customer', 'name', 'balance', 'unapplied', 'oldestDueDate', 'creditGroup'],
  ...['accountStatus', 'oldestBucket', ...[0, 1, 2, 3, 4, 5].map((index) => `bucket.${index}`)],
];

describe('aged balances', () => {
  test('say of every overdue customer what its own answer says', async () => {
    const rows = await itemsOf('aged-balances', { pool: '*' });
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
      const all = (await customersOf('aged-balances', { pool: '*' })).toSorted();
      for (const sort of [column, `-${column}`]) {
        const whole = await customersOf('aged-balances', { pool: '*', sort, limit: '500' });
        expect(whole.toSorted()).toEqual(all);
        expect(await customersOf('aged-balances', { pool: '*', sort, limit: '5' })).toEqual(whole);
      }
    },
  );

  test('are filtered by columns, and still paged', async () => {
    const rows = await itemsOf('aged-balances', { pool: '*' });
    const expected = rows.filter(
      (row) => row['creditGroup'] === 'A' && minorUnits(String(row['balance'])) >= 17_100,
    );
    const query = { pool: '*', creditGroup: 'A', 'balance.from': '171', limit: '1' };
    expect(expected.length).toBeGreaterThan(1);
    expect(await itemsOf('aged-balances', query)).toEqual(expected);
    expect(await customersOf('aged-balances', { pool: '*', name: 'NAME 1' })).not.toEqual([]);
  });

  test('are aged by the pool’s definition, and by another for the page when asked', async () => {
    const west = await read('aged-balances', { pool: 'west' });
    expect(west).toMatchObject({ definition: 'two', labels: ['Not due', 'Late'] });
    const rows = await itemsOf('aged-balances', { pool: 'west' });
    const other = await itemsOf('aged-balances', { pool: 'west', aging: 'default', limit: '2' });
    expect(other.map(({ customer }) => customer)).toEqual(rows.map(({ customer }) => customer));
    await expectOwnFigures(other);
  });

  test('and a new day: the page that is shown is aged anew', async () => {
    const before = await itemsOf('aged-balances', { pool: '*' });
    await runtime.restartHost({ businessNow: `${dateFrom(31)}T12:00:00Z` });
    const after = await itemsOf('aged-balances', { pool: '*', sort: 'customer' });
    expect(after.map((row) => row['buckets'])).not.toEqual(before.map((row) => row['buckets']));
    await expectOwnFigures(after);
    await runtime.restartHost({ businessNow: TODAY });
    expect(await itemsOf('aged-balances', { pool: '*' })).toEqual(before);
  });
});

describe('highest balances', () => {
  test('say what the customers say, highest first', async () => {
    const rows = await itemsOf('highest-balances', { pool: '*' });
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
    const rows = await itemsOf('highest-balances', query);
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
      expect((await customersOf('highest-balances', query, ANN)).toSorted()).toEqual(even);
    }
    const found = await customersOf('customers', { search: 'C-' }, ANN);
    expect(found).toEqual(even);
    expect(await customersOf('activities', {}, ANN)).toEqual(even);
    expect((await ask('overview', {}, 'dev:stranger')).status).toBe(404);
  });

  test('hide a customer that leaves, until it comes back', async () => {
    const leaving = 'C-12';
    const seen = async () => {
      const lists = ['highest-balances', 'aged-balances', 'activities'];
      const found = await Promise.all(lists.map((list) => customersOf(list, {}, ANN)));
      return found.map((customers) => customers.includes(leaving));
    };
    expect(await seen()).toEqual([true, true, true]);
    await tell([told('poolMember', `${leaving}-north`, undefined, leaving, 2)]);
    expect(await seen()).toEqual([false, false, false]);
    expect(await customersOf('highest-balances', { pool: '*' })).toContain(leaving);
    await tell([told('poolMember', `${leaving}-north`, { pool: 'north' }, leaving, 3)]);
    expect(await seen()).toEqual([true, true, true]);
  });
});

describe('activities', () => {
  test('are those of the caller, soonest end first, or of a worker asked for', async () => {
    expect(await customersOf('activities', { limit: '3' }, ANN)).toEqual(
      CUSTOMERS.filter((_, place) => place % 2 === 0),
    );
    expect(await customersOf('activities', { responsible: 'w1' }, BOB)).toEqual(CUSTOMERS);
    expect(await customersOf('activities', { responsible: 'w1', pool: 'east' }, BOB)).toHaveLength(
      7,
    );
    expect(await customersOf('activities', {}, BOB)).toEqual([]);
    expect(await customersOf('activities', {}, MANAGER)).toEqual([]);
  });

  test('leave the open list when closed', async () => {
    const closed = { responsible: 'w1', closed: true, closedAt: TODAY };
    await tell([task('C-14', 'A-C-14', closed, 2)]);
    expect(await customersOf('activities', {}, ANN)).not.toContain('C-14');
    expect(await customersOf('activities', { status: 'closed' }, ANN)).toEqual(['C-14']);
    expect(await customersOf('activities', { status: 'all' }, ANN)).toHaveLength(7);
  });

  test('are opened by their id, by those who see the customer', async () => {
    const items = await itemsOf('activities', { responsible: 'w1', pool: 'east' }, BOB);
    const id = String(items[0]?.['id']);
    const name = { customer: items[0]?.customer, customerName: items[0]?.['customerName'] };
    expect(await read(`activities/${id}`, {}, BOB)).toMatchObject({ ...name, id, memo: 'Note' });
    for (const [unknown, token] of [
      [id, ANN],
      ['x', BOB],
      ['A'.repeat(3_000), BOB],
    ] as const) {
      const response = await ask(`activities/${unknown}`, {}, token);
      expect([response.status, await response.json()]).toMatchObject([
        404,
        { type: 'urn:arrears:problem:activity-not-found' },
      ]);
    }
  });
});

describe('the look-up', () => {
  test('finds accounts, then names, in any case of the name', async () => {
    expect(await customersOf('customers', { search: 'C-1', limit: '3' })).toEqual(
      CUSTOMERS.slice(0, 10),
    );
    const byName = CUSTOMERS.filter((_, place) => place % 5 === 4);
    expect(await customersOf('customers', { search: 'nAmE 4', limit: '1' })).toEqual(byName);
    expect(await customersOf('customers', { search: 'ame' })).toEqual([]);
  });
});

describe('the overview', () => {
  test('is the same as its lists, and their cursors go on from it', async () => {
    const overview = z
      .looseObject({ activities: page, highestBalances: page, agedBalances: page })
      .parse(await read('overview', { limit: '2' }, ANN));
    expect(overview).toMatchObject({ pool: 'north', businessDate: TODAY.slice(0, 10) });
    expect(overview.activities).toEqual(await read('activities', { limit: '2' }, ANN));
    expect(overview.highestBalances).toEqual(await read('highest-balances', {}, ANN));
    expect(overview.agedBalances).toEqual(await read('aged-balances', { limit: '2' }, ANN));
    const { cursor, items } = overview.agedBalances;
    const rest = await customersOf('aged-balances', { limit: '2', cursor: cursor ?? '' }, ANN);
    const whole = await customersOf('aged-balances', {}, ANN);
    expect([...items.map(({ customer }) => customer), ...rest]).toEqual(whole);
  });
});

describe('CSV', () => {
  test.each(['highest-balances', 'aged-balances', 'activities'])('of %s', async (path) => {
    const query = {
      limit: '5',
      ...(path === 'activities' ? { responsible: 'w1' } : { pool: '*' }),
    };
    const response = await ask(path, query, MANAGER, { accept: 'text/csv' });
    const { items, cursor } = page.parse(await read(path, query));
    const lines = (await response.text()).split('\r\n');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('next-cursor')).toBe(cursor);
    expect(lines).toHaveLength(items.length + 2);
    for (const [index, { customer }] of items.entries()) {
      expect(lines[index + 1]).toContain(customer);
    }
  });

  test('holds no formula and no row that a name has made', async () => {
    const response = await ask('highest-balances', { customer: 'C-13', pool: '*' }, MANAGER, {
      accept: 'text/csv',
    });
    const [, row] = (await response.text()).split('\r\n');
    expect(row).toContain(`"'=HYPERLINK(""evil""), ""Üben""\n& Co"`);
  });
});

describe('a conditional read', () => {
  test.each([
    ['overview', {}],
    ['highest-balances', {}],
    ['aged-balances', { sort: '-balance' }],
    ['activities', { responsible: 'w1' }],
    ['customers', { search: 'C-' }],
  ])('of %s is 304 until a row changes', async (path, query) => {
    const tagged = async (etag: string) =>
      ask(path, query, ANN, etag === '' ? {} : { 'if-none-match': etag });
    const etag = (await tagged('')).headers.get('etag') ?? '';
    expect((await tagged(etag)).status).toBe(304);
    await tell([
      invoice('C-10', `tag-${path}`, -400, '5.00'),
      task('C-10', `tag-${path}`, { responsible: 'w1', endAt: '2026-01-01T00:00:00Z' }),
    ]);
    expect((await tagged(etag)).status).toBe(200);
  });
});

describe('a bad parameter', () => {
  test.each([
    ['aged-balances', { pool: 'east' }, 'pool', ['north']],
    ['overview', { pool: '*' }, 'pool', ['north']],
    ['customers', { search: 'C', pool: 'gone' }, 'pool', ['north']],
    ['aged-balances', { sort: 'age' }, 'sort', ['-oldestBucket', 'balance', '-bucket.5']],
    ['highest-balances', { sort: 'bucket.1' }, 'sort', ['riskScore', '-creditAvailable']],
    ['aged-balances', { 'balance.from': '1.005' }, 'balance.from', []],
    ['highest-balances', { 'riskScore.to': 'high' }, 'riskScore.to', ['a number']],
    ['aged-balances', { aging: 'three' }, 'aging', ['default', 'two']],
    ['aged-balances', { limit: '0' }, 'limit', ['1 to 500']],
    ['overview', { limit: '501' }, 'limit', ['1 to 500']],
    ['activities', { status: 'done' }, 'status', ['open', 'closed', 'all']],
    ['activities', { responsible: 'w'.repeat(3_000) }, 'responsible', ['1 to 64 characters']],
    ['activities', { cursor: 'x' }, 'cursor', []],
    ['customers', {}, 'search', ['1 to 64 characters']],
    ['customers', { search: 'x'.repeat(65) }, 'search', ['1 to 64 characters']],
  ])('%s with %j is named, with what is allowed', async (path, query, parameter, allowed) => {
    const response = await ask(path, query, ANN);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { parameter, allowed: expect.arrayContaining(allowed) },
    ]);
  });

  test('a cursor belongs to one question', async () => {
    const first = page.parse(await read('aged-balances', { pool: '*', limit: '2' }));
    const cursor = first.cursor ?? '';
    for (const other of [{ pool: 'north' }, { sort: 'balance' }, { creditGroup: 'A' }]) {
      const response = await ask('aged-balances', { pool: '*', ...other, cursor });
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { parameter: 'cursor' },
      ]);
    }
  });

  test('a name longer than any is unknown', async () => {
    const paths = [customerPath(COMPANY, 'x'.repeat(3_000)), customerPath('x'.repeat(3_000), 'C')];
    for (const path of [...paths, `/api/companies/${'x'.repeat(3_000)}/overview`]) {
      expect((await ask(path, {})).status).toBe(404);
    }
  });
});
