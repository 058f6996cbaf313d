// One customer as the company-wide lists show it (DESIGN 7, 8): stored sorted, stamped with what it
// was made from, so that an older one never replaces a newer one.
import { ageBalances } from './aging.ts';
import { type AgingDefinition, BUCKETS_MAX, oldestFirst } from './aging-definition.ts';
import type { Day } from './calendar.ts';
import { creditOf } from './credit.ts';
import type { Header } from './header.ts';
import type { Histogram } from './histogram.ts';
import { encodeKeyPart } from './key.ts';
import { EVERY_CUSTOMER } from './listing.ts';
import { nextChange } from './next-change.ts';
import type { Company } from './reference.ts';
import { numberOrNull, textOrNull } from './row-reader.ts';

/** What a row was made from. */
export type ListStamp = {
  /** The header's `lists.revision`. */
  readonly revision: number;
  /** The company's `listing`: grows with every change of reference data that rows depend on. */
  readonly reference: number;
  readonly agedOn: Day;
};

/** Amounts of the buckets, in their order: `b0` to `b11`, those the definition lacks being 0. */
export type BucketAmounts = { readonly [bucket: `b${number}`]: number };

/** Amounts in minor units of `currency`; texts are empty where nothing was told, so that they sort. */
export type ListRow = ListStamp &
  BucketAmounts & {
    readonly id: string;
    readonly list: string;
    readonly kind: 'row';
    readonly customer: string;
    readonly name: string;
    /** See {@link nameKey}. */
    readonly nameKey: string;
    readonly currency: string;
    readonly balance: number;
    readonly unapplied: number;
    readonly overdue: number;
    /** Whether any debit is overdue, in whatever currency. */
    readonly isOverdue: boolean;
    /** How old the oldest bucket with anything in it is, 0 being the youngest; -1 if there is none. */
    readonly oldestRank: number;
    readonly oldestAmount: number;
    /** {@link NEVER_DUE} when there is no open debit. */
    readonly oldestDueOn: Day;
    readonly creditLimit: number | null;
    readonly creditAvailable: number | null;
    readonly creditLimitUnlimited: boolean;
    readonly riskScore: number | null;
    readonly riskGroup: string;
    readonly creditGroup: string;
    readonly accountStatus: string;
    readonly definition: string;
    /** The first day on which the row is wrong if nothing happens; null for never. */
    readonly nextChangeOn: Day | null;
  };

/** What stands in place of a row that was taken off the list: nobody older brings it back. */
export type RemovedRow = Pick<ListStamp, 'revision'> & {
  readonly id: string;
  readonly list: string;
  readonly kind: 'removed';
};

export type ListDocument = ListRow | RemovedRow;

/** Sorts after every due date. */
export const NEVER_DUE: Day = 999_999;

/** The list of a pool, or of all customers of a company. */
export function listKey(company: string, pool: string): string {
  const ofCompany = encodeKeyPart(company);
  return pool === EVERY_CUSTOMER ? ofCompany : `${ofCompany}|${encodeKeyPart(pool)}`;
}

export function listRowId(customer: string): string {
  return encodeKeyPart(customer);
}

/** The definition of a pool's list: the pool's own if there is such, else the company's. */
export function listDefinition(company: Company, pool: string): AgingDefinition {
  const wanted = company.pools.get(pool)?.agingDefinition ?? null;
  return (wanted === null ? undefined : company.definitions.get(wanted)) ?? company.definition;
}

/** What a row is made from. `byBasis` holds open amounts by the day the definition ages from. */
export type ListedCustomer = {
  readonly company: Company;
  readonly customer: string;
  readonly header: Header;
  readonly definition: AgingDefinition;
  readonly byBasis: Histogram;
  readonly agedOn: Day;
};

/** The customer's row on the list of a pool. */
export function listRow(pool: string, listed: ListedCustomer): ListRow {
  const { company, customer, header, definition, byBasis, agedOn } = listed;
  const { accountingCurrency: currency } = company;
  const { accounting, currencies } = ageBalances(byBasis, header.histogram, {
    asOf: agedOn,
    definition,
    credits: 'separate',
    accountingCurrency: currency,
  });
  const row = header.profile?.row ?? {};
  const credit = creditOf(header.profile?.row ?? null, accounting.balance, currency);
  const amounts = accounting.buckets.map(({ amount }) => amount);
  const name = textOrNull(row, 'name') ?? '';
  return {
    id: listRowId(customer),
    list: listKey(company.id, pool),
    kind: 'row',
    customer,
    name,
    nameKey: nameKey(name),
    currency,
    balance: accounting.balance,
    unapplied: accounting.unapplied,
    overdue: accounting.overdue,
    isOverdue: currencies.some(({ overdue }) => overdue > 0),
    ...oldestOf(definition, amounts),
    oldestDueOn: accounting.oldestDueOn ?? NEVER_DUE,
    ...bucketAmounts(amounts),
    creditLimit: credit.limit,
    creditAvailable: credit.available,
    creditLimitUnlimited: credit.unlimited,
    riskScore: numberOrNull(row, 'riskScore'),
    riskGroup: textOrNull(row, 'riskGroup') ?? '',
    creditGroup: textOrNull(row, 'creditGroup') ?? '',
    accountStatus: textOrNull(row, 'accountStatus') ?? '',
    definition: definition.id,
    revision: header.lists.revision,
    reference: company.listing,
    agedOn,
    nextChangeOn: nextChange(byBasis, header.histogram, definition, agedOn),
  };
}

/** As many as any definition has, so that a list can be sorted by them while it changes. */
function bucketAmounts(amounts: readonly number[]): BucketAmounts {
  const buckets = Array.from({ length: BUCKETS_MAX }, (_, index) => index);
  return Object.fromEntries(buckets.map((index) => [`b${index}`, amounts[index] ?? 0]));
}

/**
 * A name without case, by which customers are looked up and sorted. Letter by letter, since the
 * beginning of a name must become the beginning of its key (a final sigma would not).
 */
export function nameKey(name: string): string {
  return Array.from(name, (letter) => letter.toLowerCase()).join('');
}

/** The rank and amount of the oldest bucket that is not zero (SPEC §4, aged balances). */
function oldestOf(
  definition: AgingDefinition,
  amounts: readonly number[],
): Pick<ListRow, 'oldestRank' | 'oldestAmount'> {
  const ordered = oldestFirst(definition);
  const place = ordered.findIndex((bucket) => (amounts[bucket] ?? 0) !== 0);
  if (place < 0) return { oldestRank: -1, oldestAmount: 0 };
  return {
    oldestRank: ordered.length - 1 - place,
    oldestAmount: amounts[ordered[place] ?? 0] ?? 0,
  };
}

/** The bucket a rank stands for, as an index of the definition; null for none. */
export function bucketOfRank(definition: AgingDefinition, rank: number): number | null {
  const ordered = oldestFirst(definition);
  return ordered[ordered.length - 1 - rank] ?? null;
}

/** Whether a row shows what it should on a day, its company's reference data being known. */
export function isCurrent(row: ListRow, company: Company, today: Day): boolean {
  return row.reference >= company.listing && (row.nextChangeOn ?? NEVER_DUE) > today;
}
