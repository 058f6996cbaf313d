// The transaction that a command names, where the ERP has it.
import { SAMPLE_SOURCE } from '../sample/sample.ts';
import type { RecordName } from './command.ts';
import type { Ledger, LedgerTransaction } from './ledger.ts';
import { type Rejected, rejected } from './outcome.ts';

/** The ERP's name without its epoch, as commands and references give it. */
const ERP = SAMPLE_SOURCE.slice(0, SAMPLE_SOURCE.lastIndexOf('/'));

/** Whether a record is one of this ERP. */
export function isOwn(source: string): boolean {
  return source === ERP || source === SAMPLE_SOURCE;
}

/** The transaction, to be changed on a day that is not before its own; or why there is none. */
export function findTransaction(
  ledger: Ledger,
  { source, record }: RecordName,
  date: string,
): LedgerTransaction | Rejected {
  const transaction = isOwn(source) ? ledger.transaction(record) : null;
  if (transaction === null) return rejected('record-unknown');
  return date < transaction.date ? rejected('date-too-early') : transaction;
}
