import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageBalances } from '../domain/aging.ts';
import { DEFAULT_DEFINITION } from '../domain/aging-definition.ts';
import type { CustomerChange } from '../domain/change.ts';
import { decodeHeader } from '../domain/header-document.ts';
import { historyId } from '../domain/history-entry.ts';
import { histogramOf, liveItem } from '../domain/open-item.ts';
import { encodeHistogram } from '../domain/histogram.ts';
import { formatDay } from '../domain/calendar.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { type MemoryCustomers, memoryCustomers } from '../test/support/memory-stores.ts';
import { randomHistory } from '../test/support/random-changes.ts';
import { lastSettledOn, monthFigures, monthFiguresOf } from '../test/oracle/month-figures.ts';
import { applyChanges } from './apply-changes.ts';
import type { StoredCustomerDocument } from './ports.ts';

const PK = 'usmf|C-1';

async function applied(messages: readonly (readonly CustomerChange[])[]): Promise<MemoryCustomers> {
  const customers = memoryCustomers();
  for (const changes of messages) await apply(customers, changes);
  return customers;
}

async function apply(customers: MemoryCustomers, changes: readonly CustomerChange[]) {
  const message = { company: 'usmf', customer: 'C-1', changes };
  const { failed } = await applyChanges(message, applyPorts({ customers }));
  for (const { error } of failed) throw error;
}

/** All documents, without what depends on how often the customer was written. */
function state(customers: MemoryCustomers): Record<string, unknown> {
  const documents = customers.documents(PK);
  return Object.fromEntries(
    Object.entries(documents).map(([id, document]) => [id, withoutRevisions(document)]),
  );
}

function withoutRevisions(document: StoredCustomerDocument): unknown {
  if (document.kind === 'header') {
    return { ...document, revision: 'any', lists: document.lists.pools };
  }
  return document.kind === 'activity' ? { ...document, lists: document.lists.workers } : document;
}

function headerOf(customers: MemoryCustomers) {
  const documents = Object.values(customers.documents(PK));
  const header = documents.find((one) => one.kind === 'header');
  if (header?.kind !== 'header') throw new Error('no header');
  return decodeHeader(header, {
    years: documents.flatMap((one) => (one.kind === 'histogram' ? [one] : [])),
    insight: documents.find((one) => one.kind === 'insight') ?? null,
  });
}

/** The same change told once more, with the time of the telling. */
function toldLater(change: CustomerChange): CustomerChange {
  return { ...change, time: '2027-01-01T00:00:00.000Z' };
}

/** The history in another order, some changes twice, cut into messages. */
const retold = randomHistory.chain((history) =>
  fc.record({
    history: fc.constant(history),
    order: fc
      .shuffledSubarray([...history, ...history.map(toldLater)], { minLength: history.length })
      .map((some) => [...some, ...history.filter((change) => !some.includes(change))]),
    cut: fc.integer({ min: 1, max: 24 }),
  }),
);

function inMessages(changes: readonly CustomerChange[], size: number): CustomerChange[][] {
  const messages: CustomerChange[][] = [];
  for (let start = 0; start < changes.length; start += size) {
    messages.push(changes.slice(start, start + size));
  }
  return messages;
}

describe('applying changes', () => {
  test('any order, any repeats and any cut into messages end in the same documents', async () => {
    await fc.assert(
      fc.asyncProperty(retold, async ({ history, order, cut }) => {
        const once = await applied(inMessages(history, 1));
        const again = await applied(inMessages(order, cut));
        expect(state(again)).toEqual(state(once));
      }),
      { numRuns: 1_000 },
    );
  });

  test('the header is the sum of the rows', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        const customers = await applied(inMessages(history, 7));
        const open = await customers.openTransactions(PK);
        const rows = histogramOf(
          open.flatMap((one) => liveItem(one) ?? []),
          'dueDate',
        );
        const header = headerOf(customers);
        expect(encodeHistogram(header.histogram)).toEqual(encodeHistogram(rows));
        for (const currency of ['USD', 'JPY', 'BHD']) {
          for (const credits of ['separate', 'ownDate', 'oldestFirst'] as const) {
            const question = { asOf: 20_550, definition: DEFAULT_DEFINITION, credits };
            const aging = ageBalances(header.histogram, header.histogram, {
              ...question,
              accountingCurrency: currency,
            });
            for (const one of [aging.accounting, ...aging.currencies]) {
              const buckets = one.buckets.reduce((sum, { amount }) => sum + amount, 0);
              expect(buckets + one.unapplied).toBe(one.balance);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('sums by month and latest settlements are those of the rows', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        const customers = await applied(inMessages(history, 5));
        const documents = Object.values(customers.documents(PK));
        expect(monthFigures(headerOf(customers).months)).toEqual(monthFiguresOf(documents));
        for (const document of documents) {
          if (document.kind !== 'transaction') continue;
          expect(document.lastSettledOn).toBe(lastSettledOn(document.id, documents));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the collections history has every version that was ever told', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        const customers = await applied(inMessages(history, 5));
        const told = history.filter(
          ({ entity }) => entity === 'collectionsStatus' || entity === 'collectionLetter',
        );
        const kept = Object.values(customers.documents(PK)).filter(
          ({ kind }) => kind === 'history',
        );
        expect(kept.map(({ id }) => id).toSorted()).toEqual(
          [...new Set(told.map(historyId))].toSorted(),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('a change told again writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        const customers = await applied([history]);
        const before = customers.documents(PK);
        await apply(customers, history);
        expect(customers.documents(PK)).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });

  test('two writers at once lose nothing', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, randomHistory, async (left, right) => {
        const alone = await applied([left, right]);
        const customers = memoryCustomers();
        let others: readonly CustomerChange[] = right;
        customers.beforeCommit = async () => {
          const [now, later] = [others.slice(0, 3), others.slice(3)];
          others = [];
          if (now.length > 0) await apply(customers, now);
          others = later;
        };
        await apply(customers, left);
        customers.beforeCommit = async () => {};
        await apply(customers, right);
        expect(state(customers)).toEqual(state(alone));
      }),
      { numRuns: 200 },
    );
  });

  test('beyond 366 due dates the histogram lives in years, and comes back', async () => {
    const invoice = (index: number, version: string, isOpen: boolean): CustomerChange => ({
      entity: 'transaction',
      company: 'usmf',
      customer: 'C-1',
      source: '/erp/a',
      epoch: '1',
      record: `t${index}`,
      version,
      facet: 'main',
      time: '2026-01-01T00:00:00.000Z',
      row: {
        type: 'invoice',
        voucher: 'V',
        transactionDate: '2026-01-01',
        dueDate: formatDay(20_000 + index * 2),
        currency: 'USD',
        amount: '1.00',
        ...(isOpen ? {} : { settled: '1.00' }),
      },
    });
    const many = Array.from({ length: 400 }, (_, index) => invoice(index, '1', true));
    const customers = await applied(inMessages(many, 24));
    const years = () =>
      Object.values(customers.documents(PK)).filter(({ kind }) => kind === 'histogram');
    expect(years().length).toBeGreaterThan(2);
    expect(headerOf(customers).histogram.get('USD|missing|debit')?.size).toBe(400);

    const closed = Array.from({ length: 50 }, (_, index) => invoice(index, '2', false));
    await applied([]);
    for (const message of inMessages(closed, 24)) await apply(customers, message);
    expect(years()).toEqual([]);
    expect(headerOf(customers).histogram.get('USD|missing|debit')?.size).toBe(350);
  });
});
