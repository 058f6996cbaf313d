// Chance that repeats: the same seed gives the same sequence on every machine, so that the sample
// is the same bytes wherever it is made.

export type PseudoRandom = {
  /** A number in [0, 1). */
  next(): number;
  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of a list; throws on an empty one. */
  pick<T>(list: readonly T[]): T;
  /** One of a list by the weight of each; throws on an empty one. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** About normally distributed: mean 0, standard deviation 1, never beyond 6. */
  normal(): number;
  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[];
};

/** A generator for one purpose, named by its seed: what one draws does not move the others. */
export function pseudoRandom(seed: string): PseudoRandom {
  const next = mulberry32(fnv1a(seed));
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (list) => at(list, integer(0, list.length - 1)),
    weighted: (list) => {
      let rest = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of list) {
        rest -= weight;
        if (rest < 0) return item;
      }
      return at(list, list.length - 1)[0];
    },
    normal: () => Array.from({ length: 12 }, next).reduce((sum, part) => sum + part, -6),
    shuffled: (list) => {
      const order = [...list];
      for (let last = order.length - 1; last > 0; last -= 1) {
        const other = integer(0, last);
        [order[last], order[other]] = [at(order, other), at(order, last)];
      }
      return order;
    },
  };
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError('nothing to choose from');
  return item;
}

/** FNV-1a, 32 bits (draft-eastlake-fnv). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Mulberry32, a small generator of 32 bits of state in the public domain. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
