// The fact sheet of a summary: what there is to say of an account, from figures that are worked out
// already (SPEC §6).
import type { AgedBalances } from '../aging.ts';
import type { AgingDefinition } from '../aging-definition.ts';
import { dateOf, dayOf } from '../calendar.ts';
import { RECENT_MONTHS } from '../metrics.ts';
import { COMPLETE_MONTHS } from '../metrics-window.ts';
import { FactCollector } from './fact-collector.ts';
import type { SummarySections, SummarySheet } from './fact-sheet.ts';
import { activityFacts, disputeFacts, promiseFacts } from './summary-dealings.ts';
import type { SummaryEvidence } from './summary-evidence.ts';

/** The sheet; equal for equal evidence. */
export function summarySheet(evidence: SummaryEvidence): SummarySheet {
  const { company, customer, asOf, language } = evidence;
  const facts = new FactCollector();
  const sections: SummarySections = {
    purpose: 'summary',
    customer: {
      account: facts.number('account', customer),
      name: facts.name('customer.name', evidence.name),
      since: evidence.customerSince === null ? null : facts.date('since', evidence.customerSince),
    },
    asOf: facts.date('asOf', asOf),
    outstanding: outstanding(facts, evidence),
    agedBalances: agedBalances(facts, evidence.definition, evidence.aging.accounting),
    otherCurrencies: otherCurrencies(facts, evidence),
    credit: credit(facts, evidence),
    paymentHistory: paymentHistory(facts, evidence),
    yearToDateRevenue: yearToDateRevenue(facts, evidence),
    recentInvoices: recentInvoices(facts, evidence),
    promises: promiseFacts(facts, evidence),
    disputes: disputeFacts(facts, evidence),
    activities: activityFacts(facts, evidence),
  };
  return { version: 1, company, customer, asOf, language, facts: facts.facts, sections };
}

function outstanding(
  facts: FactCollector,
  { aging, metrics, asOf, accountingCurrency: currency }: SummaryEvidence,
): SummarySections['outstanding'] {
  const { balance, overdue, unapplied, oldestDueOn } = aging.accounting;
  const missing = aging.missingAccountingAmounts;
  return {
    balance: facts.amount('balance', balance, currency),
    isCredit: balance < 0,
    overdue: overdue === 0 ? null : facts.amount('overdue', overdue, currency),
    notDue: metrics.notDue === 0 ? null : facts.amount('notDue', metrics.notDue, currency),
    unapplied: unapplied === 0 ? null : facts.amount('unapplied', unapplied, currency),
    openInvoices: facts.count('openInvoices', metrics.openInvoices),
    oldest:
      oldestDueOn === null || oldestDueOn >= asOf ? null : facts.since('oldest', oldestDueOn, asOf),
    withoutAccountingAmount: missing === 0 ? null : facts.count('withoutAmount', missing),
  };
}

function agedBalances(
  facts: FactCollector,
  { agedBy, buckets }: AgingDefinition,
  { buckets: amounts, currency }: AgedBalances,
): SummarySections['agedBalances'] {
  const days = (id: string, value: number | null) =>
    value === null ? null : facts.days(id, String(value));
  const filled = buckets
    .map((bucket, index) => ({ ...bucket, ...(amounts[index] ?? { amount: 0, count: 0 }) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity));
  return {
    agedBy,
    buckets: filled.map(({ from, to, amount, count }, index) => ({
      from: days(`bucket.${index}.from`, from),
      to: days(`bucket.${index}.to`, to),
      isNotDue: to !== null && to <= 0,
      amount: facts.amount(`bucket.${index}.amount`, amount, currency),
      count: facts.count(`bucket.${index}.count`, count),
    })),
  };
}

function otherCurrencies(
  facts: FactCollector,
  { aging, accountingCurrency }: SummaryEvidence,
): SummarySections['otherCurrencies'] {
  return aging.currencies
    .filter(({ currency }) => currency !== accountingCurrency)
    .map(({ currency, balance, overdue }) => ({
      balance: facts.amount(`${currency}.balance`, balance, currency),
      isCredit: balance < 0,
      overdue: overdue === 0 ? null : facts.amount(`${currency}.overdue`, overdue, currency),
    }));
}

function credit(
  facts: FactCollector,
  { credit: { unlimited, limit, available }, accountingCurrency: currency }: SummaryEvidence,
): SummarySections['credit'] {
  const isExceeded = available !== null && available < 0;
  return {
    isUnlimited: unlimited,
    limit: limit === null ? null : facts.amount('creditLimit', limit, currency),
    available:
      available === null || isExceeded
        ? null
        : facts.amount('creditAvailable', available, currency),
    exceededBy: isExceeded ? facts.amount('creditExceededBy', available, currency) : null,
  };
}

function paymentHistory(
  facts: FactCollector,
  { metrics, accountingCurrency: currency }: SummaryEvidence,
): SummarySections['paymentHistory'] {
  const { window, payments, paidOff, lastPayment, daysSalesOutstanding } = metrics;
  const { averageDaysToPay, averageDaysLate, paidLatePercent } = paidOff;
  const isReceived = payments.count > 0 && payments.amount >= 0;
  return {
    months: facts.count('history.months', COMPLETE_MONTHS),
    since: facts.date('history.since', window.from),
    received: isReceived
      ? {
          count: facts.count('payments.count', payments.count),
          amount: facts.amount('payments.amount', payments.amount, currency),
        }
      : null,
    last:
      lastPayment === null
        ? null
        : {
            on: facts.date('lastPayment.on', lastPayment.on),
            amount:
              lastPayment.amount === null
                ? null
                : facts.amount('lastPayment.amount', lastPayment.amount, currency),
          },
    paidOff:
      averageDaysToPay === null || averageDaysLate === null || paidLatePercent === null
        ? null
        : {
            count: facts.count('paidOff.count', paidOff.count),
            averageDaysToPay: facts.days('paidOff.averageDaysToPay', averageDaysToPay),
            averageDaysLate: facts.days('paidOff.averageDaysLate', averageDaysLate),
            isEarly: averageDaysLate.startsWith('-'),
            paidLate: facts.count('paidOff.late', paidOff.paidLate),
            paidLatePercent: facts.percentage('paidOff.latePercent', paidLatePercent),
          },
    daysSalesOutstanding:
      daysSalesOutstanding === null || daysSalesOutstanding.startsWith('-')
        ? null
        : facts.days('daysSalesOutstanding', daysSalesOutstanding),
  };
}

function yearToDateRevenue(
  facts: FactCollector,
  { metrics, asOf, accountingCurrency }: SummaryEvidence,
): SummarySections['yearToDateRevenue'] {
  return {
    since: facts.date('revenue.since', dayOf(dateOf(asOf).year, 1, 1)),
    amount: facts.amount('revenue.amount', metrics.yearToDateRevenue, accountingCurrency),
    isNegative: metrics.yearToDateRevenue < 0,
  };
}

function recentInvoices(
  facts: FactCollector,
  { metrics: { recentInvoices: recent }, asOf, accountingCurrency }: SummaryEvidence,
): SummarySections['recentInvoices'] {
  return {
    months: facts.count('invoices.months', RECENT_MONTHS),
    since: facts.date('invoices.since', recent.months[0]?.from ?? asOf),
    count: facts.count('invoices.count', recent.count),
    amount: facts.amount('invoices.amount', recent.amount, accountingCurrency),
  };
}
