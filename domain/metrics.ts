// How a customer pays (SPEC §3.8): figures of the past year, worked out from the sums by month that
// its header keeps, so that they cost the same whatever the history.
import { accountingAmount, type AgedBalances } from './aging.ts';
import { dateOf, type Day } from './calendar.ts';
import { decodeCell } from './cell.ts';
import {
  CLOSED_INVOICES,
  datedFigures,
  monthEntryOf,
  type Posting,
  readMeasure,
} from './dated-figures.ts';
import type { LastPayment } from './greatest-values.ts';
import {
  daysOf,
  firstDayOf,
  isWithin,
  type MetricsWindow,
  metricsWindow,
  wholeMonths,
} from './metrics-window.ts';
import { addExact } from './money.ts';
import { type Month, monthOf, type MonthSums, withMonthEntries } from './month-sums.ts';
import type { PromiseToPay } from './promise.ts';
import { ratioText } from './ratio.ts';
import { readTransaction, type TransactionDocument } from './transaction.ts';
import { ZERO_UNSCALED } from './unscaled-amount.ts';

/** Calendar months of recent invoices, the as-of month to date included. */
export const RECENT_MONTHS = 6;

/** How many, and their sum in minor units of the accounting currency. */
export type Sum = { readonly count: number; readonly amount: number };

/** Amounts in minor units of the accounting currency; ratios as decimal texts with one decimal. */
export type Metrics = {
  readonly window: MetricsWindow;
  /** Of the window; above zero is received. A payment that was taken back neither counts nor adds. */
  readonly payments: Sum;
  /** Invoices paid off in the window; the ratios are null where there are none. */
  readonly paidOff: {
    readonly count: number;
    readonly averageDaysToPay: string | null;
    /** Below zero is early. */
    readonly averageDaysLate: string | null;
    readonly paidLate: number;
    readonly paidLatePercent: string | null;
  };
  /** Invoices and credit notes since January 1. */
  readonly yearToDateRevenue: number;
  /** Earliest month first. */
  readonly recentInvoices: Sum & { readonly months: readonly (Sum & { readonly from: Day })[] };
  /** Null where nothing was sold in the window. */
  readonly daysSalesOutstanding: string | null;
  /** The balance: what is overdue, what is not due, less credits. */
  readonly outstanding: number;
  readonly overdue: number;
  readonly notDue: number;
  /** Above zero; the amount is null where it is not known in accounting currency. */
  readonly lastPayment: { readonly on: Day; readonly amount: number | null } | null;
  readonly openInvoices: number;
  readonly monthsAsCustomer: number | null;
  readonly promises: { readonly kept: number; readonly broken: number };
  /** Invoices, credit notes and payments of the window that are left out of the sums. */
  readonly missingAccountingAmounts: number;
};

export type MetricsEvidence = {
  readonly asOf: Day;
  readonly accountingCurrency: string;
  /** At least all months of the window. */
  readonly months: MonthSums;
  /** At least all transactions dated, and invoices paid off, after the day but within its month. */
  readonly later: readonly TransactionDocument[];
  /** In accounting currency, credits apart from buckets. */
  readonly balances: AgedBalances;
  readonly openInvoices: number;
  /** The last one up to the day. */
  readonly lastPayment: LastPayment | null;
  readonly customerSince: Day | null;
  readonly promises: readonly PromiseToPay[];
};

/** The metrics as of a day. */
export function metricsOf(evidence: MetricsEvidence): Metrics {
  const { asOf, accountingCurrency, balances, customerSince } = evidence;
  const window = metricsWindow(asOf);
  const months = upTo(evidence.months, evidence.later, asOf);
  const sums = (from: Month) => postedSums(months, from, monthOf(asOf), accountingCurrency);
  const ofWindow = sums(monthOf(window.from));
  return {
    window,
    payments: received(ofWindow.payment, ofWindow.reversal),
    paidOff: paidOffFigures(months, window),
    yearToDateRevenue: revenueOf(sums(monthOf(asOf) - dateOf(asOf).month + 1)),
    recentInvoices: recentInvoices(months, monthOf(asOf), accountingCurrency),
    daysSalesOutstanding: salesOutstanding(balances.balance, revenueOf(ofWindow), window),
    outstanding: balances.balance,
    overdue: balances.overdue,
    notDue: addExact(addExact(balances.balance, -balances.unapplied), -balances.overdue),
    lastPayment: lastPaymentOf(evidence),
    openInvoices: evidence.openInvoices,
    monthsAsCustomer: customerSince === null ? null : wholeMonths(customerSince, asOf),
    promises: promisesWithin(evidence.promises, window),
    missingAccountingAmounts: Object.values(ofWindow).reduce(
      (sum, { missing }) => sum + missing,
      0,
    ),
  };
}

