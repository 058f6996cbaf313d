import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomDefinition, randomHistogram } from '../test/support/random-histograms.ts';
import { ageBalances } from './aging.ts';
import type { AgingDefinition } from './aging-definition.ts';
import type { Day } from './calendar.ts';
import type { Histogram } from './histogram.ts';
import { nextChange } from './next-change.ts';
import { ZERO_UNSCALED } from './unscaled-amount.ts';

const TODAY: Day = 20_545;
/** Days are within 60 of today, and bounds of buckets within 90 of zero. */
const HORIZON = 60 + 90 + 2;

/** What a company-wide list shows that time alone can change. */
function shown(byBasis: Histogram, byDueDate: Histogram, definition: AgingDefinition, asOf: Day) {
  const question = { asOf, definition, credits: 'separate', accountingCurrency: 'USD' } as const;
  const { currencies } = ageBalances(byBasis, byDueDate, question);
  return JSON.stringify(currencies.map(({ buckets, overdue }) => [buckets, overdue]));
}

test('is the first day on which buckets or overdue differ from today, and null if they never do', () => {
  const near = randomHistogram(TODAY - 60, TODAY + 60);
  fc.assert(
    fc.property(near, near, randomDefinition(90), (byBasis, byDueDate, definition) => {
      const today = shown(byBasis, byDueDate, definition, TODAY);
      const later = Array.from({ length: HORIZON }, (_, days) => TODAY + 1 + days);
      const first = later.find((day) => shown(byBasis, byDueDate, definition, day) !== today);
      expect(nextChange(byBasis, byDueDate, definition, TODAY)).toBe(first ?? null);
    }),
    { numRuns: 300 },
  );
});

test('does not come for what is owed to the customer, nor for what is as old as can be', () => {
  const cell = { count: 1, amount: -900, accounting: ZERO_UNSCALED };
  fc.assert(
    fc.property(randomDefinition(90), fc.nat(500), (definition, ago) => {
      const credits: Histogram = new Map([
        ['USD|missing|credit', new Map([[TODAY + 250 - ago, cell]])],
      ]);
      expect(nextChange(credits, credits, definition, TODAY)).toBeNull();
      const debit = { ...cell, amount: 900 };
      const old: Histogram = new Map([['USD|missing|debit', new Map([[TODAY - 91 - ago, debit]])]]);
      expect(nextChange(old, old, definition, TODAY)).toBeNull();
    }),
  );
});
