// The transaction's document: the unit of contribution (DESIGN 2). Its row as told, the sums of
// what settles it and its winning status; or only those, while the row has not arrived.
import type { Day } from './calendar.ts';
import type { CollectionsStatus, StatusEntry } from './collections-status.ts';
import type { InstallmentSums } from './installment.ts';
import { liveOpen, type OpenAmount } from './open-amount.ts';
import { type Parts, type RecordDocument, rowOf } from './record.ts';
import type { SettledSums } from './settlement.ts';
import {
  dueDay,
  paymentDay,
  readTransactionRow,
  type TransactionRow,
  type TransactionTimeline,
  timelineOf,
} from './transaction-row.ts';

export type TransactionDocument = RecordDocument<'transaction'> & {
  readonly pk: string;
  readonly settled: SettledSums;
  readonly installments: InstallmentSums;
  readonly status: StatusEntry | null;
  /** The latest date of the settlements that are in effect; null when there are none. */
  readonly lastSettledOn: Day | null;
  /** What follows is derived, for queries: see {@link derive}. */
  readonly open: boolean;
  /** Open, and owed to the customer. */
  readonly credit: boolean;
  readonly collections: CollectionsStatus;
  /** When it is due; null while unknown. */
  readonly dueOn: Day | null;
  readonly transactionOn: Day | null;
  readonly closedOn: Day | null;
  /** Where it stands on the timeline, and on which day (SPEC §3.6). */
  readonly timeline: TransactionTimeline | null;
  readonly timelineOn: Day | null;
  /** The day of a payment; see {@link paymentDay}. */
  readonly paidOn: Day | null;
};

/** What a transaction's document is made from. */
export type TransactionState = {
  readonly id: string;
  readonly pk: string;
  readonly source: string;
  readonly record: string;
  readonly parts: Parts;
  readonly changedAt: string | null;
  readonly settled: SettledSums;
  readonly installments: InstallmentSums;
  readonly status: StatusEntry | null;
  readonly lastSettledOn: Day | null;
};

/** A transaction as far as it is known: its typed row, and what is open of it now. */
export type Transaction = { readonly row: TransactionRow; readonly open: OpenAmount };

/** Documents never change, so what one holds is worked out once. */
const known = new WeakMap<TransactionDocument, Transaction | null>();

/** The transaction a document holds; null while its row is unknown or deleted. */
export function readTransaction(document: TransactionDocument): Transaction | null {
  const held = known.get(document);
  if (held !== undefined) return held;
  const json = rowOf(document);
  const row = json === null ? null : readTransactionRow(json);
  const transaction = row === null ? null : { row, open: liveOpen(document, row) };
  known.set(document, transaction);
  return transaction;
}

/** The document of a state: adds what queries select and sort by. */
export function derive(state: TransactionState): TransactionDocument {
  const unknown: TransactionDocument = {
    ...state,
    kind: 'transaction',
    open: false,
    credit: false,
    collections: state.status?.status ?? 'none',
    dueOn: null,
    transactionOn: null,
    closedOn: null,
    timeline: null,
    timelineOn: null,
    paidOn: null,
  };
  const transaction = readTransaction(unknown);
  if (transaction === null) return unknown;
  const { row, open } = transaction;
  const timeline = timelineOf(row);
  const derived: TransactionDocument = {
    ...unknown,
    open: open.open !== 0,
    credit: open.open < 0,
    dueOn: dueDay(row),
    transactionOn: row.transactionOn,
    closedOn: row.closedOn,
    timeline,
    timelineOn: timeline === null ? null : row.transactionOn,
    paidOn: paymentDay(row),
  };
  // The derived fields are no part of what it was derived from.
  known.set(derived, transaction);
  return derived;
}

/** Whether nothing is known of the transaction: then it needs no document at all. */
export function isEmpty(document: TransactionDocument): boolean {
  return (
    Object.keys(document.parts).length === 0 &&
    Object.keys(document.settled).length === 0 &&
    Object.keys(document.installments).length === 0 &&
    document.status === null
  );
}
