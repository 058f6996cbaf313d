import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AS_OF_ROWS_MAX } from '../domain/as-of.ts';
import { parseDay } from '../domain/calendar.ts';
import type { CustomerChange, CustomerEntity } from '../domain/change.ts';
import type { JsonObject } from '../domain/json.ts';
import { newestRows } from '../test/oracle/newest-rows.ts';
import { transactionsAsOf } from '../test/oracle/open-as-of.ts';
import { embeddedCustomer, type EmbeddedCustomer } from '../test/support/embedded-customer.ts';
import { randomHistory } from '../test/support/random-changes.ts';
import { type AgingAnswer, getAging } from './get-aging.ts';

/** 2026-04-07, at noon. */
const NOON = 20_550 * 86_400_000 + 43_200_000;

function told(entity: CustomerEntity, record: string, row: JsonObject): CustomerChange {
  return {
    entity,
    company: 'usmf',
    customer: 'C-1',
    source: '/erp/a',
    epoch: '1',
    record,
    version: '1',
    facet: 'main',
    time: '2026-03-01T00:00:00.000Z',
    row,
  };
}

function transaction(record: string, row: JsonObject): CustomerChange {
  const least = { type: 'invoice', voucher: 'V', transactionDate: '2026-01-01', currency: 'USD' };
  return told('transaction', record, { ...least, ...row });
}

function settlement(record: string, row: JsonObject): CustomerChange {
  return told('settlement', record, { transaction: 'i', currency: 'USD', ...row });
}

async function given(...changes: readonly CustomerChange[]): Promise<EmbeddedCustomer> {
  const customer = await embeddedCustomer('USD', NOON);
  await customer.tell(changes);
  return customer;
}

async function aging(customer: EmbeddedCustomer, asOf: string | null): Promise<AgingAnswer> {
  const view = await customer.view();
  if (view === null) throw new Error('nothing is known of the customer');
  const day = asOf === null ? null : parseDay(asOf);
  const request = { asOf: day, definition: null, credits: 'separate' } as const;
  const answer = await getAging(view, request, customer.ports);
  if ('kind' in answer) throw new Error(answer.kind);
  return answer;
}

async function balance(customer: EmbeddedCustomer, asOf: string | null): Promise<number> {
  return (await aging(customer, asOf)).aging.accounting.balance;
}

