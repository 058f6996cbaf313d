// Queries through the real SDK: results, pages, order, refusals and charges.
import type { Container, FeedOptions, JSONValue, SqlQuerySpec } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testContainer } from './test-container.ts';
import { startTestServer } from './test-server.ts';
import type { TestServer } from './test-server.ts';

const composites = [
  ['/kind', '/dueOn', '/id'],
  ['/pk DESC', '/amount DESC', '/id'],
];
const DOCUMENTS = 60;

let service: TestServer;
let container: Container;

beforeAll(async () => {
  const topology = testContainer('items', '/pk', ['/pk', '/kind', '/open', '/amount'], composites);
  service = await startTestServer([topology, testContainer('none', '/pk', [])]);
  container = service.container('items');
  for (let index = 0; index < DOCUMENTS; index += 1) {
    await container.items.create({
      id: `d${String(index).padStart(2, '0')}`,
      pk: 'A',
      kind: index % 2 === 0 ? 'even' : 'odd',
      dueOn: `2024-01-${String(1 + (index % 7)).padStart(2, '0')}`,
      amount: (index * 7) % 10,
      nested: { value: index },
    });
  }
  await container.items.create({ id: 'd00', pk: 'B', kind: 'odd', amount: 'none' });
});

afterAll(() => service.close());

describe('a query', () => {
  test('reads one partition, by option or by condition, or all of them', async () => {
    expect(await all('SELECT VALUE COUNT(1) FROM c', { partitionKey: 'A' })).toEqual([DOCUMENTS]);
    expect(await all('SELECT VALUE COUNT(1) FROM c WHERE c.pk = "A"', {})).toEqual([DOCUMENTS]);
    expect(await all('SELECT VALUE COUNT(1) FROM c', {})).toEqual([DOCUMENTS + 1]);
    const other = await all('SELECT VALUE c.id FROM c WHERE c.pk = "B"', { partitionKey: 'A' });
    expect(other).toEqual([]);
  });

  test('returns documents, chosen properties or values', async () => {
    const where = 'FROM c WHERE c.id IN ("d01", "d02")';
    const [document] = await all(`SELECT * ${where}`);
    expect(document).toMatchObject({ id: 'd01', _etag: expect.any(String) });
    expect(await all(`SELECT c.id, c.nested.value, c.none, c.amount AS sum ${where}`)).toEqual([
      { id: 'd01', value: 1, sum: 7 },
      { id: 'd02', value: 2, sum: 4 },
    ]);
    expect(await all(`SELECT VALUE c.nested ${where}`)).toEqual([{ value: 1 }, { value: 2 }]);
    expect(await all(`SELECT VALUE c.none ${where}`)).toEqual([]);
    expect(await all('SELECT TOP 1 VALUE x.id FROM items AS x WHERE x.id > "d0"')).toEqual(['d00']);
  });

  test('takes parameters of any type', async () => {
    const query = `SELECT VALUE c.id FROM c WHERE c.kind = @kind AND ARRAY_CONTAINS(@ids, c.id)
      AND c.nested.value BETWEEN @low AND @high AND NOT IS_DEFINED(c.none)`;
    const parameters = [
      { name: '@kind', value: 'odd' },
      { name: '@ids', value: ['d01', 'd02', 'd03', 'd05'] },
      { name: '@low', value: 1.5 },
      { name: '@high', value: 4 },
    ];
    expect(await all({ query, parameters })).toEqual(['d03']);
  });

  test('never matches a value of another type', async () => {
    const count = (where: string) => all(`SELECT VALUE COUNT(1) FROM c WHERE ${where}`, {});
    expect(await count('c.amount > "a"')).toEqual([1]);
    expect(await count('c.amount >= 0')).toEqual([DOCUMENTS]);
    expect(await count('NOT (c.amount >= 0)')).toEqual([0]);
    expect(await count('c.none != 1')).toEqual([0]);
    expect(await count('IS_NULL(c.none) OR c.none = null')).toEqual([0]);
  });

  test('aggregates', async () => {
    expect(await all('SELECT VALUE SUM(c.nested.value) FROM c')).toEqual([1770]);
    expect(await all('SELECT VALUE MIN(c.dueOn) FROM c')).toEqual(['2024-01-01']);
    expect(await all('SELECT VALUE MAX(c.amount) FROM c')).toEqual([9]);
    expect(await all('SELECT VALUE MAX(c.amount) FROM c WHERE c.id = "x"')).toEqual([]);
  });
});

