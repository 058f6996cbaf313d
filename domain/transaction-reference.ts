// How a row names a transaction: by the record of its own source (SPEC §2.1).
import { recordId } from './key.ts';

export type TransactionReference = {
  /** The id of the transaction's document. */
  readonly id: string;
  readonly source: string;
  readonly record: string;
};

export function transactionReference(source: string, record: string): TransactionReference {
  return { id: recordId('transaction', source, record), source, record };
}
