// Numbers from a seed, for corpora that are the same every time.

export type Random = {
  /** A whole number from the least to the greatest, both included. */
  between(least: number, greatest: number): number;
  pick<T>(values: readonly T[]): T;
};

/** Numbers from a seed (xorshift, 32 bits). */
export function randomOf(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  for (let warmUp = 0; warmUp < 8; warmUp += 1) next();
  const between = (least: number, greatest: number) => least + (next() % (greatest - least + 1));
  return {
    between,
    pick: (values) => {
      const value = values[between(0, values.length - 1)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}
