// The customers of a list with the highest balances (SPEC §4): a hundred of them, which can be
// sorted and filtered by any column among themselves.
import {
  compareListRows,
  isListRowSelected,
  type ListCondition,
  type ListOrder,
} from '../domain/list-order.ts';
import type { ListRow } from '../domain/list-row.ts';
import { type ListReadPorts, listPage } from './list-page.ts';
import type { CompanyView } from './open-company.ts';

/** Customers among which the request sorts and filters. */
export const HIGHEST_MAX = 100;

const BY_BALANCE: readonly ListOrder[] = [
  { column: 'balance', descending: true },
  { column: 'customer', descending: false },
];

export type HighestBalancesRequest = {
  /** Empty leaves them by balance, highest first. */
  readonly order: readonly ListOrder[];
  readonly conditions: readonly ListCondition[];
};

/** The rows, in the order asked for. Throws Unavailable. */
export async function getHighestBalances(
  view: CompanyView,
  pool: string | null,
  { order, conditions }: HighestBalancesRequest,
  ports: ListReadPorts,
): Promise<readonly ListRow[]> {
  const question = { order: BY_BALANCE, conditions: [], after: null, limit: HIGHEST_MAX };
  const { rows } = await listPage(view, pool, { ...question, definition: null }, ports);
  return rows
    .filter((row) => isListRowSelected(row, conditions))
    .toSorted(compareListRows([...order, ...BY_BALANCE]));
}
