// The time metrics look back on (SPEC §3.8).
import { type Day, dateOf, dayOf } from './calendar.ts';
import { type Month, monthOf } from './month-sums.ts';

/** Complete calendar months before the as-of month. */
export const COMPLETE_MONTHS = 12;

/** Both days included. */
export type MetricsWindow = { readonly from: Day; readonly to: Day };

/** The complete months before a day's, and its own up to it. */
export function metricsWindow(asOf: Day): MetricsWindow {
  return { from: firstDayOf(monthOf(asOf) - COMPLETE_MONTHS), to: asOf };
}

/** The first day of a month. */
export function firstDayOf(month: Month): Day {
  return dayOf(Math.floor(month / 12), (month % 12) + 1, 1);
}

export function daysOf({ from, to }: MetricsWindow): number {
  return to - from + 1;
}

export function isWithin(day: Day, { from, to }: MetricsWindow): boolean {
  return from <= day && day <= to;
}

/** Whole months from one day to another, none before it: a month is over on the same day of the next. */
export function wholeMonths(from: Day, to: Day): number {
  const isUnfinished = dateOf(to).dayOfMonth < dateOf(from).dayOfMonth;
  return Math.max(0, monthOf(to) - monthOf(from) - (isUnfinished ? 1 : 0));
}
