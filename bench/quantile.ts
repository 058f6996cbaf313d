// Quantiles of measured values. Pure; the benchmarks judge nothing by a mean.

/** The median; of an even number of values the lower middle one. Throws when there is none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that a share of all values does not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(share * values.length));
  const found = values.toSorted((a, b) => a - b)[rank - 1];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}
