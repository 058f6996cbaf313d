// Reference data of a company: what is applied when a customer's figures are read, and never
// stored with them (DESIGN 3).
import {
  type AgingDefinition,
  DEFAULT_DEFINITION,
  readAgingDefinition,
} from './aging-definition.ts';
import { type Agent, type Pool, readAgent, readPool, type Staffing } from './access.ts';
import type { CompanyEntity } from './change.ts';
import { inOrderOfNames, type JsonObject } from './json.ts';
import { type RecordDocument, rowOf } from './record.ts';
import { flagOr, objectOrEmpty, text, textOrNull } from './row-reader.ts';
import type { Completions } from './snapshot.ts';

/** The document of one record of reference data. */
export type ReferenceRecord = RecordDocument<CompanyEntity> & { readonly company: string };

/** A row that counts, with what decides between two of the same. */
export type ReferenceRow = {
  readonly kind: CompanyEntity;
  readonly source: string;
  readonly record: string;
  readonly changedAt: string;
  readonly row: JsonObject;
};

export const REFERENCE_ID = 'reference';

/** All rows of a company that exist, by document id: read at once, replaced with every change. */
export type ReferenceDocument = {
  readonly id: typeof REFERENCE_ID;
  readonly company: string;
  readonly kind: 'reference';
  readonly revision: number;
  /** The revision with which something changed that rows of company-wide lists depend on. */
  readonly listing: number;
  /** The listing up to which all customers are being listed anew; see `relist-customers.ts`. */
  readonly relisted: number;
  readonly rows: { readonly [id: string]: ReferenceRow };
  /** The snapshots in effect by which its records were judged; absent where there are none. */
  readonly snapshots?: Completions;
};

/** A company's document before anything was told of it. */
export function emptyReference(company: string): ReferenceDocument {
  const revisions = { revision: 0, listing: 0, relisted: 0 };
  return { id: REFERENCE_ID, company, kind: 'reference', ...revisions, rows: {} };
}

/** Which companies anything is known of, in a partition of its own. */
export type CompaniesDocument = {
  readonly id: typeof COMPANIES_ID;
  readonly company: typeof COMPANIES_KEY;
  readonly kind: 'companies';
  readonly ids: readonly string[];
};

export const COMPANIES_ID = 'companies';
/** Should a company have this id, its documents have others. */
export const COMPANIES_KEY = '*';

/** The document with one more company; null when it is there already. */
export function withCompany(
  document: CompaniesDocument | null,
  company: string,
): CompaniesDocument | null {
  const ids = document?.ids ?? [];
  if (ids.includes(company)) return null;
  const sorted = [...ids, company].toSorted((a, b) => (a < b ? -1 : 1));
  return { id: COMPANIES_ID, company: COMPANIES_KEY, kind: 'companies', ids: sorted };
}

/** The company's document after one of its records changed. */
export function withRecord(
  company: string,
  document: ReferenceDocument | null,
  record: ReferenceRecord,
): ReferenceDocument {
  const others = Object.entries(document?.rows ?? {}).filter(([id]) => id !== record.id);
  const row = rowOf(record);
  const { kind, source, record: key, changedAt } = record;
  const entry =
    row === null || changedAt === null
      ? []
      : [
          [
            record.id,
            { kind, source, record: key, changedAt, row: essentials(kind, row) },
          ] as const,
        ];
  const before = document ?? emptyReference(company);
  const revision = before.revision + 1;
  const rows = inOrderOfNames([...others, ...entry]);
  const after: ReferenceDocument = { ...before, revision, rows };
  const isSame = listingBasis(after) === (document === null ? null : listingBasis(document));
  return isSame ? after : { ...after, listing: revision };
}

