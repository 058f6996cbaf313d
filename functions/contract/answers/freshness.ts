// What every read answer carries (SPEC §4): the dates it is about, and how fresh it is.
import type { CompanyView } from '../../../application/open-company.ts';
import type { CustomerView } from '../../../application/open-customer.ts';
import { type Day, formatDay } from '../../../domain/calendar.ts';
import type { Freshness } from '../../../domain/watermark.ts';

/** The first fields of an answer about a customer. */
export function freshness(view: CustomerView, asOf: Day) {
  const { company, customer, header, businessDate } = view;
  return {
    company: company.id,
    customer,
    asOf: formatDay(asOf),
    businessDate: formatDay(businessDate),
    updatedAt: header.updatedAt,
    sources: newestBySource(header.sources),
  };
}

/** The first fields of an answer about a company: {@link CompanyView.freshness}. */
export function companyFreshness({ company, businessDate, freshness: told }: CompanyView) {
  const date = formatDay(businessDate);
  return {
    company: company.id,
    asOf: date,
    businessDate: date,
    updatedAt: told.updatedAt,
    sources: newestBySource(told.sources),
  };
}

/** Versions by source with its epoch. */
export function newestBySource(sources: Freshness['sources']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(sources).map(([source, { epoch, version }]) => [`${source}/${epoch}`, version]),
  );
}

/** `YYYY-MM-DD`, or null. */
export function dateOrNull(day: Day | null): string | null {
  return day === null ? null : formatDay(day);
}
