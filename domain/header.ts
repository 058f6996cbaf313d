// The customer's header: sums of all its documents, from which aged balances at today's date,
// tab totals and credit follow in one point read (DESIGN 4). It knows no reference data, and
// nothing in it is wrong tomorrow.
import { addCells, type Cell, EMPTY_CELL, isEmptyCell, negateCell } from './cell.ts';
import { type Contribution, contributionOf, type SeriesCell } from './contribution.ts';
import {
  type Candidates,
  type DocumentChange,
  type GreatestValues,
  greatestValues,
  type Maximum,
  NO_VALUES,
} from './greatest-values.ts';
import { type Histogram, type HistogramEntry, withEntries } from './histogram.ts';
import { inOrderOfNames } from './json.ts';
import { type ListMemory, NO_LISTS, withLists } from './listing.ts';
import { type MonthSums, withMonthEntries } from './month-sums.ts';
import type { SeriesKey } from './series.ts';
import { type Completions, NO_COMPLETIONS } from './snapshot.ts';
import { compareVersions, type Version } from './version.ts';

export type Header = GreatestValues & {
  /** Grows by one with every commit; the only field that depends on how changes arrived. */
  readonly revision: number;
  /** Newest version by source. */
  readonly sources: { readonly [source: string]: Version };
  readonly records: number;
  readonly transactions: number;
  readonly histogram: Histogram;
  readonly disputed: ReadonlyMap<SeriesKey, Cell>;
  readonly promised: ReadonlyMap<SeriesKey, Cell>;
  readonly overSettled: number;
  readonly unmatchedSettlements: number;
  readonly undatedSettlements: number;
  readonly openInvoices: number;
  readonly promises: number;
  readonly months: MonthSums;
  /** Records that say the customer is in a pool, by pool: more than one may (SPEC §7). */
  readonly pools: ReadonlyMap<string, number>;
  readonly lists: ListMemory;
  /** The snapshots in effect by which its records were judged. */
  readonly snapshots: Completions;
  /** When the customer was erased (SPEC §7): from then on no row of it is stored whole. */
  readonly erasedAt: string | null;
};

/** The header of a customer nothing is known of. */
export const EMPTY_HEADER: Header = {
  ...NO_VALUES,
  revision: 0,
  sources: {},
  records: 0,
  transactions: 0,
  histogram: new Map(),
  disputed: new Map(),
  promised: new Map(),
  overSettled: 0,
  unmatchedSettlements: 0,
  undatedSettlements: 0,
  openInvoices: 0,
  promises: 0,
  months: new Map(),
  pools: new Map(),
  lists: NO_LISTS,
  snapshots: NO_COMPLETIONS,
  erasedAt: null,
};

export type Advance =
  | { readonly kind: 'advanced'; readonly header: Header }
  | { readonly kind: 'lost'; readonly maxima: readonly Maximum[] };

/**
 * The header after documents changed: what they added before is taken out, what they add now is
 * put in. Where a greatest value was lost, it must be called again with candidates for it.
 */
export function advanceHeader(
  header: Header,
  changes: readonly DocumentChange[],
  candidates: Candidates,
): Advance {
  const greatest = greatestValues(header, changes, candidates);
  if (greatest.kind === 'lost') return greatest;
  const { isRowChanged, ...sums } = withContributions(header, changes);
  const revision = header.revision + 1;
  const isProfileChanged = greatest.values.profile !== header.profile;
  const after = { ...sums, revision };
  return {
    kind: 'advanced',
    header: {
      ...after,
      ...greatest.values,
      sources: withVersions(header.sources, changes),
      lists: withLists(header.lists, header, after, isRowChanged || isProfileChanged),
    },
  };
}

/** The sums after documents changed, and whether what aged balances are made from did. */
function withContributions(
  header: Header,
  changes: readonly DocumentChange[],
): Header & { readonly isRowChanged: boolean } {
  const entries: HistogramEntry[] = [];
  const disputed: SeriesCell[] = [];
  const promised: SeriesCell[] = [];
  const pools = new Map(header.pools);
  let { records, transactions, overSettled, unmatchedSettlements, undatedSettlements } = header;
  let { openInvoices, promises, months } = header;
  let isRowChanged = false;
  for (const change of changes) {
    const [before, after] = [contributionOf(change.before), contributionOf(change.after)];
    isRowChanged ||= !isAgedTheSame(before, after);
    for (const sign of [-1, 1] as const) {
      const contribution = sign === 1 ? after : before;
      records += sign * contribution.records;
      transactions += sign * contribution.transactions;
      overSettled += sign * contribution.overSettled;
      unmatchedSettlements += sign * contribution.unmatchedSettlements;
      undatedSettlements += sign * contribution.undatedSettlements;
      openInvoices += sign * contribution.openInvoices;
      promises += sign * contribution.promises;
      months = withMonthEntries(months, contribution.months, sign);
      for (const pool of contribution.pools) count(pools, pool, sign);
      for (const entry of contribution.entries) entries.push(signed(entry, sign));
      for (const entry of contribution.disputed) disputed.push(signed(entry, sign));
      for (const entry of contribution.promised) promised.push(signed(entry, sign));
    }
  }
  return {
    ...header,
    records,
    transactions,
    overSettled,
    unmatchedSettlements,
    undatedSettlements,
    openInvoices,
    promises,
    months,
    histogram: withEntries(header.histogram, entries),
    disputed: withCells(header.disputed, disputed),
    promised: withCells(header.promised, promised),
    pools,
    isRowChanged,
  };
}

/** Whether aged balances are the same before and after, whatever the basis. */
function isAgedTheSame(before: Contribution, after: Contribution): boolean {
  if (before.entries.length !== after.entries.length) return false;
  const [was, is] = [before, after].map(({ entries, agedFrom }) => [entries, agedFrom]);
  return JSON.stringify(was) === JSON.stringify(is);
}

/** Counts one more or one less; nothing left leaves no trace. */
function count(counts: Map<string, number>, key: string, sign: 1 | -1): void {
  const left = (counts.get(key) ?? 0) + sign;
  if (left === 0) counts.delete(key);
  else counts.set(key, left);
}

function signed<T extends { readonly cell: Cell }>(entry: T, sign: 1 | -1): T {
  return sign === 1 ? entry : { ...entry, cell: negateCell(entry.cell) };
}

function withCells(
  cells: ReadonlyMap<SeriesKey, Cell>,
  added: readonly SeriesCell[],
): ReadonlyMap<SeriesKey, Cell> {
  if (added.length === 0) return cells;
  const sums = new Map(cells);
  for (const { series, cell } of added) {
    const sum = addCells(sums.get(series) ?? EMPTY_CELL, cell);
    if (isEmptyCell(sum)) sums.delete(series);
    else sums.set(series, sum);
  }
  return sums;
}

function withVersions(
  sources: Header['sources'],
  changes: readonly DocumentChange[],
): Header['sources'] {
  let newest = sources;
  for (const { after } of changes) {
    if (after === null) continue;
    for (const part of Object.values(after.parts)) newest = withVersion(newest, after.source, part);
  }
  return newest;
}

function withVersion(
  sources: Header['sources'],
  source: string,
  { epoch, version }: Version,
): Header['sources'] {
  const known = Object.hasOwn(sources, source) ? sources[source] : undefined;
  if (known !== undefined && compareVersions({ epoch, version }, known) <= 0) return sources;
  return inOrderOfNames(Object.entries({ ...sources, [source]: { epoch, version } }));
}