/** What rows of company-wide lists depend on, as one text; null while the company is unknown. */
function listingBasis(document: ReferenceDocument): string | null {
  const company = readCompany(document);
  if (company === null) return null;
  const { accountingCurrency, timeZone, definition, definitions, pools } = company;
  const ofPools = [...pools.values()].map(({ id, agingDefinition }) => [id, agingDefinition]);
  return JSON.stringify([
    [accountingCurrency, timeZone, definition.id],
    [...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ofPools,
  ]);
}

/** What readers need of a row: extra fields stay with its record, or the rows would not fit. */
function essentials(kind: CompanyEntity, row: JsonObject): JsonObject {
  switch (kind) {
    case 'agingDefinition': {
      const { id, name, agedBy, buckets } = readAgingDefinition(row);
      return { id, name, agedBy, buckets: buckets.map((bucket) => ({ ...bucket })) };
    }
    case 'company':
      return {
        name: text(row, 'name'),
        accountingCurrency: text(row, 'accountingCurrency'),
        timeZone: text(row, 'timeZone'),
        agingDefinition: textOrNull(row, 'agingDefinition'),
        usesPools: flagOr(row, 'usesPools', true),
        features: { ...readFeatures(row) },
      };
    case 'agent': {
      const { pools, ...agent } = readAgent(row);
      return { ...agent, pools: [...pools] };
    }
    case 'pool':
      return readPool(row);
  }
}

/** What a company has switched on (SPEC §6). */
export type Features = { readonly workspace: boolean; readonly summary: boolean };

/** All is on unless switched off; the summary needs the workspace. */
function readFeatures(row: JsonObject): Features {
  const switches = objectOrEmpty(row, 'features');
  const workspace = flagOr(switches, 'workspace', true);
  return { workspace, summary: workspace && flagOr(switches, 'summary', true) };
}

export type Company = Staffing & {
  readonly id: string;
  readonly name: string;
  readonly accountingCurrency: string;
  readonly timeZone: string;
  /** The definition aged balances use unless another is asked for. */
  readonly definition: AgingDefinition;
  /** Every definition that may be asked for, by id. */
  readonly definitions: ReadonlyMap<string, AgingDefinition>;
  readonly features: Features;
  /** Grows with every change of the company's reference data. */
  readonly revision: number;
  /** Grows with those that rows of company-wide lists depend on. */
  readonly listing: number;
};

/** The company as readers need it; null while its own row has not arrived. */
export function readCompany(document: ReferenceDocument): Company | null {
  // Of two rows for the same thing the later counts, so they are taken in that order.
  const rows = Object.values(document.rows).toSorted(byAge);
  const own = rows.findLast(({ kind }) => kind === 'company')?.row;
  if (own === undefined) return null;
  const definitions = new Map([[DEFAULT_DEFINITION.id, DEFAULT_DEFINITION]]);
  const pools = new Map<string, Pool>();
  const agents: Agent[] = [];
  for (const { kind, row } of rows) {
    switch (kind) {
      case 'company':
        break;
      case 'agingDefinition': {
        const definition = readAgingDefinition(row);
        definitions.set(definition.id, definition);
        break;
      }
      case 'pool': {
        const pool = readPool(row);
        pools.set(pool.id, pool);
        break;
      }
      case 'agent':
        agents.push(readAgent(row));
        break;
    }
  }
  const standard = definitions.get(DEFAULT_DEFINITION.id) ?? DEFAULT_DEFINITION;
  return {
    id: document.company,
    name: text(own, 'name'),
    accountingCurrency: text(own, 'accountingCurrency'),
    timeZone: text(own, 'timeZone'),
    definition: definitions.get(textOrNull(own, 'agingDefinition') ?? '') ?? standard,
    definitions,
    usesPools: flagOr(own, 'usesPools', true),
    features: readFeatures(own),
    pools: new Map([...pools].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    agents,
    revision: document.revision,
    listing: document.listing,
  };
}

function byAge(left: ReferenceRow, right: ReferenceRow): number {
  const key = ({ changedAt, source, record }: ReferenceRow) => [changedAt, source, record];
  for (const [index, part] of key(left).entries()) {
    const other = key(right)[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
