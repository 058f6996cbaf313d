import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ledgerOf, transaction } from '../../test/support/ledger.ts';
import { dayFrom, formatDay } from '../calendar.ts';
import { formatAmount } from '../money.ts';
import { ageDay, liveItem, type OpenItem } from '../open-item.ts';
import type { TransactionDocument } from '../transaction.ts';
import { AUTOMATIC_PAIRS_MAX, type Match, settleOldestFirst } from './automatic-settlement.ts';

const ON = dayFrom('2026-04-30');

function items(documents: readonly TransactionDocument[]): readonly OpenItem[] {
  return ledgerOf(documents).open.flatMap((document) => liveItem(document) ?? []);
}

function settled(documents: readonly TransactionDocument[], currency = 'USD') {
  return settleOldestFirst(items(documents), currency, ON).map(told);
}

function told({ transaction: { document, row }, offset, amount }: Match) {
  return [document.record, offset.document.record, formatAmount(amount, row.currency)];
}

describe('oldest due first', () => {
  test('700 against 100, 250, 500 and interest of 7 leaves 150 of the 500, and the interest', () => {
    const documents = [
      transaction('interest', '7.00', { type: 'interest', dueDate: '2026-04-20' }),
      transaction('third', '500.00', { dueDate: '2026-03-03' }),
      transaction('first', '100.00', { dueDate: '2026-03-01' }),
      transaction('paid', '-700.00'),
      transaction('second', '250.00', { dueDate: '2026-03-02' }),
    ];
    expect(settled(documents)).toEqual([
      ['first', 'paid', '100.00'],
      ['second', 'paid', '250.00'],
      ['third', 'paid', '350.00'],
    ]);
  });

  test('the older credit is used up first', () => {
    const documents = [
      transaction('a', '100.00', { dueDate: '2026-03-01' }),
      transaction('late', '-80.00', { transactionDate: '2026-04-09' }),
      transaction('early', '-30.00', { transactionDate: '2026-04-02' }),
    ];
    expect(settled(documents)).toEqual([
      ['a', 'early', '30.00'],
      ['a', 'late', '70.00'],
    ]);
  });

  test('parts are settled as they are due, between those of others, and told as one pair', () => {
    const installments = [
      { dueDate: '2026-03-01', amount: '40.00' },
      { dueDate: '2026-05-01', amount: '60.00' },
    ];
    const documents = [
      transaction('parts', '100.00', { installments }),
      transaction('whole', '50.00', { dueDate: '2026-04-01' }),
    ];
    expect(settled([...documents, transaction('paid', '-90.00')])).toEqual([
      ['parts', 'paid', '40.00'],
      ['whole', 'paid', '50.00'],
    ]);
    expect(settled([...documents, transaction('paid', '-100.00')])).toEqual([
      ['parts', 'paid', '50.00'],
      ['whole', 'paid', '50.00'],
    ]);
  });

  test('another currency, and what is dated later, are left alone', () => {
    const documents = [
      transaction('euro', '100.00', { currency: 'EUR' }),
      transaction('later', '100.00', { transactionDate: '2026-05-01' }),
      transaction('paid', '-90.00'),
      transaction('paid later', '-90.00', { transactionDate: '2026-05-01' }),
    ];
    expect(settled(documents)).toEqual([]);
    expect(settled(documents, 'EUR')).toEqual([]);
  });

  test('there are no more pairs than a message takes, and the oldest are among them', () => {
    const debits = Array.from({ length: AUTOMATIC_PAIRS_MAX + 20 }, (_, index) =>
      transaction(`d${index}`, '1.00', { dueDate: formatDay(ON - index) }),
    );
    const pairs = settled([...debits, transaction('paid', '-1000.00')]);
    expect(pairs).toHaveLength(AUTOMATIC_PAIRS_MAX);
    expect(pairs[0]).toEqual([`d${AUTOMATIC_PAIRS_MAX + 19}`, 'paid', '1.00']);
  });
});

