// What every read of a customer begins with: its company, its header, and today's date there.
import { type Caller, reachOf, sees } from '../domain/access.ts';
import { businessDate, type Day } from '../domain/calendar.ts';
import type { Header } from '../domain/header.ts';
import {
  decodeHeader,
  HEADER_ID,
  type HeaderDocument,
  type HeaderParts,
  headerPartIds,
} from '../domain/header-document.ts';
import { customerKey } from '../domain/key.ts';
import type { Company } from '../domain/reference.ts';
import type { CompanyDirectory } from './company-directory.ts';
import {
  type Clock,
  type CustomerQueries,
  type Stored,
  type StoredCustomerDocument,
  Unavailable,
} from './ports.ts';

export type ReadPorts = {
  readonly companies: CompanyDirectory;
  readonly customers: CustomerQueries;
  readonly clock: Clock;
};

/** A customer as one read sees it. */
export type CustomerView = {
  readonly company: Company;
  readonly customer: string;
  readonly pk: string;
  readonly header: Header;
  /** Today in the company's time zone. */
  readonly businessDate: Day;
};

/**
 * The customer; null when it, or its company, is unknown, or the caller must not see it (SPEC §7).
 * Throws Unavailable.
 */
export async function openCustomer(
  company: string,
  customer: string,
  caller: Caller,
  ports: ReadPorts,
): Promise<CustomerView | null> {
  const pk = customerKey(company, customer);
  const [found, header] = await Promise.all([
    ports.companies.find(company),
    readHeader(pk, ports.customers),
  ]);
  if (found === null || header === null || header.records === 0) return null;
  const reach = reachOf(found, caller);
  if (reach === null || !sees(reach, [...header.pools.keys()])) return null;
  const today = businessDate(ports.clock(), found.timeZone);
  return { company: found, customer, pk, header, businessDate: today };
}

/** Times a header is read again because it changed while its years were being read. */
const READS_MAX = 5;

/**
 * The header, with its years where it is split: all of one moment. A customer that changes faster
 * than it can be read is as good as unavailable.
 */
export async function readHeader(
  pk: string,
  customers: Pick<CustomerQueries, 'read'>,
): Promise<Header | null> {
  let stored = await readHeaderDocument(pk, customers);
  for (let reads = 1; reads <= READS_MAX; reads += 1) {
    if (stored === null) return null;
    const { document } = stored;
    const ids = headerPartIds(document);
    if (ids.length === 0) return decodeHeader(document, NO_PARTS);
    const parts = await customers.read(pk, ids);
    const again = await readHeaderDocument(pk, customers);
    if (again?.etag === stored.etag) return decodeHeader(document, headerPartsOf(parts));
    stored = again;
  }
  throw new Unavailable('cosmos', 1, new Error('the header kept changing'));
}

/** The header's own document, as it is now. */
export async function readHeaderDocument(
  pk: string,
  customers: Pick<CustomerQueries, 'read'>,
): Promise<Stored<HeaderDocument> | null> {
  const stored = (await customers.read(pk, [HEADER_ID])).get(HEADER_ID);
  if (stored?.document.kind !== 'header') return null;
  return { document: stored.document, etag: stored.etag };
}

const NO_PARTS: HeaderParts = { years: [], insight: null };

function headerPartsOf(
  documents: ReadonlyMap<string, Stored<StoredCustomerDocument>>,
): HeaderParts {
  let { years, insight } = NO_PARTS;
  for (const { document } of documents.values()) {
    if (document.kind === 'histogram') years = [...years, document];
    if (document.kind === 'insight') insight = document;
  }
  return { years, insight };
}
