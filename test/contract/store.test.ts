// What the app relies on of its store, held against the stores in memory: the same changes end in the
// same documents, and every question is answered the same.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CosmosDatabase, cosmosDatabase } from '../../adapters/cosmos/client.ts';
import { TABS } from '../../application/ports.ts';
import type { ListColumn } from '../../domain/list-order.ts';
import { TIMELINE_TYPES } from '../../domain/timeline.ts';
import { topology } from '../../infra/topology.ts';
import { listRowOf } from '../support/list-rows.ts';
import { newRun, PLACES, sayWhatIsMissing, type Services } from './places.ts';
import {
  CUSTOMERS,
  cosmosWorld,
  memoryWorld,
  partitionOf,
  type Stores,
  tell,
} from './told-world.ts';

/** Milliseconds, with a service that is far away. */
const TELLING = 300_000;
const ASKING = 120_000;
const MANY = 1_000;
const PAGE = 3;
const DAY = 20_540;

sayWhatIsMissing('the store');

describe.each(PLACES)('the store of $name', { timeout: ASKING }, ({ open }) => {
  const company = newRun();
  const partitions = CUSTOMERS.map((customer) => partitionOf(company, customer));
  const memory = memoryWorld();
  let services: Services;
  let database: CosmosDatabase;
  let stored: Stores;

  beforeAll(async () => {
    services = await open();
    database = cosmosDatabase(services.cosmos, topology.cosmos.database);
    stored = cosmosWorld(database);
    await tell(memory, company);
    await tell(stored, company);
  }, TELLING);

  afterAll(async () => {
    await database.close();
    await services.close();
  });

  /** What both worlds answer; what should be there is more than nothing. */
  async function both<T>(ask: (world: Stores) => Promise<readonly T[]>, least = 1) {
    const expected = await ask(memory);
    expect(expected.length).toBeGreaterThanOrEqual(least);
    return { expected, found: await ask(stored) };
  }

  test('has the documents that the changes come to', async () => {
    for (const pk of partitions) {
      const expected = memory.customers.documents(pk);
      const found = await stored.customers.read(pk, Object.keys(expected));
      const documents = [...found].map(([id, { document }]) => [id, document]);
      expect(Object.fromEntries(documents)).toEqual(expected);
      expect(documents.length).toBeGreaterThan(20);
    }
  });

  test('lists transactions by due date, page by page, both ways', async () => {
    for (const tab of TABS) {
      for (const descending of [false, true]) {
        const { expected, found } = await both(async ({ customers }) => {
          const found = [];
          for (const pk of partitions) {
            let after = null;
            for (;;) {
              const page = await customers.transactions(pk, {
                tab,
                descending,
                after,
                limit: PAGE,
              });
              found.push(...page.map(({ id }) => `${pk} ${id}`));
              const last = page.at(-1);
              if (last === undefined || page.length < PAGE) break;
              after = { dueOn: last.dueOn ?? 0, id: last.id };
            }
          }
          return found;
        });
        expect(found).toEqual(expected);
      }
    }
  });

  test.each([
    ['open transactions', (s: Stores, pk: string) => s.customers.openTransactions(pk)],
    ['promised ones', (s: Stores, pk: string) => s.customers.promisedTransactions(pk)],
    [
      'dated later',
      (s: Stores, pk: string) => s.customers.transactionsAfter(pk, DAY, 'dated', MANY),
    ],
    [
      'closed later',
      (s: Stores, pk: string) => s.customers.transactionsAfter(pk, DAY, 'closed', MANY),
    ],
    ['last payments', (s: Stores, pk: string) => s.customers.lastPayments(pk, DAY + 1_000)],
    ['settlements', (s: Stores, pk: string) => s.customers.settlementsAfter(pk, DAY - 300, MANY)],
    ['the history', (s: Stores, pk: string) => s.customers.history(pk, MANY)],
    ['the profile', (s: Stores, pk: string) => s.customers.greatest(pk, 'profile', 1)],
    ['contacts', (s: Stores, pk: string) => s.customers.greatest(pk, 'firstContact', 1)],
    ['last payment', (s: Stores, pk: string) => s.customers.greatest(pk, 'lastPayment', 1)],
  ] as const)('finds %s', async (_, ask) => {
    const { expected, found } = await both(async (world) => {
      const found = [];
      for (const pk of partitions) {
        const documents = await ask(world, pk);
        found.push(...documents.map(({ id }) => `${pk} ${id}`));
      }
      return found.toSorted();
    });
    expect(found).toEqual(expected);
  });

  test('has the timeline in order', async () => {
    const { expected, found } = await both(async ({ customers }) => {
      const found = [];
      for (const pk of partitions) {
        const question = { types: TIMELINE_TYPES, from: DAY - 365, to: null, limit: MANY };
        const all = await customers.timeline(pk, { ...question, after: null });
        found.push(...all.map(({ id }) => id));
      }
      return found;
    }, 10);
    expect(found).toEqual(expected);
  });

  test('sorts rows of lists by every composite index, both ways', async () => {
    const list = `${company}|rows`;
    const rows = Array.from({ length: 12 }, (_, index) =>
      listRowOf({
        list,
        id: `r${index}`,
        customer: `C-${index}`,
        isOverdue: index % 3 > 0,
        balance: (index * 7) % 5,
        creditGroup: 'ABC'.charAt(index % 3),
      }),
    );
    for (const document of rows) {
      const write = { id: document.id, document, etag: null };
      for (const { lists } of [memory, stored]) {
        expect(await lists.write(write, list)).toBe('committed');
      }
    }
    const { indexingPolicy } =
      topology.cosmos.containers.find(({ name }) => name === 'customer-lists') ?? {};
    const indexes = indexingPolicy?.compositeIndexes ?? [];
    expect(indexes.length).toBeGreaterThan(10);
    for (const [, ...columns] of indexes) {
      for (const reversed of [false, true]) {
        const order = columns.map(({ path, order: direction }) => ({
          column: columnOf(path, rows),
          descending: (direction === 'descending') !== reversed,
        }));
        const { expected, found } = await both(
          async ({ lists }) =>
            (await lists.page(list, { order, conditions: [], after: null, limit: MANY })).map(
              ({ id }) => id,
            ),
          rows.length,
        );
        expect(found).toEqual(expected);
      }
    }
  });

  test('commits all or nothing, and refuses what is not as it was read', async () => {
    const { lists } = stored;
    const list = `${company}|tags`;
    const document = listRowOf({ list, id: 'a', customer: 'C-1' });
    expect(await lists.write({ id: 'a', document, etag: null }, list)).toBe('committed');
    expect(await lists.write({ id: 'a', document, etag: null }, list)).toBe('conflict');
    const read = await lists.read(list, 'a');
    const etag = read?.etag ?? null;
    expect(etag).not.toBeNull();
    expect(await lists.write({ id: 'a', document, etag }, list)).toBe('committed');
    expect(await lists.write({ id: 'a', document, etag }, list)).toBe('conflict');
    expect(await lists.read(list, 'b')).toBeNull();

    const [pk = ''] = partitions;
    const ids = Object.keys(memory.customers.documents(pk));
    const before = await stored.customers.read(pk, ids);
    const [header, other] = [before.get('header'), [...before].find(([id]) => id !== 'header')];
    if (header === undefined || other === undefined) throw new Error('the customer is not stored');
    const good = { id: other[0], document: null, etag: other[1].etag };
    const stale = { id: 'header', document: header.document, etag: '"0"' };
    expect(await stored.customers.commit(pk, [good, stale])).toBe('conflict');
    expect(await stored.customers.read(pk, ids)).toEqual(before);
  });
});

/** `/balance` → `balance`. */
function columnOf(path: string, rows: readonly object[]): ListColumn {
  const name = path.slice(1);
  const isColumn = (text: string): text is ListColumn => rows.every((row) => text in row);
  if (!isColumn(name)) throw new Error(`rows have no column ${name}`);
  return name;
}
