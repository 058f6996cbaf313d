// A posted line on the customer account as its source tells it (SPEC §2.1, transaction).
import { type Day, dayFrom } from './calendar.ts';
import type { JsonObject } from './json.ts';
import { amountOf } from './money.ts';
import {
  amountOrNull,
  dayOrNull,
  flag,
  objects,
  oneOf,
  text,
  textOrNull,
  unscaledOrNull,
} from './row-reader.ts';
import type { UnscaledAmount } from './unscaled-amount.ts';

export const TRANSACTION_TYPES = [
  'invoice',
  'creditNote',
  'payment',
  'interest',
  'fee',
  'collectionFee',
  'writeOff',
  'exchangeAdjustment',
  'other',
] as const;
export type TransactionType = (typeof TRANSACTION_TYPES)[number];

/** Where a transaction stands on the timeline (SPEC §3.6). */
export type TransactionTimeline = 'invoice' | 'payment';

/** Credit notes stand among invoices, reversals among payments; other types do not stand there. */
export function timelineOf({ type }: TransactionRow): TransactionTimeline | null {
  switch (type) {
    case 'invoice':
    case 'creditNote':
      return 'invoice';
    case 'payment':
      return 'payment';
    case 'interest':
    case 'fee':
    case 'collectionFee':
    case 'writeOff':
    case 'exchangeAdjustment':
    case 'other':
      return null;
  }
}

/** When a payment was made; null for anything else, for a reversal, and for one that was canceled. */
export function paymentDay(row: TransactionRow): Day | null {
  return row.type === 'payment' && row.amount < 0 && !row.canceled ? row.transactionOn : null;
}

/**
 * When an invoice was paid off: the day of its last settlement, else the one its source tells. Null
 * for anything else, while something is open, and for one that was canceled or of no amount.
 */
export function paidOffDay(
  row: TransactionRow,
  open: number,
  lastSettledOn: Day | null,
): Day | null {
  const paidOff = row.type === 'invoice' && row.amount !== 0 && open === 0 && !row.canceled;
  return paidOff ? (lastSettledOn ?? row.closedOn) : null;
}

/** What an age is counted from. */
export const AGING_BASES = ['dueDate', 'transactionDate', 'documentDate'] as const;
export type AgingBasis = (typeof AGING_BASES)[number];

/** An original part of a transaction with a due date of its own, in minor units. */
export type InstallmentTerm = { readonly dueOn: Day; readonly amount: number };

/** Amounts in minor units of `currency`, signed: `+` owed by the customer. */
export type TransactionRow = {
  readonly type: TransactionType;
  readonly number: string | null;
  readonly voucher: string;
  readonly transactionOn: Day;
  readonly documentOn: Day | null;
  readonly dueOn: Day | null;
  readonly currency: string;
  readonly amount: number;
  readonly amountAccounting: UnscaledAmount | null;
  readonly settled: number | null;
  readonly settledAccounting: UnscaledAmount | null;
  readonly closedOn: Day | null;
  /** Earliest first. */
  readonly installments: readonly InstallmentTerm[];
  readonly canceled: boolean;
  readonly documentUrl: string | null;
  readonly voucherUrl: string | null;
};

/** The typed row of a transaction. */
export function readTransactionRow(row: JsonObject): TransactionRow {
  const currency = text(row, 'currency');
  return {
    type: oneOf(row, 'type', TRANSACTION_TYPES),
    number: textOrNull(row, 'number'),
    voucher: text(row, 'voucher'),
    transactionOn: dayFrom(text(row, 'transactionDate')),
    documentOn: dayOrNull(row, 'documentDate'),
    dueOn: dayOrNull(row, 'dueDate'),
    currency,
    amount: amountOf(text(row, 'amount'), currency),
    amountAccounting: unscaledOrNull(row, 'amountAccounting'),
    settled: amountOrNull(row, 'settled', currency),
    settledAccounting: unscaledOrNull(row, 'settledAccounting'),
    closedOn: dayOrNull(row, 'closedDate'),
    installments: objects(row, 'installments')
      .map((term) => ({
        dueOn: dayFrom(text(term, 'dueDate')),
        amount: amountOf(text(term, 'amount'), currency),
      }))
      .toSorted((a, b) => a.dueOn - b.dueOn),
    canceled: flag(row, 'canceled'),
    documentUrl: textOrNull(row, 'documentUrl'),
    voucherUrl: textOrNull(row, 'voucherUrl'),
  };
}

/**
 * When a transaction is due: its own due date, else its first installment's, else its document
 * date, else its transaction date (SPEC §3.3).
 */
export function dueDay(row: TransactionRow): Day {
  return row.dueOn ?? row.installments[0]?.dueOn ?? row.documentOn ?? row.transactionOn;
}

/** The day a transaction's age is counted from; a missing date falls back as SPEC §3.3 says. */
export function basisDay(row: TransactionRow, basis: AgingBasis): Day {
  switch (basis) {
    case 'dueDate':
      return dueDay(row);
    case 'documentDate':
      return row.documentOn ?? row.transactionOn;
    case 'transactionDate':
      return row.transactionOn;
  }
}
