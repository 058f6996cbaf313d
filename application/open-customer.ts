// What every read of a customer begins with: its company, its header, and today's date there.
import { type Caller, reachOf, sees } from '../domain/access.ts';
import { businessDate, type Day } from '../domain/calendar.ts';
import type { Header } from '../domain/header.ts';
import {
  decodeHeader,
  HEADER_ID,
  type HeaderDocument,
  type HeaderParts,
  headerPartIdsSince,
} from '../domain/header-document.ts';
import { customerKey } from '../domain/key.ts';
import { metricsWindow } from '../domain/metrics-window.ts';
import { type Month, monthOf } from '../domain/month-sums.ts';
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
  /** Of its months those since the beginning of the metrics' window, at least. */
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
  const [found, stored] = await Promise.all([
    ports.companies.find(company),
    readHeaderDocument(pk, ports.customers),
  ]);
  if (found === null) return null;
  const today = businessDate(ports.clock(), found.timeZone);
  const header = await headerOn(today, pk, stored, ports);
  if (header === null || header.records === 0) return null;
  const reach = reachOf(found, caller);
  if (reach === null || !sees(reach, [...header.pools.keys()])) return null;
  return { company: found, customer, pk, header, businessDate: today };
}

/** The same customer, as it is a moment later; null when nothing of it exists. Throws Unavailable. */
export async function reopenCustomer(
  view: CustomerView,
  ports: ReadPorts,
): Promise<CustomerView | null> {
  const { pk, businessDate: today } = view;
  const stored = await readHeaderDocument(pk, ports.customers);
  const header = await headerOn(today, pk, stored, ports);
  return header === null || header.records === 0 ? null : { ...view, header };
}

/** Times a header is read again because it changed while its years were being read. */
const READS_MAX = 5;

/** The header with all that belongs to it, of one moment; see {@link wholeHeader}. */
export async function readHeader(
  pk: string,
  customers: Pick<CustomerQueries, 'read'>,
): Promise<Header | null> {
  const stored = await readHeaderDocument(pk, customers);
  return wholeHeader(pk, stored, Number.NEGATIVE_INFINITY, customers);
}

/** Of the months only those that metrics look at: of nearly every customer all are in the header. */
function headerOn(
  today: Day,
  pk: string,
  stored: Stored<HeaderDocument> | null,
  { customers }: ReadPorts,
): Promise<Header | null> {
  return wholeHeader(pk, stored, monthOf(metricsWindow(today).from), customers);
}

/**
 * The header, with its years where it is split, and all months since one: all of one moment. A
 * customer that changes faster than it can be read is as good as unavailable.
 */
async function wholeHeader(
  pk: string,
  first: Stored<HeaderDocument> | null,
  since: Month,
  customers: Pick<CustomerQueries, 'read'>,
): Promise<Header | null> {
  let stored = first;
  for (let reads = 1; reads <= READS_MAX; reads += 1) {
    if (stored === null) return null;
    const { document } = stored;
    const ids = headerPartIdsSince(document, since);
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
