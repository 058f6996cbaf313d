// What each tab of a customer holds, and its future-dated part (SPEC §3.2, §3.5), from what is
// open of each transaction: an oracle. It must never import what it judges.
import type { CurrentRow } from './newest-rows.ts';
import { type OpenTransaction, textIn } from './open-as-of.ts';
import { statusOf } from './promises.ts';

/** How many transactions, and their open amount in minor units of the accounting currency. */
export type TabTotal = { readonly count: number; readonly amount: bigint };

/** Whether a transaction is on a tab. */
export function isOnTab(tab: string, one: OpenTransaction, status: string): boolean {
  if (tab === 'all') return true;
  if (tab === 'unsettled') return one.open < 0n;
  if (one.open === 0n) return false;
  return tab === 'open' || status === (tab === 'promised' ? 'promiseToPay' : tab);
}

/** The total of a tab. */
export function tabTotal(
  tab: string,
  transactions: readonly OpenTransaction[],
  rows: readonly CurrentRow[],
): TabTotal {
  return totalOf(transactions.filter((one) => isOnTab(tab, one, statusOf(rows, one.row))));
}

/** The open transactions dated after today, which live figures include. */
export function futureDated(transactions: readonly OpenTransaction[], today: string): TabTotal {
  return totalOf(
    transactions.filter(
      ({ row, open }) => open !== 0n && (textIn(row, 'transactionDate') ?? '') > today,
    ),
  );
}

function totalOf(transactions: readonly OpenTransaction[]): TabTotal {
  const amount = transactions.reduce((sum, { accounting }) => sum + (accounting ?? 0n), 0n);
  return { count: transactions.length, amount };
}
