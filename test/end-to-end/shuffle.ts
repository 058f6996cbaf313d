// Orders that look random and are the same in every run.
import { createHash } from 'node:crypto';

/** The items in an order that follows from the seed alone. */
export function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  return items
    .map((item, index) => ({ item, rank: hash(`${seed}:${index}`) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ item }) => item);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Every distinct order of a multiset: items that are the same object are not told apart. */
export function distinctOrders<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return [...new Set(items)].flatMap((first) => {
    const rest = items.toSpliced(items.indexOf(first), 1);
    return distinctOrders(rest).map((order) => [first, ...order]);
  });
}
