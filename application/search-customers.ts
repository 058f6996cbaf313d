// Looks customers up by the beginning of their account or of their name (SPEC §4): first those the
// account fits, then those the name does.
import type { ListCondition, ListOrder, ListValue } from '../domain/list-order.ts';
import { type ListRow, nameKey } from '../domain/list-row.ts';
import { type ListReadPorts, listPage } from './list-page.ts';
import type { CompanyView } from './open-company.ts';

const PHASES = ['account', 'name'] as const;

/** Where the next page goes on: in which of the two, and after which row. */
export type SearchPosition = {
  readonly phase: (typeof PHASES)[number];
  readonly after: readonly ListValue[];
};

export type SearchRequest = {
  readonly search: string;
  readonly after: SearchPosition | null;
  readonly limit: number;
};

export type SearchPage = {
  readonly rows: readonly ListRow[];
  readonly next: SearchPosition | null;
};

const ORDERS: Readonly<Record<SearchPosition['phase'], readonly ListOrder[]>> = {
  account: [{ column: 'customer', descending: false }],
  name: [
    { column: 'nameKey', descending: false },
    { column: 'customer', descending: false },
  ],
};

/** One page of the customers found. Throws Unavailable. */
export async function searchCustomers(
  view: CompanyView,
  pool: string | null,
  { search, after, limit }: SearchRequest,
  ports: ListReadPorts,
): Promise<SearchPage> {
  const rows: ListRow[] = [];
  for (const phase of PHASES.slice(PHASES.indexOf(after?.phase ?? 'account'))) {
    const page = await listPage(
      view,
      pool,
      {
        order: ORDERS[phase],
        conditions: [conditionOf(phase, search)],
        after: after?.phase === phase ? after.after : null,
        limit: limit - rows.length,
        definition: null,
      },
      ports,
    );
    // Whoever was found by account is not found again by name.
    rows.push(
      ...page.rows.filter((row) => phase === 'account' || !row.customer.startsWith(search)),
    );
    if (page.next !== null) return { rows, next: { phase, after: page.next } };
    if (rows.length >= limit && phase === 'account') {
      return { rows, next: { phase: 'name', after: ['', ''] } };
    }
  }
  return { rows, next: null };
}

function conditionOf(phase: SearchPosition['phase'], search: string): ListCondition {
  switch (phase) {
    case 'account':
      return { column: 'customer', is: 'prefix', value: search };
    case 'name':
      return { column: 'nameKey', is: 'prefix', value: nameKey(search) };
  }
}
