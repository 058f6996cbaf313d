// The collections history of a customer, page by page (SPEC §3.5, §4). Read whole and put in order
// for each page, since a version may come late; so there is a most it may hold.
import { collectionsHistory, type HistoryItem } from '../domain/collections-history.ts';
import { readTransaction } from '../domain/transaction.ts';
import type { CustomerView, ReadPorts } from './open-customer.ts';

/** Versions of statuses and letters, and commands, read for one page; beyond them there is no answer. */
export const HISTORY_VERSIONS_MAX = 10_000;

export type HistoryRequest = {
  /** Id of the entry the page before ended with. */
  readonly after: string | null;
  readonly limit: number;
};

/** An entry, with the number of the transaction it is about where that is known. */
export type HistoryEntry = HistoryItem & { readonly number: string | null };

export type HistoryAnswer = {
  readonly items: readonly HistoryEntry[];
  /** Where the next page goes on; null on the last. */
  readonly next: string | null;
};

export type HistoryFault = { readonly kind: 'history-too-long' | 'unknown-entry' };

/** One page of the history, newest first. Throws Unavailable. */
export async function getCollectionsHistory(
  view: CustomerView,
  { after, limit }: HistoryRequest,
  { customers }: ReadPorts,
): Promise<HistoryAnswer | HistoryFault> {
  const most = HISTORY_VERSIONS_MAX + 1;
  const [documents, commands] = await Promise.all([
    customers.history(view.pk, most),
    customers.commands(view.pk, most),
  ]);
  if (documents.length + commands.length > HISTORY_VERSIONS_MAX)
    return { kind: 'history-too-long' };
  const history = collectionsHistory(documents, commands, view.company.timeZone);
  const start = after === null ? 0 : history.findIndex(({ id }) => id === after) + 1;
  if (after !== null && start === 0) return { kind: 'unknown-entry' };
  const items = history.slice(start, start + limit);
  const isLast = start + limit >= history.length;
  const numbers = await transactionNumbers(view.pk, items, customers);
  return {
    items: items.map((item) => ({ ...item, number: numbers.get(transactionOf(item)) ?? null })),
    next: isLast ? null : (items.at(-1)?.id ?? null),
  };
}

function transactionOf(item: HistoryItem): string | null {
  return item.entity === 'collectionsStatus' ? item.transaction : null;
}

async function transactionNumbers(
  pk: string,
  items: readonly HistoryItem[],
  customers: ReadPorts['customers'],
): Promise<ReadonlyMap<string | null, string | null>> {
  const ids = [...new Set(items.flatMap((item) => transactionOf(item) ?? []))];
  const transactions = await customers.transactionsById(pk, ids);
  return new Map(transactions.map((one) => [one.id, readTransaction(one)?.row.number ?? null]));
}
