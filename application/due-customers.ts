// The customers of a company whose rows on company-wide lists a day makes wrong (SPEC §3.3): found
// by the rows themselves, so that the others cost nothing.
import type { Day } from '../domain/calendar.ts';
import { listDefinition, listKey } from '../domain/list-row.ts';
import type { ListCondition, ListOrder, ListValue } from '../domain/list-order.ts';
import { EVERY_CUSTOMER } from '../domain/listing.ts';
import type { Company } from '../domain/reference.ts';
import type { CustomerLists, CustomersPage } from './ports.ts';

const LONGEST_DUE_FIRST: readonly ListOrder[] = [
  { column: 'nextChangeOn', descending: false },
  { column: 'customer', descending: false },
];

/** Where a page goes on: on the list of a pool, after a row. */
type Place = { readonly pool: string; readonly after: readonly ListValue[] };

/**
 * A page of the customers of whom any row is wrong by a day, from where the page before ended. Rows
 * that are put right meanwhile move no others; a customer may come once for each list. Throws
 * Unavailable.
 */
export async function dueCustomers(
  company: Company,
  day: Day,
  next: string | null,
  limit: number,
  lists: Pick<CustomerLists, 'page'>,
): Promise<CustomersPage> {
  const from = next === null ? null : readPlace(next);
  const conditions: readonly ListCondition[] = [{ column: 'nextChangeOn', is: 'to', value: day }];
  const customers = new Set<string>();
  for (const pool of poolsToAsk(company)) {
    if (from !== null && pool < from.pool) continue;
    const after = from?.pool === pool ? from.after : null;
    const left = limit - customers.size;
    const question = { order: LONGEST_DUE_FIRST, conditions, after, limit: left };
    const rows = await lists.page(listKey(company.id, pool), question);
    for (const { customer } of rows) customers.add(customer);
    const last = rows.at(-1);
    if (last !== undefined && rows.length === left) {
      const place: Place = { pool, after: [last.nextChangeOn ?? day, last.customer] };
      return { customers: [...customers], next: JSON.stringify(place) };
    }
  }
  return { customers: [...customers], next: null };
}

/**
 * The pools whose lists tell who is due, in order, the list of the company first. A pool without a
 * definition of its own needs no asking: its rows change on the very days of the company's.
 */
function poolsToAsk(company: Company): string[] {
  const pools = [...company.pools.keys()].filter(
    (pool) => listDefinition(company, pool) !== company.definition,
  );
  return [EVERY_CUSTOMER, ...pools.toSorted()];
}

function readPlace(text: string): Place {
  const place: Place = JSON.parse(text);
  return place;
}
