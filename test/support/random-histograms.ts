// Random open amounts by day, and random aging definitions to age them by.
import fc from 'fast-check';
import type { AgingDefinition, Bucket } from '../../domain/aging-definition.ts';
import type { Day } from '../../domain/calendar.ts';
import { type Histogram, withEntries } from '../../domain/histogram.ts';
import { ZERO_UNSCALED } from '../../domain/unscaled-amount.ts';

/** Open amounts on days of a range; what is owed by the customer is above zero. */
export function randomHistogram(first: Day, last: Day): fc.Arbitrary<Histogram> {
  const entry = fc
    .record({
      currency: fc.constantFrom('USD', 'EUR'),
      accounting: fc.constantFrom('given', 'missing'),
      side: fc.constantFrom('debit', 'credit'),
      day: fc.integer({ min: first, max: last }),
      amount: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ currency, accounting, side, day, amount: size }) => {
      const amount = side === 'debit' ? size : -size;
      const cell = { count: 1, amount, accounting: ZERO_UNSCALED };
      return { series: `${currency}|${accounting}|${side}`, day, cell };
    });
  return fc.array(entry, { maxLength: 6 }).map((entries) => withEntries(new Map(), entries));
}

/** A definition by due date that covers every age once, its bounds within `most` days of zero. */
export function randomDefinition(most: number): fc.Arbitrary<AgingDefinition> {
  const ends = fc.uniqueArray(fc.integer({ min: -most, max: most }), { maxLength: 11 });
  return ends.chain((unsorted) => {
    const sorted = unsorted.toSorted((a, b) => a - b);
    const buckets: Bucket[] = [...sorted, null].map((to, index) => {
      const before = sorted[index - 1];
      return { label: `to ${to}`, from: before === undefined ? null : before + 1, to };
    });
    return fc
      .shuffledSubarray(buckets, { minLength: buckets.length })
      .map((mixed) => ({ id: 'random', name: 'Random', agedBy: 'dueDate', buckets: mixed }));
  });
}
