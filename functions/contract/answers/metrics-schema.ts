// `metrics` of the workspace, each with its definition (SPEC §3.8).
import * as z from 'zod';
import { count, currency, date, money } from './values-schema.ts';

const ratio = z.string().regex(/^-?\d+\.\d$/);
const sum = { count, amount: money };

export const metrics = z
  .strictObject({
    currency,
    window: z
      .strictObject({ from: date, to: date, days: count })
      .describe('The 12 complete calendar months before the as-of month, and that month to date.'),
    payments: z
      .strictObject(sum)
      .describe(
        'Payments of the window, above zero where received. One that was taken back neither counts ' +
          'nor adds.',
      ),
    paidInvoices: z
      .strictObject({
        count,
        averageDaysToPay: ratio
          .nullable()
          .describe('Days from the transaction date to the last settlement, on average.'),
        averageDaysLate: ratio
          .nullable()
          .describe(
            'Days from the due date to the last settlement, on average; below zero is early.',
          ),
        paidLate: count.describe('How many of them were paid after they were due.'),
        paidLatePercent: ratio.nullable().describe('Their share of `count`, in percent.'),
      })
      .describe(
        'Invoices closed in the window. Ratios are decimal strings with one decimal, rounded half ' +
          'up; null where there are no such invoices.',
      ),
    yearToDateRevenue: money.describe('Invoices and credit notes since January 1.'),
    recentInvoices: z
      .strictObject({
        ...sum,
        months: z.array(z.strictObject({ month: z.string().regex(/^\d{4}-\d\d$/), ...sum })),
      })
      .describe(
        'Invoices of the last six calendar months, the as-of month to date included; by month, ' +
          'earliest first.',
      ),
    daysSalesOutstanding: ratio
      .nullable()
      .describe(
        'The balance, divided by the credit sales of the window (invoices and credit notes), times ' +
          'its days; null where nothing was sold in it.',
      ),
    outstanding: money.describe('The balance: `overdue` and `notDue`, less unapplied credits.'),
    overdue: money.describe('Open debits due before the as-of date.'),
    notDue: money.describe('Open debits due on the as-of date or later.'),
    lastPayment: z
      .strictObject({ date, amount: money.nullable() })
      .nullable()
      .describe(
        'The last payment up to the as-of date, above zero; its amount is null where it is not ' +
          'known in accounting currency.',
      ),
    openInvoices: count.describe('Invoices with an open amount.'),
    monthsAsCustomer: count
      .nullable()
      .describe('Whole months since `customerSince`; null where that was not told.'),
    promises: z
      .strictObject({ kept: count, broken: count })
      .describe('Promises to pay made in the window, by verdict.'),
    missingAccountingAmounts: count.describe(
      'Invoices, credit notes and payments of the window that are left out of the sums.',
    ),
  })
  .meta({ id: 'Metrics', description: 'How a customer pays, in accounting currency.' });
