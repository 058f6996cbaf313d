// A change as the feed told it, checked and in canonical form: one row of one source at one
// version. Everything stored is a function of the newest ones (DESIGN 1).
import type { JsonObject } from './json.ts';

/** Entities that belong to a customer. */
export const CUSTOMER_ENTITIES = [
  'customer',
  'transaction',
  'installment',
  'settlement',
  'collectionsStatus',
  'contact',
  'collectionLetter',
  'activity',
  'poolMember',
] as const;

/** Entities that belong to a company as a whole: reference data. */
export const COMPANY_ENTITIES = ['company', 'agingDefinition', 'pool', 'agent'] as const;

export const ENTITIES = [...CUSTOMER_ENTITIES, ...COMPANY_ENTITIES] as const;

export type CustomerEntity = (typeof CUSTOMER_ENTITIES)[number];
export type CompanyEntity = (typeof COMPANY_ENTITIES)[number];
export type Entity = CustomerEntity | CompanyEntity;

/** The facet of a record that is told by one source table alone. */
export const MAIN_FACET = 'main';

/**
 * The facets of each entity besides main, laid over it in the order of their names (SPEC §2.1). Few,
 * so that a record with all of them is a document the store takes.
 */
export const FACETS: Readonly<Record<Entity, readonly string[]>> = {
  company: [],
  agingDefinition: [],
  pool: [],
  agent: [],
  customer: ['contacts', 'credit', 'party'],
  transaction: ['journal', 'open'],
  installment: [],
  settlement: [],
  collectionsStatus: [],
  contact: ['party'],
  collectionLetter: [],
  activity: [],
  poolMember: [],
};

/**
 * Facets that several records of the source tell, each under its own key: `party:5637144577`. Of
 * those `selectedBy` a field of main only the one it names is laid over main; those `gatheredIn` a
 * list are an item of it each. So it does not matter which comes first, nor what main named before.
 */
export const KEYED_FACETS: Readonly<Record<string, KeyedFacet>> = {
  line: { of: ['collectionLetter'], gatheredIn: 'lines' },
  party: { of: ['customer', 'contact'], selectedBy: 'party' },
};

export type KeyedFacet = { readonly of: readonly Entity[] } & (
  | { readonly selectedBy: string }
  | { readonly gatheredIn: string }
);

/** A facet in parts: `party:5637144577` → party, 5637144577; the key is null where there is none. */
export function splitFacet(facet: string): { readonly name: string; readonly key: string | null } {
  const at = facet.indexOf(':');
  return at < 0
    ? { name: facet, key: null }
    : { name: facet.slice(0, at), key: facet.slice(at + 1) };
}

type ChangeOf<E extends Entity> = {
  readonly entity: E;
  /** Without its epoch: `/erp/d365/contoso`. */
  readonly source: string;
  readonly epoch: string;
  readonly record: string;
  readonly version: string;
  readonly facet: string;
  /** When the source made the change: `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly time: string;
  /** The whole row as sent; null says that the source deleted it. */
  readonly row: JsonObject | null;
  /** The command that made the ERP make this change (SPEC §5). */
  readonly causedBy?: string;
  /** The snapshot, within the epoch, that carries the record with this row. */
  readonly snapshotId?: string;
};

export type CustomerChange = ChangeOf<CustomerEntity> & {
  readonly company: string;
  readonly customer: string;
};
export type CompanyChange = ChangeOf<CompanyEntity> & { readonly company: string };
export type Change = CustomerChange | CompanyChange;
