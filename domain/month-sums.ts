// Sums of a customer's invoices, credit notes and payments by calendar month, and of invoices by
// the month they were closed in: what the metrics of SPEC §3.8 add up, so that they cost the same
// whatever the history.
import { type Day, dateOf } from './calendar.ts';
import { inOrderOfNames } from './json.ts';
import { addExact } from './money.ts';

/** Months since January of year 0: consecutive months are consecutive numbers. */
export type Month = number;

/** Months kept in the header; earlier ones are in a document of their own (DESIGN 4, insight). */
export const HEADER_MONTHS_MAX = 36;

/** Figures that add up one by one; trailing zeros are left out, and nothing is left of zeros. */
export type Figures = readonly number[];

/** Sums by month and measure, such as `invoice|USD|given`. */
export type MonthSums = ReadonlyMap<Month, ReadonlyMap<string, Figures>>;

/** One sum to add. */
export type MonthEntry = {
  readonly month: Month;
  readonly measure: string;
  readonly figures: Figures;
};

/** `{"24316": {"invoice|USD|given": [2, 24000]}}`, months and measures in order. */
export type StoredMonthSums = { readonly [month: string]: { readonly [measure: string]: Figures } };

/** The month a day lies in. */
export function monthOf(day: Day): Month {
  const { year, month } = dateOf(day);
  return year * 12 + month - 1;
}

/** Sums with entries added (`sign` 1) or taken out (-1). */
export function withMonthEntries(
  sums: MonthSums,
  entries: readonly MonthEntry[],
  sign: 1 | -1,
): MonthSums {
  if (entries.length === 0) return sums;
  const changed = new Map(sums);
  for (const { month, measure, figures } of entries) {
    const measures = new Map(changed.get(month));
    const sum = plus(measures.get(measure) ?? [], figures, sign);
    if (sum.length === 0) measures.delete(measure);
    else measures.set(measure, sum);
    if (measures.size === 0) changed.delete(month);
    else changed.set(month, measures);
  }
  return changed;
}

function plus(left: Figures, right: Figures, sign: 1 | -1): Figures {
  const sum = Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    addExact(left[index] ?? 0, sign * (right[index] ?? 0)),
  );
  while (sum.length > 0 && sum.at(-1) === 0) sum.pop();
  return sum;
}

/** The latest months, which the header keeps, and all others. */
export function splitMonths(sums: MonthSums): {
  readonly latest: MonthSums;
  readonly earlier: MonthSums;
} {
  if (sums.size <= HEADER_MONTHS_MAX) return { latest: sums, earlier: new Map() };
  const months = [...sums].toSorted(([a], [b]) => b - a);
  return {
    latest: new Map(months.slice(0, HEADER_MONTHS_MAX)),
    earlier: new Map(months.slice(HEADER_MONTHS_MAX)),
  };
}

export function encodeMonthSums(sums: MonthSums): StoredMonthSums {
  return Object.fromEntries(
    [...sums]
      .toSorted(([a], [b]) => a - b)
      .map(([month, measures]) => [String(month), inOrderOfNames([...measures])]),
  );
}

/** The inverse of {@link encodeMonthSums}. */
export function decodeMonthSums(stored: StoredMonthSums): MonthSums {
  return new Map(
    Object.entries(stored).map(([month, measures]) => [
      Number(month),
      new Map(Object.entries(measures)),
    ]),
  );
}
