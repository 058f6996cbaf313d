// How a customer pays (SPEC §3.8), from what its header knows.
import type { AgedBalances } from '../domain/aging.ts';
import type { Day } from '../domain/calendar.ts';
import { isLaterPayment, type LastPayment, paymentOf } from '../domain/greatest-values.ts';
import { type Metrics, metricsOf } from '../domain/metrics.ts';
import { liveItem } from '../domain/open-item.ts';
import { type PromiseToPay, promiseOf } from '../domain/promise.ts';
import { dayOrNull } from '../domain/row-reader.ts';
import type { TransactionDocument } from '../domain/transaction.ts';
import type { CustomerView, ReadPorts } from './open-customer.ts';

/**
 * The metrics as of today. `accounting` are the aged balances of today, credits apart from buckets.
 * The header is enough for them: no read but that of the view. More is read only where the header
 * says so, by one or two queries each within the customer's partition: transactions dated after
 * today and invoices paid off after it (the header counts them with their month), the last payment
 * before one dated after today, and promised transactions with their settlements (without which
 * there is no verdict). Throws Unavailable.
 */
export async function getMetrics(
  view: CustomerView,
  accounting: AgedBalances,
  ports: ReadPorts,
): Promise<Metrics> {
  const { header, company, businessDate: asOf } = view;
  const [later, lastPayment, promises] = await Promise.all([
    laterTransactions(view, ports),
    lastPaymentUntil(view, ports),
    promisesOf(view, ports),
  ]);
  return metricsOf({
    asOf,
    accountingCurrency: company.accountingCurrency,
    months: header.months,
    later,
    balances: accounting,
    openInvoices: header.openInvoices,
    lastPayment,
    customerSince: dayOrNull(header.profile?.row ?? {}, 'customerSince'),
    promises,
  });
}

/** Transactions dated after today, and those paid off after it. */
async function laterTransactions(
  { pk, header, businessDate: today }: CustomerView,
  { customers }: ReadPorts,
): Promise<readonly TransactionDocument[]> {
  const after = async (latest: Day | null, what: 'dated' | 'paid off') =>
    latest !== null && latest > today
      ? customers.transactionsAfter(pk, today, what, Number.POSITIVE_INFINITY)
      : [];
  const found = await Promise.all([
    after(header.latestTransactionOn, 'dated'),
    after(header.latestPaidOffOn, 'paid off'),
  ]);
  return [...new Map(found.flat().map((document) => [document.id, document])).values()];
}

/** The last payment that is not dated after today, ties by id. */
async function lastPaymentUntil(
  { pk, header: { lastPayment: last }, businessDate: today }: CustomerView,
  { customers }: ReadPorts,
): Promise<LastPayment | null> {
  if (last === null || last.on <= today) return last;
  let latest: LastPayment | null = null;
  for (const document of await customers.lastPayments(pk, today)) {
    const payment = paymentOf(document);
    if (payment !== null && (latest === null || isLaterPayment(payment, latest))) latest = payment;
  }
  return latest;
}

/** Promises of all transactions, open or not, but for canceled ones. */
async function promisesOf(
  { pk, header, company, businessDate: today }: CustomerView,
  { customers }: ReadPorts,
): Promise<readonly PromiseToPay[]> {
  if (header.promises === 0) return [];
  const documents = await customers.promisedTransactions(pk);
  const items = documents
    .flatMap((document) => liveItem(document) ?? [])
    .filter(({ row }) => !row.canceled);
  const ids = items.map(({ document }) => document.id);
  const settlements = await customers.settlementsOf(pk, ids, Number.POSITIVE_INFINITY);
  return items.flatMap((item) => promiseOf(item, settlements, today, company.timeZone) ?? []);
}
