// Pages of transactions that were worked out here rather than in the store, in the order of the
// tabs: by due date, then by id.
import type { OpenItem } from '../domain/open-item.ts';
import { dueDay } from '../domain/transaction-row.ts';
import type { TransactionPosition } from './ports.ts';

type Page<Item> = {
  readonly items: readonly Item[];
  /** Where the next page goes on; null on the last. */
  readonly next: TransactionPosition | null;
};

/** Where an item stands in a list. */
function positionOf({ document, row }: OpenItem): TransactionPosition {
  return { dueOn: dueDay(row), id: document.id };
}

/** Below zero where `left` comes first. */
function comparePositions(left: TransactionPosition, right: TransactionPosition): number {
  if (left.dueOn !== right.dueOn) return left.dueOn - right.dueOn;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}

/** The items after a position, earliest first unless descending. */
export function itemsAfter<Item extends OpenItem>(
  items: readonly Item[],
  after: TransactionPosition | null,
  descending: boolean,
): Item[] {
  const sign = descending ? -1 : 1;
  const sorted = items.toSorted((a, b) => sign * comparePositions(positionOf(a), positionOf(b)));
  if (after === null) return sorted;
  return sorted.filter((item) => sign * comparePositions(positionOf(item), after) > 0);
}

/** One page of all items. */
export function pageOf<Item extends OpenItem>(
  all: readonly Item[],
  { after, limit }: { readonly after: TransactionPosition | null; readonly limit: number },
): Page<Item> {
  return firstPage(itemsAfter(all, after, false), limit);
}

/** The first items of a list of which at least one more than the limit was found, if there is one. */
export function firstPage<Item extends OpenItem>(
  found: readonly Item[],
  limit: number,
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? positionOf(last) : null };
}