const anyTransaction = fc.record({
  minor: fc.oneof(fc.integer({ min: -400, max: 400 }), fc.constantFrom(-1, 1, 1e9, -1e9)),
  due: fc.integer({ min: -3, max: 3 }),
  dated: fc.integer({ min: -9, max: 1 }),
  currency: fc.constantFrom('USD', 'USD', 'EUR'),
  split: fc.boolean(),
});

const anyLedger = fc.array(anyTransaction, { maxLength: 12 }).map((list) =>
  list.map(({ minor, due, dated, currency, split }, index) => {
    const amount = formatAmount(minor, currency);
    const half = Math.trunc(minor / 2);
    const installments = [
      { dueDate: formatDay(ON + due), amount: formatAmount(half, currency) },
      { dueDate: formatDay(ON + due + 2), amount: formatAmount(minor - half, currency) },
    ];
    const dates = { dueDate: formatDay(ON + due), transactionDate: formatDay(ON + dated) };
    return transaction(`t${index}`, amount, {
      ...dates,
      currency,
      ...(split ? { installments } : {}),
    });
  }),
);

function sumBy(matches: readonly Match[], side: 'transaction' | 'offset') {
  const sums = new Map<string, number>();
  for (const match of matches) {
    const { id } = match[side].document;
    sums.set(id, (sums.get(id) ?? 0) + match.amount);
  }
  return sums;
}

describe('laws', () => {
  test('it never settles more than is open, only debits by credits, each pair once', () => {
    fc.assert(
      fc.property(anyLedger, (documents) => {
        const matches = settleOldestFirst(items(documents), 'USD', ON);
        const open = new Map(items(documents).map((item) => [item.document.id, item.open.open]));
        for (const { amount } of matches) expect(amount).toBeGreaterThan(0);
        for (const [id, sum] of sumBy(matches, 'transaction')) {
          expect(sum).toBeLessThanOrEqual(open.get(id) ?? 0);
        }
        for (const [id, sum] of sumBy(matches, 'offset')) {
          expect(sum).toBeLessThanOrEqual(-(open.get(id) ?? 0));
        }
        const pairs = matches.map((match) => JSON.stringify(told(match).slice(0, 2)));
        expect(new Set(pairs).size).toBe(pairs.length);
      }),
    );
  });

  test('it settles all it can: the smaller of what is owed and what can settle it', () => {
    fc.assert(
      fc.property(anyLedger, (documents) => {
        const total = settleOldestFirst(items(documents), 'USD', ON).reduce(
          (sum, { amount }) => sum + amount,
          0,
        );
        const open = items(documents)
          .filter(({ row }) => row.currency === 'USD' && row.transactionOn <= ON)
          .map((item) => item.open.open);
        const owed = open.filter((one) => one > 0).reduce((sum, one) => sum + one, 0);
        const credit = open.filter((one) => one < 0).reduce((sum, one) => sum - one, 0);
        expect(total).toBe(Math.min(owed, credit));
      }),
    );
  });

  test('nothing is settled while something due earlier is left open', () => {
    fc.assert(
      fc.property(anyLedger, (documents) => {
        const matches = settleOldestFirst(items(documents), 'USD', ON);
        const sums = sumBy(matches, 'transaction');
        const debits = items(documents).filter(
          ({ row, open }) => row.currency === 'USD' && row.transactionOn <= ON && open.open > 0,
        );
        for (const item of debits) {
          if ((sums.get(item.document.id) ?? 0) === 0) continue;
          const first = ageDay(item, 'dueDate');
          for (const other of debits) {
            const whole = other.open.parts
              .filter(({ dueOn }) => dueOn < first)
              .reduce((sum, { open }) => sum + open, 0);
            expect(sums.get(other.document.id) ?? 0).toBeGreaterThanOrEqual(whole);
          }
        }
      }),
    );
  });

  test('the order in which the store gives items makes no difference', () => {
    fc.assert(
      fc.property(anyLedger, fc.infiniteStream(fc.nat()), (documents, order) => {
        const shuffled = documents
          .map((document) => ({ document, at: order.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ document }) => document);
        expect(settled(shuffled)).toEqual(settled(documents));
      }),
    );
  });
});
