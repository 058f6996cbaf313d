// The answer of …/transactions (SPEC §4).
import type { TransactionItem, TransactionsAnswer } from '../../../application/get-transactions.ts';
import type { CustomerView } from '../../../application/open-customer.ts';
import type { Tab } from '../../../application/ports.ts';
import { bucketOf } from '../../../domain/aging-definition.ts';
import { type Day, formatDay } from '../../../domain/calendar.ts';
import { decimalsOf } from '../../../domain/currency.ts';
import { formatAmount } from '../../../domain/money.ts';
import { ageDay, type OpenItem } from '../../../domain/open-item.ts';
import { dueDay } from '../../../domain/transaction-row.ts';
import { atDecimals } from '../../../domain/unscaled-amount.ts';
import type { AnswerOf } from './answer-of.ts';
import { totalAnswer } from './customer.ts';
import { dateOrNull, freshness } from './freshness.ts';
import type { transaction, transactions } from './transactions-schema.ts';

/** A page of a tab; `cursor` is null on the last. */
export function transactionsAnswer(
  view: CustomerView,
  tab: Tab,
  answer: TransactionsAnswer,
  cursor: string | null,
): AnswerOf<typeof transactions> {
  return {
    ...freshness(view, answer.asOf),
    tab,
    items: answer.items.map((item) => itemAnswer(view, item, answer.asOf)),
    cursor,
    total: totalAnswer(answer.total, view.company.accountingCurrency),
  };
}

function itemAnswer(
  view: CustomerView,
  item: TransactionItem,
  asOf: Day,
): AnswerOf<typeof transaction> {
  const { document, row, open, promise, pending } = item;
  const { status } = document;
  const promised = promise !== null;
  return {
    ...documentFields(item),
    amount: formatAmount(row.amount, row.currency),
    open: formatAmount(open.open, row.currency),
    openAccounting: openAccounting(view, item),
    ...ageOf(view, item, asOf),
    canceled: row.canceled,
    status: status?.status ?? 'none',
    promise: promised
      ? {
          followUpDate: dateOrNull(promise.followUpOn),
          amount: formatAmount(promise.target, row.currency),
          paid: formatAmount(promise.paid, row.currency),
          verdict: promise.verdict,
        }
      : null,
    reason: status?.reason ?? null,
    note: status?.note ?? null,
    documentUrl: row.documentUrl,
    pendingCommands: pending.map(({ id, type, requestedAt }) => ({ id, type, requestedAt })),
  };
}

/** What tells a transaction apart, and when it is due. */
export function documentFields({ document, row }: OpenItem) {
  return {
    source: document.source,
    record: document.record,
    type: row.type,
    number: row.number,
    voucher: row.voucher,
    transactionDate: formatDay(row.transactionOn),
    documentDate: dateOrNull(row.documentOn),
    dueDate: formatDay(dueDay(row)),
    currency: row.currency,
  };
}

/** The open amount in accounting currency; null where it was not given and cannot be known. */
function openAccounting(view: CustomerView, { row, open }: TransactionItem): string | null {
  const { accountingCurrency } = view.company;
  if (open.accounting !== null) {
    const minor = atDecimals(open.accounting, decimalsOf(accountingCurrency));
    return formatAmount(minor, accountingCurrency);
  }
  return row.currency === accountingCurrency ? formatAmount(open.open, accountingCurrency) : null;
}

/** What is closed has no age; what is owed to the customer is in no bucket. */
function ageOf(view: CustomerView, item: TransactionItem, asOf: Day) {
  if (item.open.open === 0) return { age: null, bucket: null };
  const { definition } = view.company;
  const age = asOf - ageDay(item, definition.agedBy);
  const bucket = definition.buckets[bucketOf(definition, age)]?.label ?? null;
  return { age, bucket: item.open.open < 0 ? null : bucket };
}
