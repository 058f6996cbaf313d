// What every read answer carries (SPEC §4): the dates it is about, and how fresh it is.
import type { CustomerView } from '../../../application/open-customer.ts';
import { type Day, formatDay } from '../../../domain/calendar.ts';

/** The first fields of an answer about a customer. */
export function freshness(view: CustomerView, asOf: Day) {
  const { company, customer, header, businessDate } = view;
  return {
    company: company.id,
    customer,
    asOf: formatDay(asOf),
    businessDate: formatDay(businessDate),
    updatedAt: header.updatedAt,
    sources: Object.fromEntries(
      Object.entries(header.sources).map(([source, { epoch, version }]) => [
        `${source}/${epoch}`,
        version,
      ]),
    ),
  };
}

/** `YYYY-MM-DD`, or null. */
export function dateOrNull(day: Day | null): string | null {
  return day === null ? null : formatDay(day);
}
