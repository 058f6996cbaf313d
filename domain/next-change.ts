// The day on which a customer's aged balances change without any event (SPEC §3.3): only then must
// what is stored sorted be aged anew.
import { type AgingDefinition, bucketOf } from './aging-definition.ts';
import type { Day } from './calendar.ts';
import type { Histogram } from './histogram.ts';
import { readSeries } from './series.ts';

/**
 * The first day after `asOf` on which a debit moves to another bucket or becomes overdue; null when
 * none ever does. Credits stay apart (`separate`), as company-wide lists show them.
 */
export function nextChange(
  byBasis: Histogram,
  byDueDate: Histogram,
  definition: AgingDefinition,
  asOf: Day,
): Day | null {
  let next = Number.POSITIVE_INFINITY;
  for (const [key, days] of byBasis) {
    if (readSeries(key).side === 'credit') continue;
    for (const day of days.keys()) {
      const { to } = definition.buckets[bucketOf(definition, asOf - day)] ?? { to: null };
      if (to !== null) next = Math.min(next, day + to + 1);
    }
  }
  for (const [key, days] of byDueDate) {
    if (readSeries(key).side === 'credit') continue;
    for (const day of days.keys()) if (day >= asOf) next = Math.min(next, day + 1);
  }
  return next === Number.POSITIVE_INFINITY ? null : next;
}
