// What every read of a customer begins with: its company, its header, and today's date there.
import { businessDate, type Day } from '../domain/calendar.ts';
import type { Header } from '../domain/header.ts';
import { decodeHeader, HEADER_ID } from '../domain/header-document.ts';
import { histogramId } from '../domain/histogram.ts';
import { customerKey } from '../domain/key.ts';
import type { Company } from '../domain/reference.ts';
import type { CompanyDirectory } from './company-directory.ts';
import type { Clock, CustomerQueries } from './ports.ts';

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

/** The customer; null when it, or its company, is unknown. Throws Unavailable. */
export async function openCustomer(
  company: string,
  customer: string,
  ports: ReadPorts,
): Promise<CustomerView | null> {
  const pk = customerKey(company, customer);
  const [found, header] = await Promise.all([
    ports.companies.find(company),
    readHeader(pk, ports.customers),
  ]);
  if (found === null || header === null || header.records === 0) return null;
  const today = businessDate(ports.clock(), found.timeZone);
  return { company: found, customer, pk, header, businessDate: today };
}

async function readHeader(pk: string, customers: CustomerQueries): Promise<Header | null> {
  const document = (await customers.read(pk, [HEADER_ID])).get(HEADER_ID)?.document;
  if (document?.kind !== 'header') return null;
  const ids = document.years.map(histogramId);
  const years = ids.length === 0 ? [] : [...(await customers.read(pk, ids)).values()];
  return decodeHeader(
    document,
    years.flatMap(({ document: year }) => (year.kind === 'histogram' ? [year] : [])),
  );
}
