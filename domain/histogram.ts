// Open amounts of a customer by day (DESIGN 4): by due date it is stored, so that any day's aged
// balances are a matter of adding up; by another basis it is made when asked for.
import type { Day } from './calendar.ts';
import { dateOf } from './calendar.ts';
import { addCells, type Cell, decodeCell, EMPTY_CELL, encodeCell, isEmptyCell } from './cell.ts';
import { inOrderOfNames } from './json.ts';
import type { SeriesKey } from './series.ts';

/** Beyond this many distinct days the histogram is kept in one document per year (DESIGN 4). */
export const HEADER_DAYS_MAX = 366;

/**
 * Years before the first and after the last share a document with them, so that all years, and
 * what a change touches besides, fit into one transactional batch of 100 operations.
 */
const FIRST_YEAR = 1980;
const LAST_YEAR = 2059;

export type Histogram = ReadonlyMap<SeriesKey, ReadonlyMap<Day, Cell>>;

/** One sum to add to a histogram. */
export type HistogramEntry = {
  readonly series: SeriesKey;
  readonly day: Day;
  readonly cell: Cell;
};

/** Per series `[day, count, amount, …accounting]`, series by name, days ascending. */
export type StoredHistogram = { readonly [series: SeriesKey]: readonly (readonly number[])[] };

/** The histogram of one year, where it does not fit into the header. */
export type HistogramDocument = {
  readonly id: string;
  readonly pk: string;
  readonly kind: 'histogram';
  readonly year: number;
  readonly days: StoredHistogram;
};

/** A histogram with entries added; sums that come to nothing leave no trace. */
export function withEntries(histogram: Histogram, entries: readonly HistogramEntry[]): Histogram {
  if (entries.length === 0) return histogram;
  const changed = new Map<SeriesKey, Map<Day, Cell>>();
  for (const { series, day, cell } of entries) {
    const days = changed.get(series) ?? new Map(histogram.get(series));
    changed.set(series, days);
    const sum = addCells(days.get(day) ?? EMPTY_CELL, cell);
    if (isEmptyCell(sum)) days.delete(day);
    else days.set(day, sum);
  }
  const merged = new Map<SeriesKey, ReadonlyMap<Day, Cell>>(histogram);
  for (const [series, days] of changed) {
    if (days.size === 0) merged.delete(series);
    else merged.set(series, days);
  }
  return merged;
}

/** The sum of histograms that share no day, such as those of single years. */
export function joinHistograms(histograms: readonly Histogram[]): Histogram {
  const joined = new Map<SeriesKey, Map<Day, Cell>>();
  for (const histogram of histograms) {
    for (const [series, days] of histogram) {
      const known = joined.get(series) ?? new Map<Day, Cell>();
      for (const [day, cell] of days) known.set(day, cell);
      joined.set(series, known);
    }
  }
  return joined;
}

/** How many different days have an open amount. */
export function distinctDays(histogram: Histogram): number {
  const days = new Set<Day>();
  for (const series of histogram.values()) for (const day of series.keys()) days.add(day);
  return days.size;
}

/** Whether more than so many different days have an open amount. */
export function hasMoreDaysThan(histogram: Histogram, limit: number): boolean {
  let atMost = 0;
  for (const days of histogram.values()) atMost += days.size;
  return atMost > limit && distinctDays(histogram) > limit;
}

function yearOf(day: Day): number {
  return Math.min(Math.max(dateOf(day).year, FIRST_YEAR), LAST_YEAR);
}

/** The histogram split by calendar year, earliest first. */
export function byYear(histogram: Histogram): ReadonlyMap<number, Histogram> {
  const years = new Map<number, Map<SeriesKey, Map<Day, Cell>>>();
  for (const [series, days] of histogram) {
    for (const [day, cell] of days) {
      const year = yearOf(day);
      const ofYear = years.get(year) ?? new Map<SeriesKey, Map<Day, Cell>>();
      years.set(year, ofYear);
      const ofSeries = ofYear.get(series) ?? new Map<Day, Cell>();
      ofYear.set(series, ofSeries);
      ofSeries.set(day, cell);
    }
  }
  return new Map([...years].toSorted(([a], [b]) => a - b));
}

/** The id of a year's document. */
export function histogramId(year: number): string {
  return `histogram|${year}`;
}

export function encodeHistogram(histogram: Histogram): StoredHistogram {
  return inOrderOfNames([...histogram].map(([series, days]) => [series, encodeDays(days)]));
}

function encodeDays(days: ReadonlyMap<Day, Cell>): number[][] {
  const stored: number[][] = [];
  let [latest, inOrder] = [Number.NEGATIVE_INFINITY, true];
  for (const [day, cell] of days) {
    stored.push([day, ...encodeCell(cell)]);
    inOrder &&= day > latest;
    latest = day;
  }
  // Most stay in the order they were stored in.
  return inOrder ? stored : stored.sort(([a = 0], [b = 0]) => a - b);
}

/** The inverse of {@link encodeHistogram}. */
export function decodeHistogram(stored: StoredHistogram): Histogram {
  const histogram = new Map<SeriesKey, ReadonlyMap<Day, Cell>>();
  for (const [series, cells] of Object.entries(stored)) {
    const days = new Map<Day, Cell>();
    for (const cell of cells) days.set(cell[0] ?? 0, decodeCell(cell, 1));
    histogram.set(series, days);
  }
  return histogram;
}
