// How a header is stored: one document, one more per year where the histogram has more days than
// fit, and one for all but the latest months (DESIGN 4). Which of them there are is a function of
// what is in them alone.
import { type Cell, decodeCell, encodeCell } from './cell.ts';
import type { GreatestValues } from './greatest-values.ts';
import type { Header } from './header.ts';
import {
  byYear,
  decodeHistogram,
  encodeHistogram,
  hasMoreDaysThan,
  HEADER_DAYS_MAX,
  type Histogram,
  type HistogramDocument,
  histogramId,
  joinHistograms,
  type StoredHistogram,
} from './histogram.ts';
import { inOrderOfNames } from './json.ts';
import type { ListMemory } from './listing.ts';
import {
  decodeMonthSums,
  encodeMonthSums,
  type Month,
  splitMonths,
  type StoredMonthSums,
} from './month-sums.ts';
import type { SeriesKey } from './series.ts';
import { type Completions, NO_COMPLETIONS } from './snapshot.ts';
import type { Version } from './version.ts';

export const HEADER_ID = 'header';
export const INSIGHT_ID = 'insight';

/** Sums by series: `[count, amount, …accounting]`. */
export type StoredCells = { readonly [series: SeriesKey]: readonly number[] };

/** Sums of all months that are not in the header; it exists only where there are such. */
export type InsightDocument = {
  readonly id: typeof INSIGHT_ID;
  readonly pk: string;
  readonly kind: 'insight';
  readonly months: StoredMonthSums;
};

export type HeaderDocument = GreatestValues & {
  readonly id: typeof HEADER_ID;
  readonly pk: string;
  readonly kind: 'header';
  readonly company: string;
  readonly customer: string;
  readonly revision: number;
  readonly sources: { readonly [source: string]: Version };
  readonly records: number;
  readonly transactions: number;
  /** The histogram; null where it is in documents of their own, one for each of `years`. */
  readonly days: StoredHistogram | null;
  readonly years: readonly number[];
  readonly disputed: StoredCells;
  readonly promised: StoredCells;
  readonly overSettled: number;
  readonly unmatchedSettlements: number;
  readonly undatedSettlements: number;
  readonly openInvoices: number;
  readonly promises: number;
  readonly months: StoredMonthSums;
  /** Whether earlier months are in the document `insight`. */
  readonly insight: boolean;
  /** Records that name a pool, by pool. */
  readonly pools: { readonly [pool: string]: number };
  readonly lists: ListMemory;
  /** Absent where there are none. */
  readonly snapshots?: Completions;
  /** RFC 3339; absent where the customer was not erased. */
  readonly erasedAt?: string;
};

/** Whose header it is. */
export type CustomerIdentity = {
  readonly pk: string;
  readonly company: string;
  readonly customer: string;
};

/** The ids of the documents a header is read with. */
export function headerPartIds({ years, insight }: HeaderDocument): string[] {
  return [...years.map(histogramId), ...(insight ? [INSIGHT_ID] : [])];
}

/** The same, without the months where the header has all of them since one that is asked for. */
export function headerPartIdsSince(document: HeaderDocument, month: Month): string[] {
  const isEnough = Object.keys(document.months).some((known) => Number(known) <= month);
  return headerPartIds({ ...document, insight: document.insight && !isEnough });
}

/** What is read with a header, where it says that there is such. */
export type HeaderParts = {
  readonly years: readonly HistogramDocument[];
  readonly insight: InsightDocument | null;
};

/** The documents of a header: itself, and the parts that do not fit into it. */
export function encodeHeader(
  header: Header,
  identity: CustomerIdentity,
): HeaderParts & { readonly header: HeaderDocument } {
  const split = hasMoreDaysThan(header.histogram, HEADER_DAYS_MAX);
  const years = split ? [...byYear(header.histogram)] : [];
  const { latest, earlier } = splitMonths(header.months);
  return {
    header: {
      id: HEADER_ID,
      kind: 'header',
      ...identity,
      revision: header.revision,
      ...greatestOf(header),
      sources: header.sources,
      records: header.records,
      transactions: header.transactions,
      days: split ? null : encodeHistogram(header.histogram),
      years: years.map(([year]) => year),
      disputed: encodeCells(header.disputed),
      promised: encodeCells(header.promised),
      overSettled: header.overSettled,
      unmatchedSettlements: header.unmatchedSettlements,
      undatedSettlements: header.undatedSettlements,
      openInvoices: header.openInvoices,
      promises: header.promises,
      months: encodeMonthSums(latest),
      insight: earlier.size > 0,
      pools: inOrderOfNames([...header.pools]),
      lists: header.lists,
      ...(Object.keys(header.snapshots).length === 0 ? {} : { snapshots: header.snapshots }),
      ...(header.erasedAt === null ? {} : { erasedAt: header.erasedAt }),
    },
    years: years.map(([year, histogram]) => yearDocument(identity.pk, year, histogram)),
    insight:
      earlier.size === 0
        ? null
        : {
            id: INSIGHT_ID,
            pk: identity.pk,
            kind: 'insight',
            months: encodeMonthSums(earlier),
          },
  };
}

function greatestOf(values: GreatestValues): GreatestValues {
  const { updatedAt, latestTransactionOn, profile, lastPayment, latestPaidOffOn } = values;
  const { collectionsContact, firstContact } = values;
  return {
    updatedAt,
    latestTransactionOn,
    profile,
    lastPayment,
    latestPaidOffOn,
    collectionsContact,
    firstContact,
  };
}

function yearDocument(pk: string, year: number, histogram: Histogram): HistogramDocument {
  return { id: histogramId(year), pk, kind: 'histogram', year, days: encodeHistogram(histogram) };
}

/** The header of its documents; `years` are those the header names, in any order. */
export function decodeHeader(document: HeaderDocument, { years, insight }: HeaderParts): Header {
  const histogram =
    document.days === null
      ? joinHistograms(years.map(({ days }) => decodeHistogram(days)))
      : decodeHistogram(document.days);
  return {
    revision: document.revision,
    ...greatestOf(document),
    sources: document.sources,
    records: document.records,
    transactions: document.transactions,
    histogram,
    disputed: decodeCells(document.disputed),
    promised: decodeCells(document.promised),
    overSettled: document.overSettled,
    unmatchedSettlements: document.unmatchedSettlements,
    undatedSettlements: document.undatedSettlements,
    openInvoices: document.openInvoices,
    promises: document.promises,
    months: new Map([
      ...decodeMonthSums(insight?.months ?? {}),
      ...decodeMonthSums(document.months),
    ]),
    pools: new Map(Object.entries(document.pools)),
    lists: document.lists,
    snapshots: document.snapshots ?? NO_COMPLETIONS,
    erasedAt: document.erasedAt ?? null,
  };
}

function encodeCells(cells: ReadonlyMap<SeriesKey, Cell>): StoredCells {
  return inOrderOfNames([...cells].map(([series, cell]) => [series, encodeCell(cell)]));
}

function decodeCells(stored: StoredCells): ReadonlyMap<SeriesKey, Cell> {
  return new Map(Object.entries(stored).map(([series, cell]) => [series, decodeCell(cell)]));
}
