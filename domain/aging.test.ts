import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ageBalances,
  CREDIT_POLICIES,
  type AgedBalances,
  type CreditPolicy,
  noBalances,
} from './aging.ts';
import { DEFAULT_DEFINITION } from './aging-definition.ts';
import { type HistogramEntry, withEntries } from './histogram.ts';
import { seriesKey } from './series.ts';
import { unscaledOf, ZERO_UNSCALED } from './unscaled-amount.ts';

const TODAY = 20_550;

/** An open transaction of an age by its due date; its accounting amount, if it has one. */
function open(
  age: number,
  minor: number,
  currency = 'USD',
  accounting: string | null = null,
): HistogramEntry {
  const series = seriesKey({
    currency,
    accounting: accounting === null ? 'missing' : 'given',
    side: minor < 0 ? 'credit' : 'debit',
  });
  const amount = accounting === null ? ZERO_UNSCALED : unscaledOf(accounting);
  return { series, day: TODAY - age, cell: { count: 1, amount: minor, accounting: amount } };
}

function aged(
  entries: readonly HistogramEntry[],
  credits: CreditPolicy = 'separate',
  accountingCurrency = 'USD',
) {
  const histogram = withEntries(new Map(), entries);
  const question = { asOf: TODAY, definition: DEFAULT_DEFINITION, credits, accountingCurrency };
  return ageBalances(histogram, histogram, question);
}

function amounts({ buckets }: AgedBalances): number[] {
  return buckets.map(({ amount }) => amount);
}

describe('buckets', () => {
  test.each([
    [-30, 0],
    [0, 0],
    [1, 1],
    [30, 1],
    [31, 2],
    [60, 2],
    [61, 3],
    [90, 3],
    [91, 4],
    [180, 4],
    [181, 5],
  ])('an age of %d days belongs to bucket %d', (age, bucket) => {
    const { accounting } = aged([open(age, 100)]);
    expect(accounting.buckets.findIndex(({ amount }) => amount === 100)).toBe(bucket);
    expect(accounting.buckets[bucket]?.count).toBe(1);
    expect(accounting.overdue).toBe(age > 0 ? 100 : 0);
    expect(accounting.oldestDueOn).toBe(TODAY - age);
  });
});

describe('credits', () => {
  const some = [open(200, 100), open(40, 50), open(5, 30), open(10, -120)];

  test.each([
    ['separate', [0, 30, 50, 0, 0, 100], -120],
    ['ownDate', [0, -90, 50, 0, 0, 100], 0],
    ['oldestFirst', [0, 30, 30, 0, 0, 0], 0],
  ] as const)('with %s lie where they should', (credits, buckets, unapplied) => {
    const { accounting } = aged(some, credits);
    expect(amounts(accounting)).toEqual(buckets);
    expect(accounting).toMatchObject({ unapplied, balance: 60, overdue: 180 });
  });

  test('beyond all debits stay unapplied', () => {
    const { accounting } = aged([open(5, 30), open(10, -120)], 'oldestFirst');
    expect(amounts(accounting)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(accounting).toMatchObject({ unapplied: -90, balance: -90, overdue: 30 });
  });

  test('reduce debits of their own currency only', () => {
    const { currencies, accounting } = aged(
      [open(5, 30, 'EUR', '36.00'), open(10, -120, 'USD', '-120.00')],
      'oldestFirst',
    );
    expect(currencies.map(({ currency, unapplied }) => [currency, unapplied])).toEqual([
      ['EUR', 0],
      ['USD', -120],
    ]);
    expect(accounting).toMatchObject({ unapplied: -12_000, balance: 3_600 - 12_000 });
  });

  test('have no due date that is overdue', () => {
    expect(aged([open(50, -10)], 'ownDate').accounting).toMatchObject({
      overdue: 0,
      oldestDueOn: null,
    });
  });
});

describe('accounting currency', () => {
  test('counts what has no accounting amount in its own currency only', () => {
    const aging = aged([open(5, 100, 'EUR'), open(5, 200, 'EUR', '2.20'), open(5, 300)]);
    expect(aging.missingAccountingAmounts).toBe(1);
    expect(aging.accounting).toMatchObject({ currency: 'USD', balance: 220 + 300 });
    expect(aging.currencies.map(({ currency, balance }) => [currency, balance])).toEqual([
      ['EUR', 300],
      ['USD', 300],
    ]);
  });

  test('has its own number of decimals', () => {
    const some = [open(5, 100, 'EUR', '1.2345')];
    expect(aged(some, 'separate', 'JPY').accounting.balance).toBe(1);
    expect(aged(some, 'separate', 'USD').accounting.balance).toBe(123);
    expect(aged(some, 'separate', 'BHD').accounting.balance).toBe(1_234);
  });

  test('of nothing is nothing', () => {
    const { accounting, currencies } = aged([]);
    expect(currencies).toEqual([]);
    expect(accounting).toEqual(noBalances('USD', DEFAULT_DEFINITION));
    expect(accounting).toMatchObject({ balance: 0, unapplied: 0, overdue: 0, oldestDueOn: null });
  });
});

test('Σ buckets + unapplied = balance, which no policy changes', () => {
  const entry = fc
    .record({
      age: fc.integer({ min: -400, max: 400 }),
      minor: fc.integer({ min: -(10 ** 6), max: 10 ** 6 }).filter((minor) => minor !== 0),
      currency: fc.constantFrom('USD', 'EUR', 'JPY'),
      accounting: fc.option(
        fc.integer({ min: -(10 ** 6), max: 10 ** 6 }).map((cents) => String(cents)),
      ),
    })
    .map(({ age, minor, currency, accounting }) => open(age, minor, currency, accounting));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
      const answers = CREDIT_POLICIES.map((credits) => aged(entries, credits));
      for (const { accounting, currencies } of answers) {
        for (const one of [accounting, ...currencies]) {
          const sum = amounts(one).reduce((all, amount) => all + amount, one.unapplied);
          expect(sum).toBe(one.balance);
        }
      }
      const figures = answers.map(({ accounting, currencies }) =>
        [accounting, ...currencies].map(({ balance, overdue, oldestDueOn }) => [
          balance,
          overdue,
          oldestDueOn,
        ]),
      );
      expect(figures[1]).toEqual(figures[0]);
      expect(figures[2]).toEqual(figures[0]);
    }),
    { numRuns: 500 },
  );
});
