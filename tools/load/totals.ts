// What the server said about the changes sent so far.

/** Counts of changes over all receipts, those before an interruption included. */
export type Totals = {
  readonly accepted: number;
  /** Told more than once within one request. */
  readonly duplicates: number;
  readonly rejected: number;
};

export const NOTHING_SENT: Totals = { accepted: 0, duplicates: 0, rejected: 0 };

export function addTotals(a: Totals, b: Totals): Totals {
  return {
    accepted: a.accepted + b.accepted,
    duplicates: a.duplicates + b.duplicates,
    rejected: a.rejected + b.rejected,
  };
}
