// On which company-wide lists a customer belongs, and on which it may still stand (DESIGN 7).

/** The pool that stands for all customers of a company. */
export const EVERY_CUSTOMER = '';

/** What the header remembers of lists; its own bookkeeping, not derived from rows alone. */
export type ListMemory = {
  /** The header's revision when anything a list row shows changed last. */
  readonly revision: number;
  /** Every list on which a row may stand: those it belongs on, and those it is about to leave. */
  readonly pools: readonly string[];
};

export const NO_LISTS: ListMemory = { revision: 0, pools: [] };

/** What decides about the lists of a customer: how many records there are, and its pools. */
export type Listed = {
  readonly records: number;
  readonly pools: ReadonlyMap<string, number>;
};

/** The lists a customer belongs on, as pools; a customer without records is on none. */
export function listedPools({ records, pools }: Listed): string[] {
  return records === 0 ? [] : [EVERY_CUSTOMER, ...[...pools.keys()].toSorted()];
}

/** The memory after a commit: lists are remembered before a row is written to any of them. */
export function withLists(
  memory: ListMemory,
  before: Listed,
  after: Listed & { readonly revision: number },
  isRowChanged: boolean,
): ListMemory {
  const belongs = listedPools(after);
  const moved = JSON.stringify(listedPools(before)) !== JSON.stringify(belongs);
  const pools = [...new Set([...memory.pools, ...belongs])].toSorted();
  return { revision: isRowChanged || moved ? after.revision : memory.revision, pools };
}
