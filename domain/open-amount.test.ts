import { describe, expect, test } from 'vitest';
import { dayFrom, formatDay } from './calendar.ts';
import type { JsonObject } from './json.ts';
import { type OpenAmount, openAmount, type SettledState, signedSettled } from './open-amount.ts';
import { readTransactionRow } from './transaction-row.ts';
import { atDecimals, unscaledOf, ZERO_UNSCALED } from './unscaled-amount.ts';

const ROW = {
  type: 'invoice',
  voucher: 'V',
  transactionDate: '2026-01-01',
  dueDate: '2026-02-01',
  currency: 'USD',
  amount: '100.00',
};
const TERMS = [
  { dueDate: '2026-03-01', amount: '30.00' },
  { dueDate: '2026-02-01', amount: '50.00' },
  { dueDate: '2026-04-01', amount: '20.00' },
];

function settled(
  amount: number,
  given: { priced?: number; accounting?: string } = {},
): SettledState {
  return {
    amount,
    priced: given.priced ?? 0,
    accounting: given.accounting === undefined ? ZERO_UNSCALED : unscaledOf(given.accounting),
  };
}

function openOf(fields: JsonObject, state: SettledState, installments = {}): OpenAmount {
  return openAmount(readTransactionRow({ ...ROW, ...fields }), state, installments);
}

function parts({ parts: some }: OpenAmount): unknown[] {
  return some.map(({ dueOn, open }) => [formatDay(dueOn), open]);
}

function accounting({ accounting: amount }: OpenAmount): number | null {
  return amount === null ? null : atDecimals(amount, 2);
}

describe('what is open', () => {
  test('is the amount less what is settled, due when the transaction is', () => {
    const open = openOf({}, settled(4_000));
    expect(open).toMatchObject({ open: 6_000, accounting: null, overSettled: false });
    expect(parts(open)).toEqual([['2026-02-01', 6_000]]);
  });

  test('is nothing once it is settled, and then has no parts', () => {
    expect(openOf({}, settled(10_000))).toMatchObject({ open: 0, parts: [], overSettled: false });
  });

  test('keeps a surplus with its sign on the transaction', () => {
    expect(openOf({}, settled(10_001))).toMatchObject({ open: -1, overSettled: true });
    expect(openOf({ amount: '-100.00' }, settled(-10_001))).toMatchObject({
      open: 1,
      overSettled: true,
    });
    expect(openOf({}, settled(-1))).toMatchObject({ open: 10_001, overSettled: false });
  });

  test('of a credit is settled towards zero', () => {
    const row = readTransactionRow({ ...ROW, amount: '-100.00' });
    const known = { ...settled(4_000, { priced: 4_000, accounting: '30.00' }), unmatched: 0 };
    const state = signedSettled(row, known);
    expect(state.amount).toBe(-4_000);
    expect(atDecimals(state.accounting, 2)).toBe(-3_000);
    expect(openAmount(row, state, {}).open).toBe(-6_000);
  });

  test.each([
    [{}, '2026-02-01'],
    [{ dueDate: null, documentDate: '2026-01-20' }, '2026-01-20'],
    [{ dueDate: null }, '2026-01-01'],
  ])('of %j is due on %s', (fields, due) => {
    expect(parts(openOf(fields, settled(0)))).toEqual([[due, 10_000]]);
  });
});

