import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgedBalances } from '../domain/aging.ts';
import { formatDay } from '../domain/calendar.ts';
import { type AgedAnswer, agedBalances, type AgedSum } from '../test/oracle/aged-balances.ts';
import { newestRows } from '../test/oracle/newest-rows.ts';
import { embeddedCustomer, type ReferenceTold } from '../test/support/embedded-customer.ts';
import { randomHistory } from '../test/support/random-changes.ts';
import { type AgingAnswer, getAging } from './get-aging.ts';

/** Most random changes lie within 90 days from here; today is in their midst. */
const FIRST_DAY = 20_500;
const TODAY = FIRST_DAY + 45;
const NOW = TODAY * 86_400_000 + 43_200_000;

const ENDS = { default: [0, 30, 60, 90, 180], weekly: [-7, 0, 7] } as const;

const definition = (id: string, agedBy: string): ReferenceTold => ({
  entity: 'agingDefinition',
  row: {
    id,
    name: id,
    agedBy,
    buckets: [
      { label: 'later', to: -7 },
      { label: 'this week', from: -6, to: 0 },
      { label: 'last week', from: 1, to: 7 },
      { label: 'older', from: 8 },
    ],
  },
});
const REFERENCE = [
  definition('byDocument', 'documentDate'),
  definition('byPosting', 'transactionDate'),
  definition('byDueDate', 'dueDate'),
];

const question = fc.record({
  asOf: fc.option(fc.integer({ min: FIRST_DAY - 3, max: FIRST_DAY + 95 }), { freq: 4 }),
  aging: fc.constantFrom(
    { id: null, agedBy: 'dueDate' as const, ends: ENDS.default },
    { id: 'byDueDate', agedBy: 'dueDate' as const, ends: ENDS.weekly },
    { id: 'byDocument', agedBy: 'documentDate' as const, ends: ENDS.weekly },
    { id: 'byPosting', agedBy: 'transactionDate' as const, ends: ENDS.weekly },
  ),
  credits: fc.constantFrom('separate', 'ownDate', 'oldestFirst'),
});

function sumOf(aged: AgedBalances): AgedSum {
  return {
    buckets: aged.buckets.map(({ amount }) => BigInt(amount)),
    counts: aged.buckets.map(({ count }) => count),
    unapplied: BigInt(aged.unapplied),
    balance: BigInt(aged.balance),
    overdue: BigInt(aged.overdue),
    oldestDueDate: aged.oldestDueOn === null ? null : formatDay(aged.oldestDueOn),
  };
}

/** The answer in the oracle's words; what the specification leaves open is the oracle's. */
function inOracleWords({ aging, ...answer }: AgingAnswer, expected: AgedAnswer): AgedAnswer {
  return {
    currencies: Object.fromEntries(aging.currencies.map((one) => [one.currency, sumOf(one)])),
    accounting: expected.isAccountingCertain ? sumOf(aging.accounting) : expected.accounting,
    isAccountingCertain: expected.isAccountingCertain,
    missingAccountingAmounts: aging.missingAccountingAmounts,
    overSettled: answer.overSettled,
    unmatchedSettlements: answer.unmatchedSettlements,
  };
}

describe('aged balances', () => {
  test('of any history, live and as of any day, are those worked out from all rows', async () => {
    const accounting = fc.constantFrom('USD', 'JPY', 'BHD');
    await fc.assert(
      fc.asyncProperty(
        randomHistory,
        accounting,
        fc.array(question, { minLength: 4, maxLength: 4 }),
        async (history, accountingCurrency, questions) => {
          const customer = await embeddedCustomer(accountingCurrency, NOW, REFERENCE);
          await customer.tell(history);
          const view = await customer.view();
          const rows = newestRows(history);
          expect(view === null).toBe(rows.length === 0);
          if (view === null) return;
          for (const { asOf, aging, credits } of questions) {
            const request = { asOf, definition: aging.id, credits };
            const answer = await getAging(view, request, customer.ports);
            const expected = agedBalances(rows, {
              asOf: asOf === null ? null : formatDay(asOf),
              agedOn: formatDay(asOf ?? TODAY),
              accountingCurrency,
              credits,
              ...aging,
            });
            if ('kind' in answer) throw new Error(answer.kind);
            expect(inOracleWords(answer, expected)).toEqual(expected);
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});
