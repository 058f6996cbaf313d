import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaled } from '../test/oracle/decimal.ts';
import {
  OWN_CURRENCY,
  readSettlement,
  settledIn,
  type SettledSide,
  type SettledSums,
  sideCount,
  withSide,
} from './settlement.ts';
import { type InstallmentSums, readInstallment, withInstallment } from './installment.ts';
import { atDecimals, unscaledOf } from './unscaled-amount.ts';

const SOURCE = '/erp/a';
const ROW = { transaction: 'i', date: '2026-01-02', currency: 'USD', amount: '10.00' };

const text = fc
  .tuple(fc.boolean(), fc.nat(9_999_999))
  .map(
    ([minus, minor]) =>
      `${minus ? '-' : ''}${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`,
  );
const told = fc.record({
  currency: fc.constantFrom('USD', 'EUR', 'JPY', null),
  amount: text,
  accounting: fc.option(text),
});

function sideOf({
  currency,
  amount,
  accounting,
}: {
  currency: string | null;
  amount: string;
  accounting: string | null;
}): SettledSide {
  return {
    transaction: { id: 't', source: SOURCE, record: 't' },
    currency,
    amount: unscaledOf(amount),
    accounting: accounting === null ? null : unscaledOf(accounting),
  };
}

describe('the sides of a settlement', () => {
  test('settle both transactions, the offset by its own amount if it has one', () => {
    const row = { ...ROW, offset: 'p', offsetAmount: '9.00', offsetAmountAccounting: '8.00' };
    const { sides } = readSettlement(row, SOURCE);
    expect(sides.map(({ transaction }) => transaction.record)).toEqual(['i', 'p']);
    expect(sides.map(({ currency }) => currency)).toEqual(['USD', null]);
    expect(sides.map(({ amount }) => atDecimals(amount, 2))).toEqual([1_000, 900]);
    expect(sides.map(({ accounting }) => accounting && atDecimals(accounting, 2))).toEqual([
      null,
      800,
    ]);
  });

  test('settle the offset by the same amount if it has none, in the same currency', () => {
    const { sides } = readSettlement({ ...ROW, offset: 'p', amountAccounting: '12' }, SOURCE);
    expect(sides.map(({ currency }) => currency)).toEqual(['USD', 'USD']);
    expect(sides.map(({ accounting }) => accounting === null)).toEqual([false, true]);
  });

  test('are one where there is no offset; a reversal is a date', () => {
    const settlement = readSettlement({ ...ROW, offset: null, reversed: '2026-01-09' }, SOURCE);
    expect(settlement.sides).toHaveLength(1);
    expect([settlement.date, settlement.reversedOn]).toEqual([20_455, 20_462]);
  });
});

describe('the sums of what settles a transaction', () => {
  test('are those of the sides in its currency; the others are counted', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 8 }), (all) => {
        const sums = all.map(sideOf).reduce((some, side) => withSide(some, side, 1), {});
        const mine = all.filter(({ currency }) => currency === 'USD' || currency === null);
        const add = (texts: readonly string[]) =>
          Number(texts.reduce((sum, one) => sum + scaled(one, 2), 0n));
        const priced = mine.filter(({ accounting }) => accounting !== null);
        const settled = settledIn(sums, 'USD');
        expect(settled.amount).toBe(add(mine.map(({ amount }) => amount)));
        expect(settled.priced).toBe(add(priced.map(({ amount }) => amount)));
        expect(atDecimals(settled.accounting, 2)).toBe(
          add(priced.map(({ accounting }) => accounting ?? '0')),
        );
        expect(settled.unmatched).toBe(all.length - mine.length);
        expect(sideCount(sums)).toBe(all.length);
      }),
      { numRuns: 500 },
    );
  });

  test('do not depend on order, and what is taken out leaves no trace', () => {
    fc.assert(
      fc.property(
        fc.array(told, { maxLength: 6 }),
        fc.array(told, { maxLength: 6 }),
        (kept, gone) => {
          const add = (sums: SettledSums, side: SettledSide) => withSide(sums, side, 1);
          const only = kept.map(sideOf).reduce(add, {});
          const both = [...gone, ...kept.toReversed()].map(sideOf).reduce(add, {});
          const left = gone.map(sideOf).reduce((sums, side) => withSide(sums, side, -1), both);
          expect(JSON.stringify(left)).toBe(JSON.stringify(only));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('hold the transaction’s own currency apart from any that is named', () => {
    const own = withSide({}, sideOf({ currency: null, amount: '5.00', accounting: null }), 1);
    expect(Object.keys(own)).toEqual([OWN_CURRENCY]);
    expect(settledIn(own, 'JPY')).toMatchObject({ amount: 5, unmatched: 0 });
    expect(settledIn(own, 'USD')).toMatchObject({ amount: 500, unmatched: 0 });
  });
});

describe('the sums of installments', () => {
  const part = fc.record({
    dueDate: fc.constantFrom('2026-01-01', '2026-01-02', '2026-02-01'),
    open: text,
    currency: fc.constantFrom('USD', 'EUR'),
  });
  const read = (row: { dueDate: string; open: string; currency: string }) =>
    readInstallment({ transaction: 't', ...row }, SOURCE);
  const added = (sums: InstallmentSums, row: Parameters<typeof read>[0]) =>
    withInstallment(sums, read(row), 1);

  test('do not depend on order, and what is taken out leaves no trace', () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 6 }),
        fc.array(part, { maxLength: 6 }),
        (kept, gone) => {
          const only = kept.reduce(added, {});
          const both = [...gone, ...kept.toReversed()].reduce(added, {});
          const left = gone.reduce((sums, row) => withInstallment(sums, read(row), -1), both);
          expect(JSON.stringify(left)).toBe(JSON.stringify(only));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('are by due date, the earliest first', () => {
    const rows = [
      { dueDate: '2026-02-01', open: '1.00', currency: 'USD' },
      { dueDate: '2026-01-01', open: '2.00', currency: 'USD' },
      { dueDate: '2026-02-01', open: '3.00', currency: 'USD' },
    ];
    expect(rows.reduce(added, {})).toEqual({
      USD: [
        [20_454, 1, 200],
        [20_485, 2, 400],
      ],
    });
  });
});
