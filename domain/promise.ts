// The verdict on a promise to pay (SPEC §3.5): derived at the as-of date, never stored, so that a
// reversed payment takes it back.
import { type Day, localDay } from './calendar.ts';
import type { OpenItem } from './open-item.ts';
import { rowOf } from './record.ts';
import {
  readSettlement,
  type SettledSums,
  type SettlementDocument,
  settledIn,
  withSide,
} from './settlement.ts';

export type Verdict = 'open' | 'kept' | 'broken';

/** Amounts in minor units of the transaction's currency, without sign. */
export type PromiseToPay = {
  readonly followUpOn: Day | null;
  readonly target: number;
  readonly paid: number;
  readonly verdict: Verdict;
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
  const before = settledWithin(item, settlements, Number.NEGATIVE_INFINITY, madeOn - 1, asOf);
  const paid = settledWithin(item, settlements, madeOn, last, asOf);
  const target =
    status.amount !== null && status.currency === item.row.currency
      ? Math.abs(status.amount)
      : Math.abs(item.row.amount) - before;
  const kept = paid >= target;
  const broken = followUpOn !== null && followUpOn < asOf;
  return { followUpOn, target, paid, verdict: kept ? 'kept' : broken ? 'broken' : 'open' };
}

/** What settlements dated from one day to another, both included, settle as of a day. */
function settledWithin(
  item: OpenItem,
  settlements: readonly SettlementDocument[],
  from: Day,
  to: Day,
  asOf: Day,
): number {
  let sums: SettledSums = {};
  for (const document of settlements) {
    const row = rowOf(document);
    if (row === null) continue;
    const { date, reversedOn, sides } = readSettlement(row, document.source);
    const reversed = reversedOn !== null && reversedOn <= asOf;
    if (date < from || date > to || reversed) continue;
    for (const side of sides) {
      if (side.transaction.id === item.document.id) sums = withSide(sums, side, 1);
    }
  }
  return settledIn(sums, item.row.currency).amount;
}
