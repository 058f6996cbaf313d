// What the rules of commands look at: the records a command names as far as they are known, what
// is pending, and today.
import type { Day } from '../calendar.ts';
import type { LetterDocument } from '../collection-letter.ts';
import { formatDay } from '../calendar.ts';
import { liveItem, type OpenItem } from '../open-item.ts';
import { rowOf } from '../record.ts';
import type { TransactionDocument } from '../transaction.ts';
import type { RecordName } from './command.ts';
import {
  movesMoney,
  PENDING_COMMANDS_MAX,
  PENDING_TOUCHES_MAX,
  type PendingDocument,
  pendingOn,
  touchesOf,
} from './pending-commands.ts';
import { type Checked, refused, type Refusal } from './refusal.ts';

export type Ledger = {
  /** Today in the company's time zone. */
  readonly businessDate: Day;
  /** All that is stored under the names a command uses, deleted ones and stubs included. */
  readonly documents: readonly (TransactionDocument | LetterDocument)[];
  /** All open transactions, where the command asks for them. */
  readonly open: readonly TransactionDocument[];
  /** Null while nothing was ever pending. */
  readonly pending: PendingDocument | null;
};

type Named = TransactionDocument | LetterDocument;

/** The record of a kind that a name means; a refusal where it means none, or several. */
function findNamed<Document extends Named>(
  known: readonly Document[],
  name: RecordName,
  pointer: string,
): Checked<Document> {
  const found = known.filter(
    (document) =>
      document.record === name.record &&
      (name.source === null || document.source === name.source) &&
      rowOf(document) !== null,
  );
  const [only] = found;
  if (only === undefined) {
    return refused('not-found', pointer, 'The customer has no such record.');
  }
  if (found.length > 1) {
    const detail = 'More than one source has a record of that name: name the source.';
    return refused('source-ambiguous', `${pointer}/source`, detail);
  }
  return { value: only };
}

/** The transaction a name means, with what is open of it now. */
export function findTransaction(
  { documents }: Ledger,
  name: RecordName,
  pointer: string,
): Checked<OpenItem> {
  const known = documents.flatMap((one) => (one.kind === 'transaction' ? [one] : []));
  const found = findNamed(known, name, pointer);
  if ('refusal' in found) return found;
  const item = liveItem(found.value);
  if (item === null) throw new Error('a transaction with a row has no live item');
  return { value: item };
}

/** The collection letter a name means. */
export function findLetter(
  { documents }: Ledger,
  name: RecordName,
  pointer: string,
): Checked<LetterDocument> {
  const known = documents.flatMap((one) => (one.kind === 'collectionLetter' ? [one] : []));
  return findNamed(known, name, pointer);
}

/** Refuses to move money on a transaction on which another command to do so is pending. */
export function pendingMoney(ledger: Ledger, id: string, pointer: string): Refusal | null {
  const pending = pendingOn(ledger.pending, id).some(({ type }) => movesMoney(type));
  if (!pending) return null;
  const detail = 'Another command is pending on the transaction: wait for its outcome.';
  return refused('already-pending', pointer, detail).refusal;
}

/** Refuses a date of a posting that is not between that of what it is about and today. */
export function postingDate({ businessDate }: Ledger, on: Day, earliest: Day): Refusal | null {
  if (on > businessDate) {
    const detail = `Nothing is posted ahead of today, which is ${formatDay(businessDate)}.`;
    return refused('date-in-future', '/date', detail).refusal;
  }
  if (on < earliest) {
    const detail = `What it is about is dated ${formatDay(earliest)}.`;
    return refused('date-too-early', '/date', detail).refusal;
  }
  return null;
}

/** Refuses one command more than a customer can have pending, or on more records. */
export function pendingLimit({ pending }: Ledger, touches: readonly string[]): Refusal | null {
  const commands = Object.keys(pending?.commands ?? {}).length;
  const isWithin =
    commands < PENDING_COMMANDS_MAX && touchesOf(pending) + touches.length <= PENDING_TOUCHES_MAX;
  if (isWithin) return null;
  const detail = 'The customer has too many commands pending: wait for their outcomes.';
  return refused('too-many-pending', '', detail).refusal;
}
