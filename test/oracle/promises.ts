// What was said of a transaction, and whether a promise holds (SPEC §3.5), from all rows: an
// oracle. It must never import what it judges.
import { scaled } from './decimal.ts';
import { localDate } from './local-date.ts';
import type { CurrentRow } from './newest-rows.ts';
import { decimalsIn, sidesOf, textIn } from './open-as-of.ts';

export type Promised = {
  readonly target: bigint;
  readonly paid: bigint;
  readonly verdict: 'open' | 'kept' | 'broken';
  /** The day since which it is kept; null where it is not. */
  readonly keptOn: string | null;
  readonly followUp: string | null;
};

/** The newest word on a transaction; null where nothing was said. */
function newestStatus(rows: readonly CurrentRow[], transaction: CurrentRow): CurrentRow | null {
  const weight = (row: CurrentRow) => [textIn(row, 'changedAt'), row.source, row.record].join(' ');
  const words = rows
    .filter(({ entity, source }) => entity === 'collectionsStatus' && source === transaction.source)
    .filter((row) => textIn(row, 'transaction') === transaction.record)
    .toSorted((a, b) => (weight(a) < weight(b) ? -1 : 1));
  return words.at(-1) ?? null;
}

/** The status of a transaction; what an ERP made of a promise is a promise. */
export function statusOf(rows: readonly CurrentRow[], transaction: CurrentRow): string {
  const word = newestStatus(rows, transaction);
  const status = word === null ? 'none' : (textIn(word, 'status') ?? 'none');
  return status.startsWith('promise') ? 'promiseToPay' : status;
}

/** The promise on a transaction at a date, for a company in this time zone. */
export function promiseOn(
  rows: readonly CurrentRow[],
  transaction: CurrentRow,
  asOf: string,
  timeZone = 'UTC',
): Promised | null {
  const word = newestStatus(rows, transaction);
  if (word === null || statusOf(rows, transaction) !== 'promiseToPay') return null;
  const own = textIn(transaction, 'currency') ?? '';
  const madeOn = localDate(Date.parse(textIn(word, 'changedAt') ?? ''), timeZone);
  const followUp = textIn(word, 'followUpDate');
  const settled = settledOn(rows, transaction, own, asOf);
  const sum = (some: typeof settled) => some.reduce((total, { amount }) => total + amount, 0n);
  const told = textIn(word, 'currency') === own ? textIn(word, 'amount') : null;
  const size = (text: string) => scaled(text.replace('-', ''), decimalsIn(own));
  const target =
    told === null
      ? size(textIn(transaction, 'amount') ?? '') - sum(settled.filter(({ date }) => date < madeOn))
      : size(told);
  const last = followUp !== null && followUp < asOf ? followUp : asOf;
  const counted = settled.filter(({ date }) => date >= madeOn && date <= last);
  const isReachedOn = (day: string) => sum(counted.filter(({ date }) => date <= day)) >= target;
  const days = [...new Set([madeOn, ...counted.map(({ date }) => date)])].toSorted();
  const keptOn =
    days.find((day) => days.every((other) => other < day || isReachedOn(other))) ?? null;
  const paid = sum(counted);
  if (paid >= target) return { target, paid, verdict: 'kept', keptOn, followUp };
  const verdict = followUp !== null && followUp < asOf ? 'broken' : 'open';
  return { target, paid, verdict, keptOn: null, followUp };
}

/** Settlements of a transaction that are not reversed by a day, in its currency. */
function settledOn(
  rows: readonly CurrentRow[],
  transaction: CurrentRow,
  own: string,
  asOf: string,
): { readonly date: string; readonly amount: bigint }[] {
  return rows
    .filter(({ entity, source }) => entity === 'settlement' && source === transaction.source)
    .filter((row) => asOf < (textIn(row, 'reversed') ?? '9999'))
    .flatMap((row) =>
      sidesOf(row)
        .filter(
          ({ record, currency }) => record === transaction.record && (currency ?? own) === own,
        )
        .map(({ amount }) => ({
          date: textIn(row, 'date') ?? '',
          amount: scaled(amount, decimalsIn(own)),
        })),
    );
}
