// Request units by the published model, so that RU budgets can be tested without an account.
// Never exact: Microsoft calls its own table illustrative.

/**
 * Request units by document size, and the surcharges per index term.
 *
 * Sources:
 * - Size tables, 0.2 per term on create, 2 x size and 0.4 per changed term on replace, delete like
 *   create: Microsoft Learn, "Understand request unit consumption in Azure Cosmos DB" (04/2026).
 *   Between two sizes we interpolate; below 1 KB the price is that of 1 KB, as a point read never
 *   costs less than 1 RU.
 * - Queries have no published formula. The constants give 3.2 RU for one small document and 6 to 9
 *   RU for a page of fifty, as the data modelling walk-through there measures for lists within one
 *   partition. What an aggregate pays per index entry is our assumption.
 * - A batch is the sum of its operations: no discount is published.
 */
const READ_BY_KILOBYTES: readonly PricePoint[] = [
  { kilobytes: 1, requestUnits: 1 },
  { kilobytes: 2, requestUnits: 1.04 },
  { kilobytes: 16, requestUnits: 1.67 },
  { kilobytes: 128, requestUnits: 9.95 },
  { kilobytes: 256, requestUnits: 20.28 },
  { kilobytes: 1024, requestUnits: 145.9 },
  { kilobytes: 2048, requestUnits: 291.8 },
];

const WRITE_BY_KILOBYTES: readonly PricePoint[] = [
  { kilobytes: 1, requestUnits: 4.95 },
  { kilobytes: 2, requestUnits: 6.29 },
  { kilobytes: 16, requestUnits: 9.52 },
  { kilobytes: 128, requestUnits: 48.19 },
  { kilobytes: 256, requestUnits: 98.29 },
  { kilobytes: 1024, requestUnits: 625 },
  { kilobytes: 2048, requestUnits: 1250 },
];

const PER_TERM = 0.2;
const PER_CHANGED_TERM = 0.4;
const REPLACE_FACTOR = 2;
const QUERY_BASE = 2.15;
const QUERY_PER_DOCUMENT = 0.05;
const QUERY_PER_AGGREGATED_ENTRY = 0.01;
const BYTES_PER_KILOBYTE = 1024;

/** Charge, in RU, of a request that found nothing to do: 304, 404, 409, 412. */
export const CHARGE_WITHOUT_EFFECT = 1;

/** Charge, in RU, of a point read of a document of so many bytes. */
export function chargeOfRead(bytes: number): number {
  return rounded(price(READ_BY_KILOBYTES, bytes));
}

/** Charge, in RU, of creating or deleting a document with so many index terms. */
export function chargeOfCreateOrDelete(bytes: number, terms: number): number {
  return rounded(price(WRITE_BY_KILOBYTES, bytes) + PER_TERM * terms);
}

/** Charge, in RU, of replacing a document, also by an upsert; `bytes` is the new size. */
export function chargeOfReplace(bytes: number, changedTerms: number): number {
  return rounded(
    REPLACE_FACTOR * price(WRITE_BY_KILOBYTES, bytes) + PER_CHANGED_TERM * changedTerms,
  );
}

/** What one page of a query had to touch. */
export type QueryWork = {
  /** Documents loaded, also those a filter without an index then refused. */
  readonly documents: number;
  /** Their size together. */
  readonly bytes: number;
  /** Index entries counted or summed without loading a document. */
  readonly aggregatedEntries: number;
};

/** Charge, in RU, of one page of a query. */
export function chargeOfQuery(work: QueryWork): number {
  const loading =
    work.documents === 0
      ? 0
      : price(READ_BY_KILOBYTES, work.bytes) + QUERY_PER_DOCUMENT * work.documents;
  return rounded(QUERY_BASE + loading + QUERY_PER_AGGREGATED_ENTRY * work.aggregatedEntries);
}

/** Charge, in RU, of a batch: the sum of its operations. */
export function chargeOfBatch(charges: readonly number[]): number {
  return rounded(charges.reduce((sum, charge) => sum + charge, 0));
}

type PricePoint = { readonly kilobytes: number; readonly requestUnits: number };

function price(table: readonly PricePoint[], bytes: number): number {
  const kilobytes = bytes / BYTES_PER_KILOBYTE;
  let lower: PricePoint = { kilobytes: 0, requestUnits: table[0]?.requestUnits ?? 0 };
  for (const upper of table) {
    if (kilobytes <= upper.kilobytes) {
      const share = (kilobytes - lower.kilobytes) / (upper.kilobytes - lower.kilobytes);
      return lower.requestUnits + share * (upper.requestUnits - lower.requestUnits);
    }
    lower = upper;
  }
  // Beyond the largest item (a page of a query can be larger): in proportion.
  return (lower.requestUnits * kilobytes) / lower.kilobytes;
}

function rounded(requestUnits: number): number {
  return Math.round(requestUnits * 100) / 100;
}
