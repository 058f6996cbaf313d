// The customer's header: sums of all its documents, from which aged balances at today's date,
// tab totals and credit follow in one point read (DESIGN 4). It knows no reference data, and
// nothing in it is wrong tomorrow.
import type { Day } from './calendar.ts';
import { addCells, type Cell, EMPTY_CELL, isEmptyCell, negateCell } from './cell.ts';
import { contributionOf, type SeriesCell } from './contribution.ts';
import type { CustomerDocument, ProfileDocument } from './customer-document.ts';
import { type Histogram, type HistogramEntry, withEntries } from './histogram.ts';
import type { JsonObject } from './json.ts';
import { rowOf } from './record.ts';
import type { SeriesKey } from './series.ts';
import { compareVersions, type Version } from './version.ts';

/** The customer's own record that counts: the one changed last, ties by source and record. */
export type Profile = {
  readonly source: string;
  readonly record: string;
  readonly changedAt: string;
  readonly row: JsonObject;
};

export type Header = {
  /** Grows by one with every commit; the only field that depends on how changes arrived. */
  readonly revision: number;
  /** Greatest time of the newest rows. */
  readonly updatedAt: string;
  /** Newest version by source. */
  readonly sources: { readonly [source: string]: Version };
  readonly records: number;
  readonly transactions: number;
  readonly latestTransactionOn: Day | null;
  readonly profile: Profile | null;
  readonly histogram: Histogram;
  readonly disputed: ReadonlyMap<SeriesKey, Cell>;
  readonly promised: ReadonlyMap<SeriesKey, Cell>;
  readonly overSettled: number;
  readonly unmatchedSettlements: number;
  readonly undatedSettlements: number;
};

/** The header of a customer nothing is known of. */
export const EMPTY_HEADER: Header = {
  revision: 0,
  updatedAt: '',
  sources: {},
  records: 0,
  transactions: 0,
  latestTransactionOn: null,
  profile: null,
  histogram: new Map(),
  disputed: new Map(),
  promised: new Map(),
  overSettled: 0,
  unmatchedSettlements: 0,
  undatedSettlements: 0,
};

/** A document before and after a commit; null where it did not or does not exist. */
export type DocumentChange = {
  readonly before: CustomerDocument | null;
  readonly after: CustomerDocument | null;
};

/** A greatest value of the header that its former holder no longer has: it must be looked up. */
export type Maximum = 'updatedAt' | 'latestTransactionOn' | 'profile';

/** The greatest values among the documents that a commit does not touch. */
export type Maxima = {
  readonly updatedAt?: string | null;
  readonly latestTransactionOn?: Day | null;
  readonly profile?: Profile | null;
};

export type Advance =
  | { readonly kind: 'advanced'; readonly header: Header }
  | { readonly kind: 'needs'; readonly maxima: readonly Maximum[] };

/**
 * The header after documents changed: what they added before is taken out, what they add now is
 * put in. Where a greatest value was lost, `maxima` must tell that of all other documents.
 */
export function advanceHeader(
  header: Header,
  changes: readonly DocumentChange[],
  maxima: Maxima,
): Advance {
  const updatedAt = greatest(header.updatedAt, changes, changedAtOf, maxima.updatedAt, isGreater);
  const latest = greatest(
    header.latestTransactionOn,
    changes,
    transactionOnOf,
    maxima.latestTransactionOn,
    isGreater,
  );
  const profile = greatest(header.profile, changes, profileOf, maxima.profile, isNewerProfile);
  const needs: Maximum[] = [
    ...(updatedAt === 'lost' ? (['updatedAt'] as const) : []),
    ...(latest === 'lost' ? (['latestTransactionOn'] as const) : []),
    ...(profile === 'lost' ? (['profile'] as const) : []),
  ];
  if (updatedAt === 'lost' || latest === 'lost' || profile === 'lost') {
    return { kind: 'needs', maxima: needs };
  }
  const sums = withContributions(header, changes);
  return {
    kind: 'advanced',
    header: {
      ...sums,
      revision: header.revision + 1,
      updatedAt: updatedAt.value ?? '',
      sources: withVersions(header.sources, changes),
      latestTransactionOn: latest.value,
      profile: profile.value,
    },
  };
}

