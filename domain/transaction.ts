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
  paidOffDay,
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
  /** The day an invoice was paid off; see {@link paidOffDay}. */
  readonly paidOffOn: Day | null;
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
  readonly carried?: readonly string[];
};

/** A transaction as far as it is known: its typed row, and what is open of it now. */
export type Transaction = { readonly row: TransactionRow; readonly open: OpenAmount };

/** The transaction a document holds; null while its row is unknown or deleted. */
export function readTransaction(state: TransactionState): Transaction | null {
  const row = readRow(state.parts);
  return row === null ? null : { row, open: liveOpen(state, row) };
}

/** Parts never change, and outlive what settles the transaction: their row is read once. */
const rows = new WeakMap<Parts, TransactionRow | null>();

function readRow(parts: Parts): TransactionRow | null {
  const known = rows.get(parts);
  if (known !== undefined) return known;
  const json = rowOf({ parts });
  const row = json === null ? null : readTransactionRow(json);
  rows.set(parts, row);
  return row;
}

/** The document of a state: adds what queries select and sort by. */
export function derive(state: TransactionState): TransactionDocument {
  const transaction = readTransaction(state);
  const row = transaction?.row ?? null;
  const open = transaction?.open.open ?? 0;
  const timeline = row === null ? null : timelineOf(row);
  const { carried, ...rest } = state;
  return {
    ...rest,
    kind: 'transaction',
    open: open !== 0,
    credit: open < 0,
    collections: state.status?.status ?? 'none',
    dueOn: row === null ? null : dueDay(row),
    transactionOn: row?.transactionOn ?? null,
    closedOn: row?.closedOn ?? null,
    timeline,
    timelineOn: timeline === null ? null : (row?.transactionOn ?? null),
    paidOn: row === null ? null : paymentDay(row),
    paidOffOn: row === null ? null : paidOffDay(row, open, state.lastSettledOn),
    // Last, whenever it came: equal documents are equal texts.
    ...(carried === undefined ? {} : { carried }),
  };
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
