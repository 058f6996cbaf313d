// Automatic settlement (SPEC §5): the open credits of a currency against its open debits, both
// oldest first, a debit being as old as it is due. What has several open parts with due dates of
// their own is settled part by part, so that nothing due later goes first.
import type { Day } from '../calendar.ts';
import { ageDay, type OpenItem } from '../open-item.ts';

/** Pairs of one automatic settlement: what a message takes. The oldest come first. */
export const AUTOMATIC_PAIRS_MAX = 100;

/** An amount in minor units, greater than zero, of one transaction against one credit. */
export type Match = {
  readonly transaction: OpenItem;
  readonly offset: OpenItem;
  readonly amount: number;
};

/**
 * Which credits settle which debits, and by how much: at most what is open on either side, as long
 * as there is some on both. Items dated after the day of the settlement are left alone. The order
 * of the items makes no difference.
 */
export function settleOldestFirst(
  items: readonly OpenItem[],
  currency: string,
  on: Day,
): readonly Match[] {
  const settled = items.filter(({ row }) => row.currency === currency && row.transactionOn <= on);
  const debits = settled.flatMap(partsOf).toSorted(byAge);
  const credits = settled
    .filter(({ open }) => open.open < 0)
    .map((item) => ({ item, on: ageDay(item, 'dueDate'), rest: -item.open.open }))
    .toSorted(byAge);
  const matches: Match[] = [];
  for (const credit of credits) {
    let { rest } = credit;
    for (let debit = debits[0]; debit !== undefined && rest > 0; debit = debits[0]) {
      const amount = Math.min(debit.rest, rest);
      matches.push({ transaction: debit.item, offset: credit.item, amount });
      rest -= amount;
      debit.rest -= amount;
      if (debit.rest === 0) debits.shift();
    }
  }
  return mergedPairs(matches).slice(0, AUTOMATIC_PAIRS_MAX);
}

/** Something open, counted without sign; `rest` is what is left of it. */
type Part = { readonly item: OpenItem; readonly on: Day; rest: number };

/** The open parts of a debit; none for a credit, or what is not open. */
function partsOf(item: OpenItem): Part[] {
  if (item.open.open <= 0) return [];
  return item.open.parts.map(({ dueOn, open }) => ({ item, on: dueOn, rest: open }));
}

/** By day, then by the transaction's date and name, so that there is one order only. */
function byAge(left: Part, right: Part): number {
  if (left.on !== right.on) return left.on - right.on;
  const [leftOn, rightOn] = [left.item.row.transactionOn, right.item.row.transactionOn];
  if (leftOn !== rightOn) return leftOn - rightOn;
  return left.item.document.id < right.item.document.id ? -1 : 1;
}

/** One match for each two transactions: a credit may settle several parts of a debit. */
function mergedPairs(matches: readonly Match[]): readonly Match[] {
  const pairs = new Map<string, Match>();
  for (const match of matches) {
    const key = JSON.stringify([match.transaction.document.id, match.offset.document.id]);
    const before = pairs.get(key)?.amount ?? 0;
    pairs.set(key, { ...match, amount: before + match.amount });
  }
  return [...pairs.values()];
}
