import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayFrom } from './calendar.ts';
import {
  byYear,
  decodeHistogram,
  distinctDays,
  encodeHistogram,
  hasMoreDaysThan,
  type Histogram,
  type HistogramEntry,
  joinHistograms,
  withEntries,
} from './histogram.ts';
import { seriesKey } from './series.ts';
import { negateCell } from './cell.ts';
import { unscaledOf } from './unscaled-amount.ts';

const entry: fc.Arbitrary<HistogramEntry> = fc.record({
  series: fc.constantFrom(
    seriesKey({ currency: 'USD', accounting: 'given', side: 'debit' }),
    seriesKey({ currency: 'USD', accounting: 'missing', side: 'credit' }),
    seriesKey({ currency: 'EUR', accounting: 'given', side: 'debit' }),
  ),
  day: fc.oneof(
    fc
      .constantFrom('1900-01-01', '1979-12-31', '1980-01-01', '2025-12-31', '2026-01-01')
      .map(dayFrom),
    fc.constantFrom('2059-12-31', '2060-01-01', '2999-12-31').map(dayFrom),
    fc.integer({ min: 20_000, max: 20_800 }),
  ),
  cell: fc.record({
    count: fc.nat(1),
    amount: fc.integer({ min: 1, max: 10 ** 6 }),
    accounting: fc.constantFrom('0', '1', '1.005', '-0.5', '12.3456').map(unscaledOf),
  }),
});
const entries = fc.array(entry, { maxLength: 30 });

function made(some: readonly HistogramEntry[]): Histogram {
  return withEntries(new Map(), some);
}

function negated(some: readonly HistogramEntry[]): HistogramEntry[] {
  return some.map((one) => ({ ...one, cell: negateCell(one.cell) }));
}

describe('a histogram', () => {
  test('comes back from storage, and is stored the same whatever the order of its entries', () => {
    fc.assert(
      fc.property(entries, (some) => {
        const stored = JSON.stringify(encodeHistogram(made(some)));
        expect(JSON.stringify(encodeHistogram(made(some.toReversed())))).toBe(stored);
        expect(JSON.stringify(encodeHistogram(decodeHistogram(JSON.parse(stored))))).toBe(stored);
      }),
      { numRuns: 300 },
    );
  });

  test('forgets entries that are taken out again', () => {
    fc.assert(
      fc.property(entries, entries, (kept, gone) => {
        const left = withEntries(made([...kept, ...gone]), negated(gone));
        expect(encodeHistogram(left)).toEqual(encodeHistogram(made(kept)));
      }),
      { numRuns: 300 },
    );
  });

  test('does not change when entries are added to it', () => {
    fc.assert(
      fc.property(entries, entries, (some, more) => {
        const histogram = made(some);
        const before = JSON.stringify(encodeHistogram(histogram));
        withEntries(histogram, more);
        expect(JSON.stringify(encodeHistogram(histogram))).toBe(before);
      }),
      { numRuns: 100 },
    );
  });

  test('splits by year and comes together again', () => {
    fc.assert(
      fc.property(entries, (some) => {
        const histogram = made(some);
        const years = byYear(histogram);
        expect([...years.keys()]).toEqual([...years.keys()].toSorted((a, b) => a - b));
        expect(encodeHistogram(joinHistograms([...years.values()]))).toEqual(
          encodeHistogram(histogram),
        );
        const days = [...years.values()].map(distinctDays);
        expect(days.reduce((sum, count) => sum + count, 0)).toBe(distinctDays(histogram));
      }),
      { numRuns: 300 },
    );
  });

  test('has at most eighty years, whatever the dates', () => {
    const on = (date: string): HistogramEntry => ({
      series: 'USD|given|debit',
      day: dayFrom(date),
      cell: { count: 1, amount: 1, accounting: [0, 0, 0, 0] },
    });
    const dates = Array.from({ length: 1_100 }, (_, index) => on(`${1_900 + index}-06-30`));
    const years = byYear(made(dates));
    expect(years.size).toBe(80);
    expect([...years.keys()].at(0)).toBe(1_980);
    expect([...years.keys()].at(-1)).toBe(2_059);
  });

  test('counts a day once, however many series have it', () => {
    const one = { day: 20_000, cell: { count: 1, amount: 1, accounting: unscaledOf('1') } };
    const some = ['USD|given|debit', 'EUR|given|debit'].map((series) => ({ ...one, series }));
    expect(distinctDays(made(some))).toBe(1);
    expect(hasMoreDaysThan(made(some), 1)).toBe(false);
    expect(hasMoreDaysThan(made([...some, { ...one, day: 1, series: 'USD' }]), 1)).toBe(true);
    expect(distinctDays(new Map())).toBe(0);
  });
});
