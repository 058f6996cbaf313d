// A row of a source whose tables name each other by record rather than by customer, such as
// Dynamics 365 Finance (SPEC §2.3): what it tells, whose it is as far as it says, and the names
// under which other rows find it.
import type { CustomerChange, CustomerEntity } from '../domain/change.ts';
import { canonicalJson, type JsonObject, type JsonValue } from '../domain/json.ts';
import { encodeKeyPart } from '../domain/key.ts';
import type { Version } from '../domain/version.ts';

/**
 * Whose a row is: the customer it names, or all that are found under the name of a link, of which
 * those of one customer alone where the row names that too.
 */
export type Place = {
  readonly company: string | null;
  readonly customer: string | null;
  readonly link: string | null;
};

/** What a row is a part of; entity and record null: of what its link leads to. */
export type Target = {
  readonly place: Place;
  readonly entity: CustomerEntity | null;
  readonly record: string | null;
  readonly facet: string;
};

/** What a posted transaction alone says, and rows about it need; it never changes. */
export type Terms = { readonly currency: string; readonly isCredit: boolean };

/** What a row takes from the terms of the transaction it is about. */
export type Completion = {
  /** Its `currency`. */
  readonly currency: boolean;
  /** Fields told with the sign of the transaction, and wanted towards zero. */
  readonly towardsZero: readonly string[];
};

export type Told = {
  readonly target: Target;
  /** Null: there is no such part, as of a contact that is out of use. */
  readonly row: JsonObject | null;
  readonly completion: Completion;
  /** Links that lead to what this row is a part of. */
  readonly names: readonly string[];
  readonly terms: Terms | null;
};

/** A row at one version; `told` null says that the source deleted it, which may be all it says. */
export type SourceRow = Version & {
  readonly source: string;
  readonly table: string;
  readonly id: string;
  readonly time: string;
  readonly told: Told | null;
};

/** Rows of a request that go through one session of the queue `changes`, its `group`. */
export type SourceRowsMessage = {
  readonly kind: 'source-rows';
  readonly group: string;
  readonly rows: readonly SourceRow[];
};

/** Something a link leads to, and what has to be known of it. */
export type Holder = {
  readonly company: string;
  readonly customer: string;
  readonly entity: CustomerEntity;
  readonly record: string;
  readonly terms: Terms | null;
};

/** What a row says of a target at a version, told to whoever the link leads to. */
export type Statement = Version & {
  readonly source: string;
  readonly time: string;
  readonly told: Told;
};

/** The partition of a row in the container `feed`. */
export function rowKey({ source, table, id }: Pick<SourceRow, 'source' | 'table' | 'id'>): string {
  return ['row', source, table, id].map(encodeKeyPart).join('|');
}

/** The partition of a link in the container `feed`; names are the source's own. */
export function linkKey(source: string, link: string): string {
  return `link|${encodeKeyPart(source)}|${link}`;
}

/** The name of a link: what kind of thing leads somewhere, and by which values. */
export function linkName(kind: string, ...values: readonly string[]): string {
  return [kind, ...values].map(encodeKeyPart).join('|');
}

/** Equal for targets that are the same. */
export function targetKey({ place, entity, record, facet }: Target): string {
  const { company, customer, link } = place;
  return canonicalJson([company, customer, link, entity, record, facet]);
}

/** Whether a statement is about what a link leads to here. */
export function concerns({ told }: Statement, { company, customer }: Holder): boolean {
  const { place } = told.target;
  return (
    (place.company === null || place.company === company) &&
    (place.customer === null || place.customer === customer)
  );
}

/** The change a statement is at one place. */
export function changeAt(statement: Statement, holder: Holder): CustomerChange {
  const { source, epoch, version, time, told } = statement;
  const { entity, record, facet } = told.target;
  return {
    company: holder.company,
    customer: holder.customer,
    entity: entity ?? holder.entity,
    record: record ?? holder.record,
    source,
    epoch,
    version,
    facet,
    time,
    row: told.row === null ? null : completed(told.row, told.completion, holder.terms),
  };
}

function completed(
  row: JsonObject,
  { currency, towardsZero }: Completion,
  terms: Terms | null,
): JsonObject {
  if (terms === null) return row;
  const complete: Record<string, JsonValue> = { ...row };
  if (currency) complete['currency'] = terms.currency;
  for (const field of terms.isCredit ? towardsZero : []) {
    const amount = row[field];
    if (typeof amount === 'string') complete[field] = opposite(amount);
  }
  return complete;
}

function opposite(amount: string): string {
  if (amount.startsWith('-')) return amount.slice(1);
  return /[1-9]/.test(amount) ? `-${amount}` : amount;
}
