// A company as one of its people sees it.
import { type Caller, reachOf, type UsablePools, usablePools } from '../domain/access.ts';
import { businessDate, type Day } from '../domain/calendar.ts';
import type { Company } from '../domain/reference.ts';
import type { Freshness } from '../domain/watermark.ts';
import type { CompanyDirectory } from './company-directory.ts';
import type { Clock } from './ports.ts';

export type CompanyView = UsablePools & {
  readonly company: Company;
  /** Today in the company's time zone. */
  readonly businessDate: Day;
  /** Whether the caller sees customers of any pool, and of none. */
  readonly seesAll: boolean;
  /** Of what is in all that is read of the company after this. */
  readonly freshness: Freshness;
};

export type CompanyPorts = {
  readonly companies: CompanyDirectory;
  readonly clock: Clock;
  /** What has certainly been applied to a company. Throws Unavailable. */
  freshnessOf(company: string): Promise<Freshness>;
};

/** The company; null when it is unknown, or none of the caller's business. Throws Unavailable. */
export async function openCompany(
  id: string,
  caller: Caller,
  ports: CompanyPorts,
): Promise<CompanyView | null> {
  const known = await ports.companies.find(id);
  if (known === null || reachOf(known, caller) === null) return null;
  const freshness = await ports.freshnessOf(id);
  // After that, so that reference data are in what is told of them.
  const company = await ports.companies.find(id);
  const reach = company === null ? null : reachOf(company, caller);
  if (company === null || reach === null) return null;
  const today = businessDate(ports.clock(), company.timeZone);
  const seesAll = reach.pools === 'all';
  const pools = usablePools(company, caller, reach);
  return { company, businessDate: today, seesAll, freshness, ...pools };
}
