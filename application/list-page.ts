// One page of a company-wide list as it is today (SPEC §3.3, DESIGN 8): rows are found by what was
// stored sorted, and those that a new day or new reference data has overtaken are aged anew; what
// is not asked for any more then is left out.
import type { AgingDefinition } from '../domain/aging-definition.ts';
import { customerKey } from '../domain/key.ts';
import { isListRowSelected, type ListValue } from '../domain/list-order.ts';
import {
  isCurrent,
  listDefinition,
  type ListedCustomer,
  listKey,
  type ListRow,
  listRow,
} from '../domain/list-row.ts';
import { EVERY_CUSTOMER, listedPools } from '../domain/listing.ts';
import { basisHistogram } from './get-aging.ts';
import type { CompanyView } from './open-company.ts';
import { readHeader } from './open-customer.ts';
import type { CustomerLists, CustomerQueries, ListQuestion } from './ports.ts';

export type ListReadPorts = { readonly lists: CustomerLists; readonly customers: CustomerQueries };

export type ListPage = {
  readonly definition: AgingDefinition;
  readonly rows: readonly ListRow[];
  /** Where the next page goes on; null on the last. */
  readonly next: readonly ListValue[] | null;
};

/** What a list is asked for. A definition other than the list's own ages the rows of the page. */
export type ListPageRequest = ListQuestion & { readonly definition: AgingDefinition | null };

/** A page of the list of a pool; a pool that is null has no customers. Throws Unavailable. */
export async function listPage(
  view: CompanyView,
  pool: string | null,
  request: ListPageRequest,
  ports: ListReadPorts,
): Promise<ListPage> {
  const own = listDefinition(view.company, pool ?? EVERY_CUSTOMER);
  const definition = request.definition ?? own;
  if (pool === null) return { definition, rows: [], next: null };
  const { limit, order, conditions } = request;
  const { company, businessDate } = view;
  const question = { ...request, limit: limit + 1 };
  const found = await ports.lists.page(listKey(company.id, pool), question);
  const stored = found.slice(0, limit);
  const last = stored.at(-1);
  const rows = await Promise.all(
    stored.map(async (row) => {
      const isOfToday = isCurrent(row, company, businessDate) && row.agedOn <= businessDate;
      // That a list has a customer is no permission to see it: its own header is (SPEC §7).
      if (view.seesAll && isOfToday && definition === own) return row;
      const listed = await listedToday(view, pool, row, ports);
      if (listed === null) return null;
      const today = isOfToday ? row : await agedBy(own, pool, listed, ports);
      if (!isListRowSelected(today, conditions)) return null;
      return definition === own ? today : agedBy(definition, pool, listed, ports);
    }),
  );
  const isMore = found.length > limit && last !== undefined;
  const next = isMore ? order.map(({ column }) => last[column] ?? '') : null;
  return { definition, rows: rows.filter((row) => row !== null), next };
}

type ListedToday = Omit<ListedCustomer, 'definition' | 'byBasis'> & { readonly pk: string };

/** What the row is made from today; null for a customer that has left the list meanwhile. */
async function listedToday(
  { company, businessDate }: CompanyView,
  pool: string,
  { customer }: ListRow,
  { customers }: ListReadPorts,
): Promise<ListedToday | null> {
  const pk = customerKey(company.id, customer);
  const header = await readHeader(pk, customers);
  if (header === null || !listedPools(header).includes(pool)) return null;
  return { company, customer, pk, header, agedOn: businessDate };
}

async function agedBy(
  definition: AgingDefinition,
  pool: string,
  listed: ListedToday,
  { customers }: ListReadPorts,
): Promise<ListRow> {
  const byBasis = await basisHistogram(listed, definition, customers);
  return listRow(pool, { ...listed, definition, byBasis });
}
