import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay } from '../domain/calendar.ts';
import type { CustomerChange } from '../domain/change.ts';
import { utf8Length } from '../domain/json.ts';
import { corrupt, randomCorruption, spoiled } from '../test/support/corruption.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { embeddedCustomer } from '../test/support/embedded-customer.ts';
import { type MemoryCustomers, memoryCustomers } from '../test/support/memory-stores.ts';
import { randomChange, randomHistory } from '../test/support/random-changes.ts';
import { applyChanges } from './apply-changes.ts';
import { RACES_MAX, TooManyConflicts } from './retry-lost-races.ts';
import { BATCH_BYTES_MAX, BATCH_OPERATIONS_MAX } from './apply-customer-changes.ts';
import { REBUILD_PAGE, type RebuildPorts, rebuildCustomer } from './rebuild-customer.ts';

const PK = 'usmf|C-1';

function rebuild(
  customers: MemoryCustomers,
  overrides: Partial<RebuildPorts['customers']> = {},
): Promise<number> {
  const store = { ...customers, ...overrides };
  // A clock that moves on, so that races cannot be lost for ever.
  let now = 0;
  const elapsed = () => (now += RACES_MAX / 100);
  const ports = { ...applyPorts({ customers }), customers: store, elapsed };
  return rebuildCustomer('usmf', 'C-1', ports);
}

async function apply(customers: MemoryCustomers, changes: readonly CustomerChange[]) {
  await applyChanges({ company: 'usmf', customer: 'C-1', changes }, applyPorts({ customers }));
}

async function folded(history: readonly CustomerChange[]): Promise<MemoryCustomers> {
  const customers = memoryCustomers();
  for (let start = 0; start < history.length; start += 7) {
    await apply(customers, history.slice(start, start + 7));
  }
  return customers;
}

/** All documents, without what depends on how often the customer was written. */
function state(customers: MemoryCustomers): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(customers.documents(PK)).map(([id, document]) => {
      if (document.kind === 'header') {
        return [id, { ...document, revision: 'any', lists: document.lists.pools }];
      }
      return document.kind === 'activity'
        ? [id, { ...document, lists: document.lists.workers }]
        : [id, document];
    }),
  );
}

function revisionOf(customers: MemoryCustomers): number {
  const { header } = customers.documents(PK);
  return header?.kind === 'header' ? header.revision : 0;
}

function invoice(index: number, text = ''): CustomerChange {
  return {
    entity: 'transaction',
    company: 'usmf',
    customer: 'C-1',
    source: '/erp/a',
    epoch: '1',
    record: `t${String(index).padStart(5, '0')}`,
    version: '1',
    facet: 'main',
    time: '2026-01-01T00:00:00.000Z',
    row: {
      type: 'invoice',
      voucher: 'V',
      transactionDate: '2026-01-01',
      dueDate: formatDay(20_000 + index * 2),
      currency: 'USD',
      amount: '1.00',
      description: text,
    },
  };
}

/** A store that notes the size of every batch. */
function measured(customers: MemoryCustomers) {
  const batches: { operations: number; bytes: number }[] = [];
  const commit: MemoryCustomers['commit'] = (pk, writes) => {
    const bytes = writes.reduce(
      (sum, { document }) => sum + (document === null ? 0 : utf8Length(JSON.stringify(document))),
      0,
    );
    batches.push({ operations: writes.length, bytes });
    return customers.commit(pk, writes);
  };
  return { batches, commit };
}

