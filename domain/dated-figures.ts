// What a transaction adds to the metrics of SPEC §3.8, and on which day: when it was posted, and,
// for an invoice, when it was paid off. The header adds the same up by month.
import type { Day } from './calendar.ts';
import { type Figures, type MonthEntry, monthOf } from './month-sums.ts';
import type { Transaction, TransactionDocument } from './transaction.ts';
import { dueDay, type TransactionRow } from './transaction-row.ts';
import { encodeUnscaled, ZERO_UNSCALED } from './unscaled-amount.ts';

/** Figures of one measure, such as `invoice|USD|given`, on a day. */
export type DatedFigures = {
  readonly on: Day;
  readonly measure: string;
  readonly figures: Figures;
};

/** What metrics tell apart; a payment that was taken back is a reversal. */
export const POSTINGS = ['invoice', 'creditNote', 'payment', 'reversal'] as const;
export type Posting = (typeof POSTINGS)[number];

/** The measure of invoices that were paid off: `[count, days to pay, days late, paid late]`. */
export const CLOSED_INVOICES = 'closed';

/** What a transaction adds to the metrics; one that is canceled is in none. */
export function datedFigures(
  { paidOffOn }: Pick<TransactionDocument, 'paidOffOn'>,
  { row }: Transaction,
): DatedFigures[] {
  const posting = row.canceled ? null : postingOf(row);
  if (posting === null) return [];
  const posted = postedFigures(row, posting);
  return paidOffOn === null ? [posted] : [posted, closedFigures(row, paidOffOn)];
}

/** The same for the month the day lies in. */
export function monthEntryOf({ on, measure, figures }: DatedFigures): MonthEntry {
  return { month: monthOf(on), measure, figures };
}

function postingOf({ type, amount }: TransactionRow): Posting | null {
  switch (type) {
    case 'invoice':
    case 'creditNote':
      return type;
    case 'payment':
      return amount > 0 ? 'reversal' : 'payment';
    case 'interest':
    case 'fee':
    case 'collectionFee':
    case 'writeOff':
    case 'exchangeAdjustment':
    case 'other':
      return null;
  }
}

/** The measure of posted amounts: `[count, amount, …accounting]`, stored like a cell. */
function postedFigures(
  { currency, amount, ...row }: TransactionRow,
  posting: Posting,
): DatedFigures {
  const accounting = row.amountAccounting === null ? 'missing' : 'given';
  return {
    on: row.transactionOn,
    measure: `${posting}|${currency}|${accounting}`,
    figures: [1, amount, ...encodeUnscaled(row.amountAccounting ?? ZERO_UNSCALED)],
  };
}

/** What a measure of posted amounts is about; null for another measure. */
export function readMeasure(measure: string): {
  readonly posting: Posting;
  readonly currency: string;
  readonly accounting: 'given' | 'missing';
} | null {
  const [kind, currency = '', accounting] = measure.split('|');
  const posting = POSTINGS.find((one) => one === kind);
  if (posting === undefined) return null;
  return { posting, currency, accounting: accounting === 'given' ? 'given' : 'missing' };
}

function closedFigures(row: TransactionRow, on: Day): DatedFigures {
  const daysLate = on - dueDay(row);
  const figures = [1, on - row.transactionOn, daysLate, daysLate > 0 ? 1 : 0];
  return { on, measure: CLOSED_INVOICES, figures };
}
