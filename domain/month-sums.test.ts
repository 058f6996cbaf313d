import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayFrom } from './calendar.ts';
import {
  decodeMonthSums,
  encodeMonthSums,
  HEADER_MONTHS_MAX,
  type MonthEntry,
  monthOf,
  splitMonths,
  withMonthEntries,
} from './month-sums.ts';

const entry: fc.Arbitrary<MonthEntry> = fc.record({
  month: fc.integer({ min: 24_000, max: 24_060 }),
  measure: fc.constantFrom('invoice|USD|given', 'payment|EUR|missing', 'closed'),
  figures: fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 4 }),
});
const entries = fc.array(entry, { maxLength: 60 });

const sumsOf = (some: readonly MonthEntry[]) => withMonthEntries(new Map(), some, 1);

describe('sums by month', () => {
  test('are the same in whatever order their entries come', () => {
    const mixed = entries.chain((some) =>
      fc.tuple(
        fc.constant(some),
        fc.shuffledSubarray(some, { minLength: some.length, maxLength: some.length }),
      ),
    );
    fc.assert(
      fc.property(mixed, ([some, shuffled]) => {
        expect(encodeMonthSums(sumsOf(shuffled))).toEqual(encodeMonthSums(sumsOf(some)));
      }),
    );
  });

  test('have no trace of entries that were taken out, nor of what comes to nothing', () => {
    fc.assert(
      fc.property(entries, entries, (kept, gone) => {
        const sums = withMonthEntries(sumsOf([...kept, ...gone]), gone, -1);
        expect(encodeMonthSums(sums)).toEqual(encodeMonthSums(sumsOf(kept)));
      }),
    );
  });

  test('add figure to figure, and are not changed in place', () => {
    const one = { month: 24_000, measure: 'closed', figures: [1, 2, 3] };
    const before = sumsOf([one]);
    const after = withMonthEntries(before, [{ ...one, figures: [1, 0, -3, 5] }], 1);
    expect(encodeMonthSums(after)).toEqual({ 24000: { closed: [2, 2, 0, 5] } });
    expect(encodeMonthSums(before)).toEqual({ 24000: { closed: [1, 2, 3] } });
  });

  test('are read back as they were stored', () => {
    fc.assert(
      fc.property(entries, (some) => {
        const sums = sumsOf(some);
        const stored = JSON.parse(JSON.stringify(encodeMonthSums(sums)));
        expect(encodeMonthSums(decodeMonthSums(stored))).toEqual(encodeMonthSums(sums));
        expect(JSON.stringify(encodeMonthSums(sums))).toBe(JSON.stringify(stored));
      }),
    );
  });

  test('are split into the latest months, no more than the header holds, and all others', () => {
    fc.assert(
      fc.property(entries, (some) => {
        const sums = sumsOf(some);
        const { latest, earlier } = splitMonths(sums);
        expect(latest.size).toBe(Math.min(sums.size, HEADER_MONTHS_MAX));
        expect(new Map([...earlier, ...latest])).toEqual(sums);
        expect(Math.max(...earlier.keys())).toBeLessThan(Math.min(...latest.keys()));
      }),
    );
  });
});

describe('a month', () => {
  test('follows the one before, over the end of the year', () => {
    const months = ['2025-11-30', '2025-12-01', '2025-12-31', '2026-01-01'].map(dayFrom);
    const [november = 0, ...others] = months.map(monthOf);
    expect(others.map((month) => month - november)).toEqual([1, 1, 2]);
  });
});