describe('the open accounting amount', () => {
  const foreign = { amount: '100.00', amountAccounting: '90.00' };

  test.each([
    ['what was given is taken', settled(4_000, { priced: 4_000, accounting: '37.11' }), 5_289],
    ['what was not given is pro rata', settled(3_333), 6_000],
    ['both may come together', settled(6_000, { priced: 4_000, accounting: '37.00' }), 3_500],
    [
      'a residue of a closed one is not open',
      settled(10_000, { priced: 9_000, accounting: '1' }),
      0,
    ],
  ])('%s', (_, state, expected) => {
    expect(accounting(openOf(foreign, state))).toBe(expected);
  });

  test('pro rata is half to even', () => {
    const one = { amount: '2.00', amountAccounting: '0.05' };
    // Half of 0.05 is 0.025, which goes to 0.02; half of 0.03 is 0.015, which goes to 0.02.
    expect(accounting(openOf(one, settled(100)))).toBe(3);
    expect(accounting(openOf({ ...one, amountAccounting: '0.03' }, settled(100)))).toBe(1);
  });

  test('splits among parts by largest remainder, at each number of decimals', () => {
    const row = { installments: TERMS, amountAccounting: '9.999' };
    const open = openOf(row, settled(0));
    const at = (decimals: 0 | 2 | 3) =>
      open.parts.map((part) => part.accounting && atDecimals(part.accounting, decimals));
    expect(at(0)).toEqual([5, 3, 2]);
    expect(at(2)).toEqual([500, 300, 200]);
    expect(at(3)).toEqual([4_999, 3_000, 2_000]);
  });

  test('of a credit in parts is negative in every part', () => {
    const credit = TERMS.map(({ dueDate, amount }) => ({ dueDate, amount: `-${amount}` }));
    const row = { amount: '-100.00', amountAccounting: '-90.00', installments: credit };
    const shares = openOf(row, settled(0)).parts.map((part) => part.accounting?.[0]);
    expect(shares).toEqual([-4_500, -2_700, -1_800]);
  });
});

describe('installments', () => {
  test.each([
    [
      0,
      [
        ['2026-02-01', 5_000],
        ['2026-03-01', 3_000],
        ['2026-04-01', 2_000],
      ],
    ],
    [
      1_000,
      [
        ['2026-02-01', 4_000],
        ['2026-03-01', 3_000],
        ['2026-04-01', 2_000],
      ],
    ],
    [
      5_000,
      [
        ['2026-03-01', 3_000],
        ['2026-04-01', 2_000],
      ],
    ],
    [
      7_500,
      [
        ['2026-03-01', 500],
        ['2026-04-01', 2_000],
      ],
    ],
    [9_999, [['2026-04-01', 1]]],
    [10_000, []],
    [10_500, [['2026-04-01', -500]]],
    [
      -700,
      [
        ['2026-02-01', 5_700],
        ['2026-03-01', 3_000],
        ['2026-04-01', 2_000],
      ],
    ],
  ])('are settled earliest first: %d settled leaves %j', (amount, expected) => {
    expect(parts(openOf({ installments: TERMS }, settled(amount)))).toEqual(expected);
  });

  test('of a credit are settled the same way', () => {
    const credit = TERMS.map(({ dueDate, amount }) => ({ dueDate, amount: `-${amount}` }));
    const open = openOf({ amount: '-100.00', installments: credit }, settled(-6_000));
    expect(parts(open)).toEqual([
      ['2026-03-01', -2_000],
      ['2026-04-01', -2_000],
    ]);
  });

  test('on the same day are one part', () => {
    const terms = [TERMS[0], { dueDate: '2026-03-01', amount: '70.00' }].flatMap(
      (term) => term ?? [],
    );
    expect(parts(openOf({ installments: terms }, settled(1_000)))).toEqual([['2026-03-01', 9_000]]);
  });

  const told = (...some: readonly (readonly [string, number])[]) => ({
    USD: some.map(([date, open]) => [dayFrom(date), 1, open] as const),
  });

  test('as the ERP keeps them count if they add up to what is open', () => {
    const erp = told(['2026-05-01', 2_000], ['2026-06-01', 4_000]);
    expect(parts(openOf({ installments: TERMS }, settled(4_000), erp))).toEqual([
      ['2026-05-01', 2_000],
      ['2026-06-01', 4_000],
    ]);
    expect(parts(openOf({ installments: TERMS }, settled(5_000), erp))).toEqual([
      ['2026-03-01', 3_000],
      ['2026-04-01', 2_000],
    ]);
    expect(parts(openOf({}, settled(5_000), erp))).toEqual([['2026-02-01', 5_000]]);
  });

  test('as the ERP keeps them do not count in another currency, or when they are nothing', () => {
    const erp = told(['2026-05-01', 10_000]);
    expect(parts(openOf({}, settled(0), { EUR: erp.USD }))).toEqual([['2026-02-01', 10_000]]);
    expect(parts(openOf({}, settled(0), told(['2026-05-01', 10_000], ['2026-06-01', 0])))).toEqual([
      ['2026-05-01', 10_000],
    ]);
  });
});
