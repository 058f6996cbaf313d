// The answer of …/aging (SPEC §4).
import type { AgingAnswer } from '../../../application/get-aging.ts';
import type { CustomerView } from '../../../application/open-customer.ts';
import { type AgedBalances, noBalances } from '../../../domain/aging.ts';
import type { AgingDefinition } from '../../../domain/aging-definition.ts';
import { formatDay } from '../../../domain/calendar.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { AnswerOf } from './answer-of.ts';
import type { agedBalances, aging, agingFigures } from './aging-schema.ts';
import { freshness } from './freshness.ts';

/** Aged balances; `currency` lists one transaction currency only, which may have nothing open. */
export function agingAnswer(
  view: CustomerView,
  answer: AgingAnswer,
  currency: string | null,
): AnswerOf<typeof aging> {
  return { ...freshness(view, answer.asOf), ...agingFields(view, answer, currency) };
}

/** The figures alone, as the workspace embeds them. */
export function agingFields(
  view: CustomerView,
  answer: AgingAnswer,
  currency: string | null,
): AnswerOf<typeof agingFigures> {
  const { definition, credits, aging, futureDated } = answer;
  const { accountingCurrency } = view.company;
  return {
    definition: definition.id,
    agedBy: definition.agedBy,
    credits,
    accounting: balances(aging.accounting, definition),
    currencies: listed(aging.currencies, currency, definition).map((one) =>
      balances(one, definition),
    ),
    futureDated: {
      count: futureDated.count,
      amount: formatAmount(futureDated.amount, accountingCurrency),
      currency: accountingCurrency,
    },
    missingAccountingAmounts: aging.missingAccountingAmounts,
    overSettled: answer.overSettled,
    unmatchedSettlements: answer.unmatchedSettlements,
    approximate: answer.approximate,
  };
}

function listed(
  currencies: readonly AgedBalances[],
  currency: string | null,
  definition: AgingDefinition,
): readonly AgedBalances[] {
  if (currency === null) return currencies;
  const found = currencies.find((one) => one.currency === currency);
  return [found ?? noBalances(currency, definition)];
}

function balances(aged: AgedBalances, definition: AgingDefinition): AnswerOf<typeof agedBalances> {
  const { currency } = aged;
  return {
    currency,
    buckets: definition.buckets.map((bucket, index) => ({
      label: bucket.label,
      from: bucket.from,
      to: bucket.to,
      amount: formatAmount(aged.buckets[index]?.amount ?? 0, currency),
      count: aged.buckets[index]?.count ?? 0,
    })),
    unapplied: formatAmount(aged.unapplied, currency),
    balance: formatAmount(aged.balance, currency),
    overdue: formatAmount(aged.overdue, currency),
    oldestDueDate: aged.oldestDueOn === null ? null : formatDay(aged.oldestDueOn),
  };
}
