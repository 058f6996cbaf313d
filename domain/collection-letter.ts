// Collection letters (SPEC §2.1): on the timeline once posted, marked when canceled (§3.6).
import { type Day } from './calendar.ts';
import type { JsonObject } from './json.ts';
import { addExact, amountOf } from './money.ts';
import type { RecordDocument } from './record.ts';
import { amountOrNull, dayOrNull, objects, oneOf, text, textOrNull } from './row-reader.ts';

export const LETTER_STATUSES = ['created', 'posted', 'canceled'] as const;
export type LetterStatus = (typeof LETTER_STATUSES)[number];

export type LetterDocument = RecordDocument<'collectionLetter'> & {
  readonly pk: string;
  readonly timeline: 'collectionLetter' | null;
  readonly timelineOn: Day | null;
};

/** Amounts in minor units of the letter's currency. */
export type CollectionLetter = {
  readonly number: string;
  /** The code of its place in the sequence of letters. */
  readonly code: string;
  readonly status: LetterStatus;
  readonly postedOn: Day | null;
  readonly currency: string;
  readonly amount: number;
  readonly fee: number | null;
  readonly documentUrl: string | null;
  /** `transaction` is the record of a transaction of the same source. */
  readonly lines: readonly { readonly transaction: string; readonly amount: number }[];
};

/** The typed letter of a row. */
export function readLetter(row: JsonObject): CollectionLetter {
  const currency = text(row, 'currency');
  const [fee, lines] = [amountOrNull(row, 'fee', currency), linesOf(row, currency)];
  return {
    number: text(row, 'number'),
    code: text(row, 'code'),
    status: oneOf(row, 'status', LETTER_STATUSES),
    postedOn: dayOrNull(row, 'postedDate'),
    currency,
    amount: amountOrNull(row, 'amount', currency) ?? sumOf(lines, fee),
    fee,
    documentUrl: textOrNull(row, 'documentUrl'),
    lines,
  };
}

/** What an ERP that keeps no total of a letter asks for in it: its lines, and the fee. */
function sumOf(lines: CollectionLetter['lines'], fee: number | null): number {
  return lines.reduce((sum, { amount }) => addExact(sum, amount), fee ?? 0);
}

/** A line that names its own currency may turn out to be in another than the letter. */
function linesOf(row: JsonObject, currency: string): CollectionLetter['lines'] {
  return objects(row, 'lines')
    .filter((line) => (textOrNull(line, 'currency') ?? currency) === currency)
    .map((line) => ({
      transaction: text(line, 'transaction'),
      amount: amountOf(text(line, 'amount'), currency),
    }));
}

/** The day a letter stands on the timeline; null before it was posted. */
export function letterDay(row: JsonObject | null): Day | null {
  if (row === null) return null;
  const { status, postedOn } = readLetter(row);
  return status === 'created' ? null : postedOn;
}
