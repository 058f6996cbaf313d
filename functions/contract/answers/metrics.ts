// `metrics` of the workspace: how a customer pays (SPEC §3.8).
import { formatDay } from '../../../domain/calendar.ts';
import type { Metrics, Sum } from '../../../domain/metrics.ts';
import { daysOf } from '../../../domain/metrics-window.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { AnswerOf } from './answer-of.ts';
import type { metrics as metricsSchema } from './metrics-schema.ts';

/** Characters of `YYYY-MM` in a date. */
const MONTH_LENGTH = 7;

/** The metrics; all amounts in accounting currency, named once. */
export function metricsAnswer(metrics: Metrics, currency: string): AnswerOf<typeof metricsSchema> {
  const { window, paidOff, recentInvoices, lastPayment } = metrics;
  const amount = (minor: number) => formatAmount(minor, currency);
  const sum = ({ count, amount: minor }: Sum) => ({ count, amount: amount(minor) });
  return {
    currency,
    window: { from: formatDay(window.from), to: formatDay(window.to), days: daysOf(window) },
    payments: sum(metrics.payments),
    paidInvoices: {
      count: paidOff.count,
      averageDaysToPay: paidOff.averageDaysToPay,
      averageDaysLate: paidOff.averageDaysLate,
      paidLate: paidOff.paidLate,
      paidLatePercent: paidOff.paidLatePercent,
    },
    yearToDateRevenue: amount(metrics.yearToDateRevenue),
    recentInvoices: {
      ...sum(recentInvoices),
      months: recentInvoices.months.map((month) => ({
        month: formatDay(month.from).slice(0, MONTH_LENGTH),
        ...sum(month),
      })),
    },
    daysSalesOutstanding: metrics.daysSalesOutstanding,
    outstanding: amount(metrics.outstanding),
    overdue: amount(metrics.overdue),
    notDue: amount(metrics.notDue),
    lastPayment:
      lastPayment === null
        ? null
        : {
            date: formatDay(lastPayment.on),
            amount: lastPayment.amount === null ? null : amount(lastPayment.amount),
          },
    openInvoices: metrics.openInvoices,
    monthsAsCustomer: metrics.monthsAsCustomer,
    promises: metrics.promises,
    missingAccountingAmounts: metrics.missingAccountingAmounts,
  };
}