function greatest<T>(
  known: T | null,
  changes: readonly DocumentChange[],
  valueOf: (document: CustomerDocument | null) => T | null,
  untouched: T | null | undefined,
  isGreater: (left: T, right: T) => boolean,
): { readonly value: T | null } | 'lost' {
  const max = (left: T | null, right: T | null) =>
    left === null ? right : right === null || isGreater(left, right) ? left : right;
  const after = changes.map((change) => valueOf(change.after)).reduce(max, null);
  if (untouched !== undefined) return { value: max(untouched, after) };
  if (known === null || (after !== null && !isGreater(known, after))) return { value: after };
  const before = changes.map((change) => valueOf(change.before)).reduce(max, null);
  const holderTouched = before !== null && !isGreater(known, before);
  return holderTouched ? 'lost' : { value: known };
}

function isGreater<T extends string | number>(left: T, right: T): boolean {
  return left > right;
}

function changedAtOf(document: CustomerDocument | null): string | null {
  return document?.changedAt ?? null;
}

function transactionOnOf(document: CustomerDocument | null): Day | null {
  return document?.kind === 'transaction' ? document.transactionOn : null;
}

/** The profile a document tells; null when it is none, or deleted. */
export function profileOf(document: CustomerDocument | null): Profile | null {
  return document?.kind === 'customer' ? readProfile(document) : null;
}

function readProfile(document: ProfileDocument): Profile | null {
  const row = rowOf(document);
  if (row === null || document.changedAt === null) return null;
  const { source, record, changedAt } = document;
  return { source, record, changedAt, row };
}

/** Whether `left` is the profile that counts of two. */
export function isNewerProfile(left: Profile, right: Profile): boolean {
  if (left.changedAt !== right.changedAt) return left.changedAt > right.changedAt;
  if (left.source !== right.source) return left.source > right.source;
  return left.record > right.record;
}

function withContributions(header: Header, changes: readonly DocumentChange[]): Header {
  const entries: HistogramEntry[] = [];
  const disputed: SeriesCell[] = [];
  const promised: SeriesCell[] = [];
  let { records, transactions, overSettled, unmatchedSettlements, undatedSettlements } = header;
  for (const change of changes) {
    for (const sign of [-1, 1] as const) {
      const contribution = contributionOf(sign === 1 ? change.after : change.before);
      records += sign * contribution.records;
      transactions += sign * contribution.transactions;
      overSettled += sign * contribution.overSettled;
      unmatchedSettlements += sign * contribution.unmatchedSettlements;
      undatedSettlements += sign * contribution.undatedSettlements;
      entries.push(...contribution.entries.map((entry) => signed(entry, sign)));
      disputed.push(...contribution.disputed.map((entry) => signed(entry, sign)));
      promised.push(...contribution.promised.map((entry) => signed(entry, sign)));
    }
  }
  return {
    ...header,
    records,
    transactions,
    overSettled,
    unmatchedSettlements,
    undatedSettlements,
    histogram: withEntries(header.histogram, entries),
    disputed: withCells(header.disputed, disputed),
    promised: withCells(header.promised, promised),
  };
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
  const newest = new Map(Object.entries(sources));
  for (const { after } of changes) {
    for (const { epoch, version } of Object.values(after?.parts ?? {})) {
      const known = after === null ? undefined : newest.get(after.source);
      if (
        after !== null &&
        (known === undefined || compareVersions({ epoch, version }, known) > 0)
      ) {
        newest.set(after.source, { epoch, version });
      }
    }
  }
  return Object.fromEntries([...newest].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
