// What one document adds to its customer's header. The header is the sum of these, so that a
// change costs the difference of two contributions, whatever the customer's size (DESIGN 2).
import type { Day } from './calendar.ts';
import type { Cell } from './cell.ts';
import type { CustomerDocument } from './customer-document.ts';
import type { HistogramEntry } from './histogram.ts';
import { type OpenAmount, settledBeyondKnown, signedSettled } from './open-amount.ts';
import { rowOf } from './record.ts';
import { text } from './row-reader.ts';
import { type SeriesKey, seriesKey } from './series.ts';
import { settledIn, sideCount } from './settlement.ts';
import { datedFigures, monthEntryOf } from './dated-figures.ts';
import type { MonthEntry } from './month-sums.ts';
import { readTransaction, type TransactionDocument } from './transaction.ts';
import { basisDay } from './transaction-row.ts';
import { ZERO_UNSCALED } from './unscaled-amount.ts';

export type Contribution = {
  /** Records that exist: known and not deleted. */
  readonly records: number;
  readonly transactions: number;
  readonly entries: readonly HistogramEntry[];
  /** Days that other bases than the due date age it from: no sum, but list rows depend on them. */
  readonly agedFrom: readonly Day[];
  /** The whole open amount where the transaction is on that tab (SPEC §3.5). */
  readonly disputed: readonly SeriesCell[];
  readonly promised: readonly SeriesCell[];
  readonly overSettled: number;
  readonly unmatchedSettlements: number;
  /** Transactions that say they are settled, while nothing says when (SPEC §3.2, approximate). */
  readonly undatedSettlements: number;
  readonly openInvoices: number;
  /** Transactions promised to be paid, open or not. */
  readonly promises: number;
  readonly months: readonly MonthEntry[];
  /** Pools it says the customer is in. */
  readonly pools: readonly string[];
};

export type SeriesCell = { readonly series: SeriesKey; readonly cell: Cell };

const NOTHING: Contribution = {
  records: 0,
  transactions: 0,
  entries: [],
  agedFrom: [],
  disputed: [],
  promised: [],
  overSettled: 0,
  unmatchedSettlements: 0,
  undatedSettlements: 0,
  openInvoices: 0,
  promises: 0,
  months: [],
  pools: [],
};

/** What a document adds; a document that does not exist adds nothing. */
export function contributionOf(document: CustomerDocument | null): Contribution {
  if (document === null) return NOTHING;
  switch (document.kind) {
    case 'transaction':
      return contributionOfTransaction(document);
    case 'customer':
    case 'settlement':
    case 'installment':
    case 'collectionsStatus':
    case 'contact':
    case 'collectionLetter':
    case 'activity':
      return rowOf(document) === null ? NOTHING : { ...NOTHING, records: 1 };
    case 'history':
    case 'tally':
      return NOTHING;
    case 'poolMember': {
      const row = rowOf(document);
      return row === null ? NOTHING : { ...NOTHING, records: 1, pools: [text(row, 'pool')] };
    }
  }
}

function contributionOfTransaction(document: TransactionDocument): Contribution {
  const transaction = readTransaction(document);
  if (transaction === null) {
    return { ...NOTHING, unmatchedSettlements: sideCount(document.settled) };
  }
  const { row, open } = transaction;
  const known = settledIn(document.settled, row.currency);
  const beyond = settledBeyondKnown(row, signedSettled(row, known));
  const onTab: SeriesCell[] = open.open === 0 ? [] : [wholeCell(row.currency, open)];
  return {
    ...NOTHING,
    records: 1,
    transactions: 1,
    entries: entriesOf(row.currency, open),
    agedFrom:
      open.parts.length === 0
        ? []
        : [basisDay(row, 'transactionDate'), basisDay(row, 'documentDate')],
    disputed: document.collections === 'disputed' ? onTab : [],
    promised: document.collections === 'promiseToPay' ? onTab : [],
    overSettled: open.overSettled ? 1 : 0,
    unmatchedSettlements: known.unmatched,
    undatedSettlements: beyond !== 0 && row.closedOn === null ? 1 : 0,
    openInvoices: row.type === 'invoice' && open.open !== 0 && !row.canceled ? 1 : 0,
    promises: document.collections === 'promiseToPay' ? 1 : 0,
    months: datedFigures(document, transaction).map(monthEntryOf),
  };
}

function wholeCell(currency: string, open: OpenAmount): SeriesCell {
  return {
    series: seriesOf(currency, open),
    cell: { count: 1, amount: open.open, accounting: open.accounting ?? ZERO_UNSCALED },
  };
}

function seriesOf(currency: string, open: OpenAmount): SeriesKey {
  return seriesKey({
    currency,
    accounting: open.accounting === null ? 'missing' : 'given',
    side: open.open < 0 ? 'credit' : 'debit',
  });
}

/** One entry per open part; the transaction counts once, on its earliest (SPEC §3.3, count). */
export function entriesOf(currency: string, open: OpenAmount): HistogramEntry[] {
  const series = seriesOf(currency, open);
  return open.parts.map((part, index) => ({
    series,
    day: part.dueOn,
    cell: {
      count: index === 0 ? 1 : 0,
      amount: part.open,
      accounting: part.accounting ?? ZERO_UNSCALED,
    },
  }));
}