describe('rebuilding a customer', () => {
  test('makes of spoiled documents what folding made of the changes', async () => {
    const corruptions = fc.array(randomCorruption, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(randomHistory, corruptions, async (history, some) => {
        const customers = await folded(history);
        const [before, revision] = [state(customers), revisionOf(customers)];
        await corrupt(customers, PK, some);
        const wasSpoiled = JSON.stringify(state(customers)) !== JSON.stringify(before);
        const isLost = !('header' in customers.documents(PK));

        const changed = await rebuild(customers);

        expect(state(customers)).toEqual(before);
        expect(changed > 0).toBe(wasSpoiled);
        // Without its header a customer has lost count, and begins anew.
        expect(isLost || !wasSpoiled || revisionOf(customers) > revision).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('writes nothing for a customer who is well, nor for one nobody knows', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        const customers = await folded(history);
        const before = customers.documents(PK);
        expect(await rebuild(customers)).toBe(0);
        expect(customers.documents(PK)).toEqual(before);
      }),
      { numRuns: 300 },
    );
    expect(await rebuild(memoryCustomers())).toBe(0);
  });

  test('loses no change that comes in between, wherever it does', async () => {
    const corruptions = fc.array(randomCorruption, { minLength: 1, maxLength: 6 });
    const later = fc.array(randomChange, { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(randomHistory, later, corruptions, fc.nat(12), async (...given) => {
        const [history, changes, some, moment] = given;
        const undisturbed = await folded([...history, ...changes]);
        const customers = await folded(history);
        await corrupt(customers, PK, some);
        let calls = 0;
        const interrupt = async () => {
          if (calls++ === moment) await apply(customers, changes);
        };

        await rebuild(customers, {
          documentsOf: async (...asked) => {
            await interrupt();
            return customers.documentsOf(...asked);
          },
          commit: async (...asked) => {
            await interrupt();
            return customers.commit(...asked);
          },
        });
        if (calls <= moment) await apply(customers, changes);

        expect(state(customers)).toEqual(state(undisturbed));
      }),
      { numRuns: 500 },
    );
  });

  test('goes page by page and batch by batch, however large the customer is', async () => {
    const size = REBUILD_PAGE + 20;
    const changes = Array.from({ length: size }, (_, index) => invoice(index, 'x'.repeat(9_000)));
    const customers = await folded(changes);
    const before = state(customers);
    for (const document of Object.values(customers.documents(PK))) {
      const etag = (await customers.read(PK, [document.id])).get(document.id)?.etag ?? null;
      await customers.commit(PK, [{ id: document.id, document: spoiled(document), etag }]);
    }
    const { batches, commit } = measured(customers);

    const changed = await rebuild(customers, { commit });

    expect(state(customers)).toEqual(before);
    expect(changed).toBe(Object.keys(before).length);
    expect(batches.length).toBeGreaterThan(5);
    expect(Math.max(...batches.map(({ bytes }) => bytes))).toBeLessThanOrEqual(BATCH_BYTES_MAX);
    expect(Math.max(...batches.map(({ operations }) => operations))).toBeLessThanOrEqual(
      BATCH_OPERATIONS_MAX,
    );
  });

  test('goes on after dying between two batches', async () => {
    const customers = await folded(Array.from({ length: 300 }, (_, index) => invoice(index)));
    const before = state(customers);
    const targets = Array.from({ length: 302 }, (_, place) => ({ place, how: 'spoiled' as const }));
    await corrupt(customers, PK, targets);
    let left = 2;
    const dying: MemoryCustomers['commit'] = async (...asked) => {
      if (left === 0) throw new Error('killed');
      left -= 1;
      return customers.commit(...asked);
    };
    await expect(rebuild(customers, { commit: dying })).rejects.toThrow('killed');

    const changed = await rebuild(customers);

    expect(state(customers)).toEqual(before);
    expect(changed).toBe(301 - 2 * (BATCH_OPERATIONS_MAX - 1));
  });

  test('is given back after too many lost races', async () => {
    const customers = await folded([invoice(1)]);
    await corrupt(customers, PK, [{ place: 0, how: 'spoiled' }]);
    let races = 0;
    const commit = async () => {
      races += 1;
      return 'conflict' as const;
    };
    await expect(rebuild(customers, { commit })).rejects.toThrow(TooManyConflicts);
    expect(races).toBeGreaterThan(2);
  });

  test('makes the rows of lists anew that were made from what was wrong', async () => {
    const world = await embeddedCustomer('USD', Date.UTC(2026, 3, 30));
    await world.tell([invoice(1), invoice(2)]);
    const rowOf = () => world.lists.documents().map((row) => ({ ...row, revision: 'any' }));
    const before = rowOf();
    expect(before).toMatchObject([{ kind: 'row', balance: 200 }]);
    for (const row of world.lists.documents()) {
      const { list, id } = row;
      if (row.kind !== 'row') continue;
      const etag = (await world.lists.read(list, id))?.etag ?? null;
      await world.lists.write({ id, document: { ...row, balance: 1 }, etag }, list);
    }
    await corrupt(world.customers, PK, [{ place: 0, how: 'spoiled' }]);

    const ports = applyPorts({ ...world.ports, customers: world.customers, lists: world.lists });
    await rebuildCustomer('usmf', 'C-1', { ...ports, customers: world.customers });

    expect(rowOf()).toEqual(before);
  });
});
