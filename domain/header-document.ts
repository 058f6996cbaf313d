// How a header is stored: one document, and one more per year where the histogram has more days
// than fit (DESIGN 4). Which of the two is a function of the open amounts alone.
import type { Day } from './calendar.ts';
import { type Cell, decodeCell, encodeCell } from './cell.ts';
import type { Header, Profile } from './header.ts';
import {
  byYear,
  decodeHistogram,
  distinctDays,
  encodeHistogram,
  HEADER_DAYS_MAX,
  type Histogram,
  type HistogramDocument,
  histogramId,
  joinHistograms,
  type StoredHistogram,
} from './histogram.ts';
import type { SeriesKey } from './series.ts';
import type { Version } from './version.ts';

export const HEADER_ID = 'header';

/** Sums by series: `[count, amount, …accounting]`. */
export type StoredCells = { readonly [series: SeriesKey]: readonly number[] };

export type HeaderDocument = {
  readonly id: typeof HEADER_ID;
  readonly pk: string;
  readonly kind: 'header';
  readonly company: string;
  readonly customer: string;
  readonly revision: number;
  readonly updatedAt: string;
  readonly sources: { readonly [source: string]: Version };
  readonly records: number;
  readonly transactions: number;
  readonly latestTransactionOn: Day | null;
  readonly profile: Profile | null;
  /** The histogram; null where it is in documents of their own, one for each of `years`. */
  readonly days: StoredHistogram | null;
  readonly years: readonly number[];
  readonly disputed: StoredCells;
  readonly promised: StoredCells;
  readonly overSettled: number;
  readonly unmatchedSettlements: number;
  readonly undatedSettlements: number;
};

/** Whose header it is. */
export type CustomerIdentity = {
  readonly pk: string;
  readonly company: string;
  readonly customer: string;
};

/** The documents of a header: itself, and those of the years if the histogram is split. */
export function encodeHeader(
  header: Header,
  identity: CustomerIdentity,
): { readonly header: HeaderDocument; readonly years: readonly HistogramDocument[] } {
  const split = distinctDays(header.histogram) > HEADER_DAYS_MAX;
  const years = split ? [...byYear(header.histogram)] : [];
  return {
    header: {
      id: HEADER_ID,
      kind: 'header',
      ...identity,
      revision: header.revision,
      updatedAt: header.updatedAt,
      sources: header.sources,
      records: header.records,
      transactions: header.transactions,
      latestTransactionOn: header.latestTransactionOn,
      profile: header.profile,
      days: split ? null : encodeHistogram(header.histogram),
      years: years.map(([year]) => year),
      disputed: encodeCells(header.disputed),
      promised: encodeCells(header.promised),
      overSettled: header.overSettled,
      unmatchedSettlements: header.unmatchedSettlements,
      undatedSettlements: header.undatedSettlements,
    },
    years: years.map(([year, histogram]) => yearDocument(identity.pk, year, histogram)),
  };
}

function yearDocument(pk: string, year: number, histogram: Histogram): HistogramDocument {
  return { id: histogramId(year), pk, kind: 'histogram', year, days: encodeHistogram(histogram) };
}

/** The header of its documents; `years` are those the header names, in any order. */
export function decodeHeader(
  document: HeaderDocument,
  years: readonly HistogramDocument[],
): Header {
  const histogram =
    document.days === null
      ? joinHistograms(years.map(({ days }) => decodeHistogram(days)))
      : decodeHistogram(document.days);
  return {
    revision: document.revision,
    updatedAt: document.updatedAt,
    sources: document.sources,
    records: document.records,
    transactions: document.transactions,
    latestTransactionOn: document.latestTransactionOn,
    profile: document.profile,
    histogram,
    disputed: decodeCells(document.disputed),
    promised: decodeCells(document.promised),
    overSettled: document.overSettled,
    unmatchedSettlements: document.unmatchedSettlements,
    undatedSettlements: document.undatedSettlements,
  };
}

function encodeCells(cells: ReadonlyMap<SeriesKey, Cell>): StoredCells {
  return Object.fromEntries(
    [...cells]
      .map(([series, cell]) => [series, encodeCell(cell)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function decodeCells(stored: StoredCells): ReadonlyMap<SeriesKey, Cell> {
  return new Map(Object.entries(stored).map(([series, cell]) => [series, decodeCell(cell)]));
}
