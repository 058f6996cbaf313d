// The verdict on a promise to pay (SPEC §3.5): derived at the as-of date, never stored, so that a
// reversed payment takes it back.
import { type Day, localDay } from './calendar.ts';
import { addExact } from './money.ts';
import type { OpenItem } from './open-item.ts';
import { rowOf } from './record.ts';
import { readSettlement, type SettlementDocument, settledIn, withSide } from './settlement.ts';

export type Verdict = 'open' | 'kept' | 'broken';

/** Amounts in minor units of the transaction's currency, without sign. */
export type PromiseToPay = {
  readonly followUpOn: Day | null;
  readonly target: number;
  readonly paid: number;
  readonly verdict: Verdict;
  /** The day since which it is kept, without a break; null where it is not. */
  readonly keptOn: Day | null;
};

/** The promise on an item at a date; null where its status is none. */
export function promiseOf(
  item: OpenItem,
  settlements: readonly SettlementDocument[],
  asOf: Day,
  timeZone: string,
): PromiseToPay | null {
  const { status } = item.document;
  if (status?.status !== 'promiseToPay') return null;
  const madeOn = localDay(status.changedAt, timeZone);
  const { followUpOn } = status;
  const last = followUpOn === null ? asOf : Math.min(followUpOn, asOf);
  const settled = settledByDay(item, settlements, asOf);
  const before = settled.filter(([day]) => day < madeOn).map(([, amount]) => amount);
  const target =
    status.amount !== null && status.currency === item.row.currency
      ? Math.abs(status.amount)
      : addExact(Math.abs(item.row.amount), -before.reduce(addExact, 0));
  let [paid, keptOn]: [number, Day | null] = [0, target <= 0 ? madeOn : null];
  for (const [day, amount] of settled) {
    if (day < madeOn || day > last) continue;
    paid = addExact(paid, amount);
    keptOn = paid < target ? null : (keptOn ?? day);
  }
  const broken = followUpOn !== null && followUpOn < asOf;
  const verdict = keptOn !== null ? 'kept' : broken ? 'broken' : 'open';
  return { followUpOn, target, paid, verdict, keptOn };
}

/** What settlements not reversed as of a day settle on each, earliest first. */
function settledByDay(
  { document, row }: OpenItem,
  settlements: readonly SettlementDocument[],
  asOf: Day,
): (readonly [Day, number])[] {
  const days = new Map<Day, number>();
  for (const settlement of settlements) {
    const told = rowOf(settlement);
    if (told === null) continue;
    const { date, reversedOn, sides } = readSettlement(told, settlement.source);
    if (reversedOn !== null && reversedOn <= asOf) continue;
    for (const side of sides) {
      if (side.transaction.id !== document.id) continue;
      const { amount } = settledIn(withSide({}, side, 1), row.currency);
      days.set(date, addExact(days.get(date) ?? 0, amount));
    }
  }
  return [...days].toSorted(([a], [b]) => a - b);
}