describe('as of a day', () => {
  test('a settlement counts from the latest of its date and both transactions', async () => {
    const customer = await given(
      transaction('i', { amount: '100.00' }),
      transaction('p', { type: 'payment', amount: '-100.00', transactionDate: '2026-03-10' }),
      settlement('s', { offset: 'p', date: '2026-02-01', amount: '100.00' }),
    );
    expect(await balance(customer, '2025-12-31')).toBe(0);
    expect(await balance(customer, '2026-03-09')).toBe(10_000);
    expect(await balance(customer, '2026-03-10')).toBe(0);
    expect(await balance(customer, null)).toBe(0);
  });

  test('a bounced payment is a settlement that counts until the day before', async () => {
    const reversed = { date: '2026-02-01', amount: '100.00', reversed: '2026-03-01' };
    const customer = await given(
      transaction('i', { amount: '100.00', dueDate: '2026-01-15' }),
      settlement('s', reversed),
    );
    expect(await balance(customer, '2026-02-28')).toBe(0);
    const { aging: aged } = await aging(customer, '2026-03-01');
    expect(aged.accounting.balance).toBe(10_000);
    expect(aged.accounting.oldestDueOn).toBe(parseDay('2026-01-15'));
  });

  test('what a row says beyond its settlements counts from its closing date', async () => {
    const row = { amount: '100.00', settled: '100.00', closedDate: '2026-03-01' };
    const customer = await given(transaction('i', row));
    expect(await balance(customer, '2026-02-28')).toBe(10_000);
    expect(await balance(customer, '2026-03-01')).toBe(0);
    expect((await aging(customer, '2026-02-28')).approximate).toBe(true);
  });

  test('the answer is approximate wherever a row says other than its settlements', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        const customer = await given(...history);
        fc.pre((await customer.view()) !== null);
        const { approximate } = await aging(customer, '2026-03-15');
        const asked = { asOf: '2026-03-15', accountingCurrency: 'USD' };
        const items = transactionsAsOf(newestRows(history), asked);
        const isOpen = items.some((one) => one.approximate && one.open !== 0n);
        expect(isOpen && !approximate).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('it is approximate where nobody knows when an invoice was settled', async () => {
    // Settled in full, says the row, but neither a settlement nor a closing date says when.
    const customer = await given(
      transaction('i', { amount: '100.00', settled: '100.00' }),
      transaction('j', { amount: '1.00' }),
    );
    expect((await aging(customer, '2026-02-01')).approximate).toBe(true);
  });

  test('what was not settled yet is open in full, in accounting currency too', async () => {
    // The row has no settledAccounting; the settlement tells that amount.
    const customer = await given(
      transaction('i', {
        currency: 'EUR',
        amount: '100.00',
        amountAccounting: '200.00',
        settled: '60.00',
      }),
      settlement('s', {
        currency: 'EUR',
        date: '2026-03-01',
        amount: '60.00',
        amountAccounting: '130.00',
      }),
    );
    expect(await balance(customer, '2026-02-28')).toBe(20_000);
  });

  test('too many rows since then are refused', async () => {
    const customer = await given(transaction('i', { amount: '1.00' }));
    const view = await customer.view();
    const one = Object.values(customer.customers.documents('usmf|C-1')).flatMap((document) =>
      document.kind === 'transaction' ? [document] : [],
    )[0];
    if (view === null || one === undefined) throw new Error('no invoice');
    const many = Array.from({ length: AS_OF_ROWS_MAX }, (_, index) => ({
      ...one,
      id: `t${index}`,
    }));
    const customers = { ...customer.customers, transactionsAfter: async () => many };
    const request = { asOf: 20_540, definition: null, credits: 'separate' } as const;
    expect(await getAging(view, request, { ...customer.ports, customers })).toEqual({
      kind: 'as-of-too-far',
    });
  });
});

describe('live', () => {
  test('what is dated after today is included, and counted apart', async () => {
    const customer = await given(
      transaction('i', { amount: '100.00' }),
      transaction('f', { amount: '7.00', transactionDate: '2026-04-08' }),
      transaction('g', { amount: '5.00', transactionDate: '2026-04-09', settled: '5.00' }),
      transaction('c', { type: 'payment', amount: '-2.00', transactionDate: '2026-05-01' }),
      transaction('e', { amount: '3.00', currency: 'EUR', transactionDate: '2026-05-01' }),
    );
    const live = await aging(customer, null);
    expect(live.aging.accounting.balance).toBe(10_500);
    expect(live.futureDated).toEqual({ count: 3, amount: 500 });
    expect(live.aging.missingAccountingAmounts).toBe(1);
    const today = await aging(customer, '2026-04-07');
    expect(today.aging.accounting.balance).toBe(10_000);
    expect(today.futureDated).toEqual({ count: 0, amount: 0 });
  });

  test('sides of settlements that find nothing are counted until they do', async () => {
    const customer = await given(
      settlement('s', { offset: 'p', date: '2026-02-01', amount: '10.00' }),
      transaction('i', { amount: '100.00' }),
    );
    expect((await aging(customer, null)).unmatchedSettlements).toBe(1);
    const foreign = { type: 'payment', amount: '-10.00', currency: 'EUR' };
    await customer.tell([transaction('p', foreign)]);
    expect((await aging(customer, null)).unmatchedSettlements).toBe(1);
    await customer.tell([{ ...transaction('p', { ...foreign, currency: 'USD' }), version: '2' }]);
    expect((await aging(customer, null)).unmatchedSettlements).toBe(0);
    expect(await balance(customer, null)).toBe(9_000);
  });

  test('settling beyond zero is counted, and keeps its sign', async () => {
    const customer = await given(transaction('i', { amount: '100.00', settled: '101.00' }));
    const { overSettled, aging: aged } = await aging(customer, null);
    expect(overSettled).toBe(1);
    expect(aged.accounting.unapplied).toBe(-100);
  });
});

test('an unknown definition is refused, with those there are', async () => {
  const customer = await given(transaction('i', { amount: '1.00' }));
  const view = await customer.view();
  if (view === null) throw new Error('nothing is known of the customer');
  const request = { asOf: null, definition: 'weekly', credits: 'separate' } as const;
  expect(await getAging(view, request, customer.ports)).toEqual({
    kind: 'unknown-definition',
    known: ['default'],
  });
});