describe('order', () => {
  test('by several paths needs a composite index, forwards or backwards', async () => {
    const forwards = await all('SELECT VALUE c.id FROM c ORDER BY c.kind, c.dueOn, c.id');
    const backwards = 'SELECT VALUE c.id FROM c ORDER BY c.kind DESC, c.dueOn DESC, c.id DESC';
    expect(await all(backwards)).toEqual(forwards.toReversed());
    const opposite = await all('SELECT VALUE c.amount FROM c ORDER BY c.pk, c.amount, c.id DESC');
    expect(opposite.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    for (const by of ['c.kind, c.dueOn', 'c.kind DESC, c.dueOn, c.id', 'c.dueOn, c.kind, c.id']) {
      await expect(all(`SELECT * FROM c ORDER BY ${by}`)).rejects.toMatchObject({
        code: 400,
        message: expect.stringContaining('composite index'),
      });
    }
  });

  test('by one path needs that path indexed', async () => {
    const amounts = await all('SELECT VALUE c.amount FROM c ORDER BY c.amount DESC', {});
    expect(amounts[0]).toBe('none');
    const excluded = all('SELECT * FROM c ORDER BY c.dueOn');
    await expect(excluded).rejects.toMatchObject({ code: 400 });
    const none = service.container('none').items.query('SELECT * FROM c ORDER BY c.id');
    expect((await none.fetchAll()).resources).toEqual([]);
  });
});

describe('pages', () => {
  test('follow each other by token without gap or repetition', async () => {
    const query = 'SELECT VALUE c.id FROM c ORDER BY c.kind, c.dueOn, c.id OFFSET 3 LIMIT 50';
    const expected = await all(query);
    const seen: unknown[] = [];
    let continuationToken: string | undefined;
    do {
      const options = { partitionKey: 'A', maxItemCount: 7, continuationToken };
      const page = await container.items.query(query, given(options)).fetchNext();
      expect(page.resources.length).toBeLessThanOrEqual(7);
      seen.push(...page.resources);
      ({ continuationToken } = page);
    } while (continuationToken !== undefined);
    expect(seen).toEqual(expected);
    expect(seen).toHaveLength(50);
  });

  test('hold a hundred documents unless told, and no more than 4 MB', async () => {
    const big = 'x'.repeat(1_500_000);
    for (const id of ['1', '2', '3']) await container.items.create({ id, pk: 'big', big });
    const options = { partitionKey: 'big', maxItemCount: -1 };
    const { resources } = await container.items.query('SELECT * FROM c', options).fetchNext();
    expect(resources.map(({ id }: { id: string }) => id)).toEqual(['1', '2']);
  });

  test('take no token but their own', async () => {
    const options = { partitionKey: 'A', maxItemCount: 5 };
    const { continuationToken } = await container.items
      .query('SELECT * FROM c', options)
      .fetchNext();
    for (const [query, token] of [
      ['SELECT * FROM c WHERE c.open = true', continuationToken],
      ['SELECT * FROM c', continuationToken?.slice(0, -2)],
      ['SELECT * FROM c', 'W10'],
      ['SELECT * FROM c', '%%%'],
    ] as const) {
      const page = container.items.query(query, given({ ...options, continuationToken: token }));
      await expect(page.fetchNext()).rejects.toMatchObject({ code: 400 });
    }
  });

  test('of all documents need no query', async () => {
    const { resources } = await container.items.readAll({ partitionKey: 'A' }).fetchAll();
    expect(resources).toHaveLength(DOCUMENTS);
  });
});

describe('the charge of a query', () => {
  test('is about 3.2 RU for one document and 6 to 9 RU for a page of fifty', async () => {
    const chargeOf = async (query: string) => {
      const options = { partitionKey: 'A', maxItemCount: 50 };
      return (await container.items.query(query, options).fetchNext()).requestCharge;
    };
    expect(await chargeOf('SELECT * FROM c WHERE c.id = "d01"')).toBeCloseTo(3.2, 1);
    const page = await chargeOf('SELECT * FROM c');
    expect(page).toBeGreaterThan(6);
    expect(page).toBeLessThan(9);
    // Documents a filter without an index refuses are loaded and paid for.
    expect(await chargeOf('SELECT * FROM c WHERE c.nested.value = 3')).toBeGreaterThan(6);
  });
});

describe('anything unsupported', () => {
  test.each([
    ['SELECT DISTINCT c.a FROM c', 'DISTINCT'],
    ['SELECT c.kind FROM c GROUP BY c.kind', 'GROUP BY'],
    ['SELECT * FROM c JOIN t IN c.tags', 'JOIN'],
    ['SELECT * FROM c WHERE CONTAINS(c.id, "x")', 'CONTAINS'],
    ['SELECT * FROM c WHERE c.id LIKE "x%"', 'LIKE'],
    ['SELECT * FROM c WHERE c.amount + 1 = 2', 'operator +'],
    ['SELECT VALUE {"a": c.a} FROM c', "'{'"],
    ['SELECT * FROM c WHERE c.tags[0] = 1', 'array element'],
    ['SELECT * FROM c WHERE c.kind = @missing', '@missing'],
    ['SELECT * FROM c WHERE d.kind = 1', "'d'"],
    ['SELECT * FROM c WHERE', 'expected'],
    ['SELECT * FROM c WHERE c.kind = "x" ; DROP TABLE c', ';'],
  ])('is refused with its name: %s', async (query, name) => {
    await expect(all(query)).rejects.toMatchObject({
      code: 400,
      message: expect.stringContaining(name),
    });
  });
});

async function all(
  query: string | SqlQuerySpec,
  options: FeedOptions = { partitionKey: 'A' },
): Promise<readonly JSONValue[]> {
  return (await container.items.query<JSONValue>(query, options).fetchAll()).resources;
}

/** Options without those that are undefined. */
function given(options: { readonly [name: string]: unknown }): FeedOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
