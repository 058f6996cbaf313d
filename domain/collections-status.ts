// The collections status of a transaction (SPEC §3.5): of all that was ever said of it, the
// newest counts.
import { type Day, formatInstant, parseInstant } from './calendar.ts';
import type { JsonObject } from './json.ts';
import type { RecordDocument } from './record.ts';
import { referenceIn } from './record-reference.ts';
import { amountOrNull, dayOrNull, text, textOrNull } from './row-reader.ts';
import { type TransactionReference, transactionReference } from './transaction-reference.ts';

export const COLLECTIONS_STATUSES = ['none', 'disputed', 'promiseToPay', 'resolved'] as const;
export type CollectionsStatus = (typeof COLLECTIONS_STATUSES)[number];

/** Words an ERP may send for a promise whose verdict it has derived; ours is our own (SPEC §2.1). */
export const PROMISE_VERDICT_WORDS = ['promiseKept', 'promiseBroken'] as const;

export type StatusDocument = RecordDocument<'collectionsStatus'> & {
  readonly pk: string;
  /** Id of the transaction it is about; null when it was deleted. */
  readonly transaction: string | null;
};

/** A status as a transaction's document keeps it; the amount in minor units of its currency. */
export type StatusEntry = {
  readonly source: string;
  readonly record: string;
  readonly status: CollectionsStatus;
  readonly changedAt: string;
  readonly followUpOn: Day | null;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly reason: string | null;
  readonly note: string | null;
};

/** What a record says of a transaction. */
export type StatusWord = {
  readonly transaction: TransactionReference;
  readonly entry: StatusEntry;
};

function readStatus(row: JsonObject, source: string, record: string): StatusWord {
  const currency = textOrNull(row, 'currency');
  const changedAt = parseInstant(text(row, 'changedAt'));
  if (changedAt === null) throw new Error('a stored row has no valid changedAt');
  return {
    transaction: transactionReference(referenceIn(row, 'transaction', source)),
    entry: {
      source,
      record,
      status: statusOf(text(row, 'status')),
      changedAt: formatInstant(changedAt),
      followUpOn: dayOrNull(row, 'followUpDate'),
      amount: currency === null ? null : amountOrNull(row, 'amount', currency),
      currency,
      reason: textOrNull(row, 'reason'),
      note: textOrNull(row, 'note'),
    },
  };
}

/** The status a record tells, and the transaction it is about; null when it was deleted. */
export function statusWordOf(
  row: JsonObject | null,
  source: string,
  record: string,
): StatusWord | null {
  return row === null ? null : readStatus(row, source, record);
}

function statusOf(sent: string): CollectionsStatus {
  if (PROMISE_VERDICT_WORDS.some((word) => word === sent)) return 'promiseToPay';
  const status = COLLECTIONS_STATUSES.find((known) => known === sent);
  if (status === undefined) throw new Error('a stored row has an unknown status');
  return status;
}

/** Whether `left` is the newer word; ties by source, then record (SPEC §3.5). */
export function isNewerStatus(left: StatusEntry, right: StatusEntry): boolean {
  if (left.changedAt !== right.changedAt) return left.changedAt > right.changedAt;
  if (left.source !== right.source) return left.source > right.source;
  return left.record > right.record;
}