/** Month sums hold whole months: what lies after a day is taken out of the day's. */
function upTo(months: MonthSums, later: readonly TransactionDocument[], asOf: Day): MonthSums {
  const entries = later.flatMap((document) => {
    const transaction = readTransaction(document);
    return transaction === null ? [] : datedFigures(document, transaction);
  });
  const excess = entries.filter(({ on }) => on > asOf && monthOf(on) === monthOf(asOf));
  return withMonthEntries(months, excess.map(monthEntryOf), -1);
}

type PostedSum = Sum & { readonly missing: number };
type PostedSums = Readonly<Record<Posting, PostedSum>>;

const NOTHING: PostedSum = { count: 0, amount: 0, missing: 0 };

/** What was posted from one month to another, both included; one without an amount only counts. */
function postedSums(
  months: MonthSums,
  from: Month,
  to: Month,
  accountingCurrency: string,
): PostedSums {
  const sums = { invoice: NOTHING, creditNote: NOTHING, payment: NOTHING, reversal: NOTHING };
  for (const [month, measures] of months) {
    if (month < from || month > to) continue;
    for (const [name, figures] of measures) {
      const measure = readMeasure(name);
      if (measure === null) continue;
      const cell = decodeCell(figures);
      const series = { ...measure, side: 'debit' } as const;
      const amount = accountingAmount(cell, series, accountingCurrency);
      const known = sums[measure.posting];
      sums[measure.posting] = {
        count: known.count + cell.count,
        amount: addExact(known.amount, amount ?? 0),
        missing: known.missing + (amount === null ? cell.count : 0),
      };
    }
  }
  return sums;
}

function received(payment: PostedSum, reversal: PostedSum): Sum {
  return {
    count: payment.count - reversal.count,
    amount: 0 - addExact(payment.amount, reversal.amount),
  };
}

function revenueOf({ invoice, creditNote }: PostedSums): number {
  return addExact(invoice.amount, creditNote.amount);
}

function paidOffFigures(months: MonthSums, window: MetricsWindow): Metrics['paidOff'] {
  let [count, toPay, late, paidLate] = [0, 0, 0, 0];
  for (const [month, measures] of months) {
    if (month < monthOf(window.from) || month > monthOf(window.to)) continue;
    const [invoices = 0, daysToPay = 0, daysLate = 0, lateOnes = 0] =
      measures.get(CLOSED_INVOICES) ?? [];
    count += invoices;
    toPay = addExact(toPay, daysToPay);
    late = addExact(late, daysLate);
    paidLate += lateOnes;
  }
  const mean = (sum: number) => (count === 0 ? null : ratioText(BigInt(sum), BigInt(count)));
  return {
    count,
    averageDaysToPay: mean(toPay),
    averageDaysLate: mean(late),
    paidLate,
    paidLatePercent: mean(paidLate * 100),
  };
}

function recentInvoices(
  months: MonthSums,
  last: Month,
  accountingCurrency: string,
): Metrics['recentInvoices'] {
  const recent = Array.from({ length: RECENT_MONTHS }, (_, index) => {
    const month = last - RECENT_MONTHS + 1 + index;
    const { count, amount } = postedSums(months, month, month, accountingCurrency).invoice;
    return { from: firstDayOf(month), count, amount };
  });
  return {
    months: recent,
    count: recent.reduce((sum, { count }) => sum + count, 0),
    amount: recent.reduce((sum, { amount }) => addExact(sum, amount), 0),
  };
}

function salesOutstanding(balance: number, sales: number, window: MetricsWindow): string | null {
  return sales <= 0 ? null : ratioText(BigInt(balance) * BigInt(daysOf(window)), BigInt(sales));
}

function lastPaymentOf({
  lastPayment,
  accountingCurrency,
}: MetricsEvidence): Metrics['lastPayment'] {
  if (lastPayment === null) return null;
  const { on, currency, amount, accounting } = lastPayment;
  const cell = { count: 1, amount, accounting: accounting ?? ZERO_UNSCALED };
  const given = accounting === null ? 'missing' : 'given';
  const series = { currency, accounting: given, side: 'credit' } as const;
  const known = accountingAmount(cell, series, accountingCurrency);
  return { on, amount: known === null ? null : 0 - known };
}

/** Kept ones by the day since which they are kept, broken ones by the day they were promised for. */
function promisesWithin(
  promises: readonly PromiseToPay[],
  window: MetricsWindow,
): Metrics['promises'] {
  let [kept, broken] = [0, 0];
  for (const { verdict, keptOn, followUpOn } of promises) {
    if (verdict === 'kept' && keptOn !== null && isWithin(keptOn, window)) kept += 1;
    if (verdict === 'broken' && followUpOn !== null && isWithin(followUpOn, window)) broken += 1;
  }
  return { kept, broken };
}
