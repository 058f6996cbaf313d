import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerChange } from '../../domain/change.ts';
import { canonicalJson } from '../../domain/json.ts';
import { memoryLinks } from '../../test/support/memory-links.ts';
import { memoryQuarantine } from '../../test/support/memory-quarantine.ts';
import { applyPorts } from '../../test/support/apply-ports.ts';
import { type MemoryCustomers, memoryCustomers } from '../../test/support/memory-stores.ts';
import { randomHistory } from '../../test/support/random-changes.ts';
import { applyChanges } from '../apply-changes.ts';
import { rebuildCustomer } from '../rebuild-customer.ts';
import { RACES_MAX } from '../retry-lost-races.ts';
import { eraseCustomer } from './erase-customer.ts';

const PK = 'usmf|C-1';
/** In every text of every row. */
const MARKER = 'Erika Mustermann';

function world() {
  const customers = memoryCustomers();
  // A clock that moves on, so that races cannot be lost for ever.
  let now = 0;
  const ports = {
    ...applyPorts({ customers }),
    customers,
    elapsed: () => (now += RACES_MAX / 100),
    quarantine: memoryQuarantine(),
    links: memoryLinks(),
    deadLetterQueues: [],
    readDeadLetter: () => ({ kind: 'task' }) as const,
    now: () => Date.UTC(2026, 3, 30),
  };
  return {
    customers,
    async tell(changes: readonly CustomerChange[]) {
      for (let start = 0; start < changes.length; start += 5) {
        const some = changes.slice(start, start + 5);
        await applyChanges({ company: 'usmf', customer: 'C-1', changes: some }, ports);
      }
    },
    erase: () => eraseCustomer('usmf', 'C-1', ports),
    rebuild: () => rebuildCustomer('usmf', 'C-1', ports),
  };
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

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  customer: ['name', 'email', 'phone', 'address', 'primaryContact', 'url', 'unknown'],
  contact: ['name', 'title', 'email', 'phone'],
  transaction: ['description', 'paymentReference', 'documentUrl', 'voucherUrl'],
  activity: ['purpose', 'memo', 'url'],
  collectionsStatus: ['reason', 'note'],
  collectionLetter: ['documentUrl', 'unknown'],
};

/** The change with personal data wherever its entity has any. */
function personal(change: CustomerChange): CustomerChange {
  if (change.row === null) return change;
  const texts = (TEXTS[change.entity] ?? ['unknown']).map((field) => [field, MARKER]);
  return { ...change, row: { ...change.row, ...Object.fromEntries(texts) } };
}

/** A source that keeps the contract says one thing at a version. */
function withoutTies(changes: readonly CustomerChange[]): readonly CustomerChange[] {
  const first = new Map<string, CustomerChange>();
  for (const change of changes) {
    const { entity, source, record, facet, epoch, version } = change;
    const key = canonicalJson([entity, source, record, facet, epoch, version]);
    if (!first.has(key)) first.set(key, change);
  }
  return changes.map((change) => {
    const { entity, source, record, facet, epoch, version } = change;
    return first.get(canonicalJson([entity, source, record, facet, epoch, version])) ?? change;
  });
}

const history = randomHistory.map((changes) => withoutTies(changes).map(personal));

describe('erasing a customer', () => {
  test('ends in the same documents whenever it comes, and nothing personal is in them', async () => {
    const when = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(history, when, async (changes, share) => {
        const [late, early] = [world(), world()];
        await late.tell(changes);
        await late.erase();
        const at = Math.floor(changes.length * share);
        await early.tell(changes.slice(0, at));
        await early.erase();
        await early.tell(changes.slice(at));

        expect(state(early.customers)).toEqual(state(late.customers));
        expect(JSON.stringify(late.customers.documents(PK))).not.toContain(MARKER);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('is undone by nothing: not by the same told again, nor by a rebuild, nor by itself', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (changes) => {
        const erased = world();
        await erased.tell(changes);
        await erased.erase();
        const before = state(erased.customers);
        await erased.tell(changes.toReversed());
        await erased.rebuild();
        expect(await erased.erase()).toBe(0);

        expect(state(erased.customers)).toEqual(before);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('keeps every figure of the header', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (changes) => {
        const one = world();
        await one.tell(changes);
        const before = one.customers.documents(PK)['header'];
        await one.erase();
        const after = one.customers.documents(PK)['header'];
        const changed = {
          revision: 'any',
          lists: 'any',
          profile: 'any',
          collectionsContact: 'any',
          firstContact: 'any',
          erasedAt: 'any',
        };
        if (before === undefined) return;
        expect({ ...after, ...changed }).toEqual({ ...before, ...changed });
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('of a customer nobody knows holds for what is told of it later', async () => {
    const unknown = world();
    await unknown.erase();
    const at = { company: 'usmf', customer: 'C-1', source: '/erp/a', epoch: '1' } as const;
    const row = { name: MARKER, email: MARKER };
    const time = '2026-01-01T00:00:00.000Z';
    const told = { ...at, entity: 'customer', record: 'c', version: '9', facet: 'main' } as const;
    await unknown.tell([{ ...told, time, row }]);

    const stored = JSON.stringify(unknown.customers.documents(PK));
    expect(stored).toContain('(erased)');
    expect(stored).not.toContain(MARKER);
  });
});
