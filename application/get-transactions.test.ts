import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay, parseDay } from '../domain/calendar.ts';
import type { CustomerChange } from '../domain/change.ts';
import type { JsonObject } from '../domain/json.ts';
import { dueDay } from '../domain/transaction-row.ts';
import { newestRows } from '../test/oracle/newest-rows.ts';
import { transactionsAsOf } from '../test/oracle/open-as-of.ts';
import { promiseOn, statusOf } from '../test/oracle/promises.ts';
import { isOnTab } from '../test/oracle/tabs.ts';
import { embeddedCustomer, type EmbeddedCustomer } from '../test/support/embedded-customer.ts';
import { randomHistory } from '../test/support/random-changes.ts';
import {
  getTransactions,
  type TransactionItem,
  type TransactionsAnswer,
  type TransactionsRequest,
} from './get-transactions.ts';
import { TABS } from './ports.ts';

/** Most random changes lie within 90 days from here; today is in their midst. */
const FIRST_DAY = 20_500;
const TODAY = FIRST_DAY + 45;
const NOW = TODAY * 86_400_000 + 43_200_000;
const UNPAGED = 500;

const question = fc.record({
  tab: fc.constantFrom(...TABS),
  asOf: fc.option(fc.integer({ min: FIRST_DAY - 3, max: FIRST_DAY + 95 }), { freq: 2 }),
  descending: fc.boolean(),
});
type Question = Omit<TransactionsRequest, 'after' | 'limit'>;

async function ask(
  customer: EmbeddedCustomer,
  request: TransactionsRequest,
): Promise<TransactionsAnswer> {
  const view = await customer.view();
  if (view === null) throw new Error('nothing is known of the customer');
  const answer = await getTransactions(view, request, customer.ports);
  if ('kind' in answer) throw new Error(answer.kind);
  return answer;
}

function unpaged(customer: EmbeddedCustomer, asked: Question): Promise<TransactionsAnswer> {
  return ask(customer, { ...asked, after: null, limit: UNPAGED });
}

async function paged(customer: EmbeddedCustomer, asked: Question, limit: number) {
  const items: TransactionItem[] = [];
  for (let after: TransactionsRequest['after'] = null; ; ) {
    const page: TransactionsAnswer = await ask(customer, { ...asked, after, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    if (page.next === null) return items;
    expect(page.items).toHaveLength(limit);
    after = page.next;
  }
}

function position(item: TransactionItem): string {
  return `${String(dueDay(item.row)).padStart(6, '0')} ${item.document.id}`;
}

/** What the oracle knows of an item, by source and record. */
function expectedItems(history: readonly CustomerChange[], { tab, asOf }: Question) {
  const rows = newestRows(history);
  const asked = { asOf: asOf === null ? null : formatDay(asOf), accountingCurrency: 'USD' };
  return transactionsAsOf(rows, asked)
    .filter((one) => isOnTab(tab, one, statusOf(rows, one.row)))
    .map(({ row, open, accounting, isAccountingCertain }) => ({
      key: `${row.source} ${row.record}`,
      open,
      accounting,
      isAccountingCertain,
      promise: promiseOn(rows, row, formatDay(asOf ?? TODAY)),
    }));
}

function keyOf({ document }: TransactionItem): string {
  return `${document.source} ${document.record}`;
}

const invoice = (record: string, row: JsonObject): CustomerChange => ({
  entity: 'transaction',
  company: 'usmf',
  customer: 'C-1',
  source: '/erp/a',
  epoch: '1',
  record,
  version: '1',
  facet: 'main',
  time: '2026-03-01T00:00:00.000Z',
  row: { type: 'invoice', voucher: 'V', transactionDate: '2026-01-01', currency: 'USD', ...row },
});

describe('the transactions of a tab', () => {
  test('are the same in pages and at once, in both directions', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomHistory,
        question,
        fc.integer({ min: 1, max: 4 }),
        async (...given) => {
          const [history, asked, limit] = given;
          const customer = await embeddedCustomer('USD', NOW);
          await customer.tell(history);
          fc.pre((await customer.view()) !== null);
          const all = await unpaged(customer, asked);
          expect(all.next).toBeNull();
          expect(await paged(customer, asked, limit)).toEqual(all.items);
          const back = await unpaged(customer, { ...asked, descending: !asked.descending });
          expect(back.items.toReversed()).toEqual(all.items);
          expect(back.total).toEqual(all.total);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('are those that all rows say, with what is open of them and their promises', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, question, async (history, asked) => {
        const customer = await embeddedCustomer('USD', NOW);
        await customer.tell(history);
        fc.pre((await customer.view()) !== null);
        const { items, total } = await unpaged(customer, asked);
        const expected = expectedItems(history, asked);
        const told = items.map((item) => ({
          key: keyOf(item),
          open: BigInt(item.open.open),
          promise:
            item.promise === null
              ? null
              : {
                  target: BigInt(item.promise.target),
                  paid: BigInt(item.promise.paid),
                  verdict: item.promise.verdict,
                  keptOn: item.promise.keptOn === null ? null : formatDay(item.promise.keptOn),
                  followUp:
                    item.promise.followUpOn === null ? null : formatDay(item.promise.followUpOn),
                },
        }));
        const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
        const words = expected.map(({ key, open, promise }) => ({ key, open, promise }));
        expect(told.toSorted(byKey)).toEqual(words.toSorted(byKey));
        expect(total.count).toBe(expected.length);
        const isCertain = expected.every((one) => one.isAccountingCertain);
        const sum = expected.reduce((all, { accounting }) => all + (accounting ?? 0n), 0n);
        expect(isCertain ? BigInt(total.amount) : sum).toBe(sum);
      }),
      { numRuns: 400 },
    );
  });

  test('come by due date, then by id', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, question, async (history, asked) => {
        const customer = await embeddedCustomer('USD', NOW);
        await customer.tell(history);
        fc.pre((await customer.view()) !== null);
        const { items } = await unpaged(customer, { ...asked, descending: false });
        const positions = items.map(position);
        expect(positions).toEqual(positions.toSorted());
      }),
      { numRuns: 200 },
    );
  });

  test('all as of a day come by the due date they show', async () => {
    const customer = await embeddedCustomer('USD', NOW);
    const installments = [
      { dueDate: '2026-01-10', amount: '50.00' },
      { dueDate: '2026-01-20', amount: '50.00' },
    ];
    const paid: CustomerChange = {
      ...invoice('s', {}),
      entity: 'settlement',
      row: { transaction: 'parts', date: '2026-02-01', currency: 'USD', amount: '50.00' },
    };
    await customer.tell([
      invoice('parts', { amount: '100.00', installments }),
      invoice('between', { amount: '10.00', dueDate: '2026-01-15' }),
      paid,
    ]);

    const asOf = parseDay('2026-01-05');
    const { items } = await unpaged(customer, { tab: 'all', asOf, descending: false });

    expect(items.map((item) => formatDay(dueDay(item.row)))).toEqual(['2026-01-10', '2026-01-15']);
  });

  test('that were closed as of a day are open by nothing, in accounting currency too', async () => {
    const customer = await embeddedCustomer('USD', NOW);
    await customer.tell([
      invoice('closed', {
        currency: 'EUR',
        amount: '10.00',
        amountAccounting: '11.00',
        settled: '10.00',
      }),
    ]);
    const live = await unpaged(customer, { tab: 'all', asOf: null, descending: false });
    const asOf = await unpaged(customer, { tab: 'all', asOf: TODAY, descending: false });
    expect(asOf.items.map(({ open }) => open)).toEqual(live.items.map(({ open }) => open));
  });
});
