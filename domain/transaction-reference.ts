// A transaction as settlements, installments and statuses name it.
import { recordId } from './key.ts';
import type { RecordReference } from './record-reference.ts';

export type TransactionReference = RecordReference & {
  /** The id of the transaction's document. */
  readonly id: string;
};

export function transactionReference({ source, record }: RecordReference): TransactionReference {
  return { id: recordId('transaction', source, record), source, record };
}
