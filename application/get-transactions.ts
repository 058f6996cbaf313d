// The transactions of a tab, live or as of a day, page by page (SPEC §3.5, §4).
import {
  type PendingDocument,
  type PendingOn,
  pendingOn,
} from '../domain/commands/pending-commands.ts';
import { type AsOf, openAsOf } from '../domain/as-of.ts';
import type { Day } from '../domain/calendar.ts';
import { liveItem, type OpenItem } from '../domain/open-item.ts';
import { type PromiseToPay, promiseOf } from '../domain/promise.ts';
import type { SettlementDocument } from '../domain/settlement.ts';
import { ZERO_UNSCALED } from '../domain/unscaled-amount.ts';
import { readPending } from './commands/read-pending.ts';
import { asOfEvidence } from './as-of-evidence.ts';
import { type Total, totalOf } from './get-aging.ts';
import { tabTotals } from './get-customer.ts';
import type { CustomerView, ReadPorts } from './open-customer.ts';
import type { Tab, TransactionPosition } from './ports.ts';
import { firstPage, itemsAfter } from './transaction-page.ts';

export type TransactionsRequest = {
  readonly tab: Tab;
  readonly asOf: Day | null;
  /** By due date, earliest first unless descending. */
  readonly descending: boolean;
  readonly after: TransactionPosition | null;
  readonly limit: number;
};

export type TransactionItem = OpenItem & {
  readonly promise: PromiseToPay | null;
  /** Commands to the ERP that are pending on it, as they were asked for; of a live answer only. */
  readonly pending: readonly PendingOn[];
};

export type TransactionsAnswer = {
  readonly asOf: Day;
  readonly items: readonly TransactionItem[];
  /** Where the next page goes on; null on the last. */
  readonly next: TransactionPosition | null;
  readonly total: Total;
};

/** Settlements read to judge the promises of one page; a page beyond that is a bug in the feed. */
const PROMISE_SETTLEMENTS_MAX = 20_000;

/** One page of a tab. Throws Unavailable. */
export async function getTransactions(
  view: CustomerView,
  request: TransactionsRequest,
  ports: ReadPorts,
): Promise<TransactionsAnswer | { readonly kind: 'as-of-too-far' }> {
  if (request.asOf === null) return livePage(view, request, ports);
  const evidence = await asOfEvidence(view, request.asOf, ports.customers);
  if (evidence === null) return { kind: 'as-of-too-far' };
  const past = openAsOf(request.asOf, evidence);
  const later = evidence.transactions.filter(isDatedAfter(request.asOf)).length;
  return request.tab === 'all'
    ? everyPage(view, request.asOf, request, past, later, ports)
    : pastPage(view, request.asOf, request, past, ports);
}

function isDatedAfter(day: Day) {
  return ({ transactionOn }: { readonly transactionOn: Day | null }) =>
    transactionOn !== null && transactionOn > day;
}

async function livePage(
  view: CustomerView,
  request: TransactionsRequest,
  ports: ReadPorts,
): Promise<TransactionsAnswer> {
  const [documents, pending] = await Promise.all([
    ports.customers.transactions(view.pk, { ...request, limit: request.limit + 1 }),
    readPending(view.pk, ports.customers),
  ]);
  const items = documents.flatMap((document) => liveItem(document) ?? []);
  const total = tabTotals(view.header, view.company.accountingCurrency)[request.tab];
  const answer = await page(view, view.businessDate, items, total, request, ports);
  return pending === null ? answer : withPending(answer, pending.document);
}

/** Commands are pending now: only a live answer tells of them. */
function withPending(answer: TransactionsAnswer, pending: PendingDocument): TransactionsAnswer {
  const items = answer.items.map((item) => ({
    ...item,
    pending: pendingOn(pending, item.document.id),
  }));
  return { ...answer, items };
}

/** All transactions up to a day: paged in the store, with what was open of each on that day. */
async function everyPage(
  view: CustomerView,
  asOf: Day,
  request: TransactionsRequest,
  past: AsOf,
  later: number,
  ports: ReadPorts,
): Promise<TransactionsAnswer> {
  const open = new Map(past.items.map((item) => [item.document.id, item]));
  const items: OpenItem[] = [];
  let { after } = request;
  while (items.length <= request.limit) {
    const limit = request.limit + 1;
    const documents = await ports.customers.transactions(view.pk, { ...request, after, limit });
    for (const document of documents) {
      const live = liveItem(document);
      if (live === null || live.row.transactionOn > asOf) continue;
      items.push(open.get(document.id) ?? closed(live));
    }
    const last = documents.at(-1);
    if (documents.length < limit || last === undefined) break;
    after = { dueOn: last.dueOn ?? 0, id: last.id };
  }
  const { amount } = totalOf(past.items, view.company.accountingCurrency);
  const total = { count: view.header.transactions - later, amount };
  return page(view, asOf, items, total, request, ports);
}

function closed(item: OpenItem): OpenItem {
  const accounting = item.row.amountAccounting === null ? null : ZERO_UNSCALED;
  return { ...item, open: { open: 0, accounting, parts: [], overSettled: false } };
}

async function pastPage(
  view: CustomerView,
  asOf: Day,
  request: TransactionsRequest,
  past: AsOf,
  ports: ReadPorts,
): Promise<TransactionsAnswer> {
  const onTab = past.items.filter(isOn(request.tab));
  const total = totalOf(onTab, view.company.accountingCurrency);
  const items = itemsAfter(onTab, request.after, request.descending);
  return page(view, asOf, items, total, request, ports);
}

function isOn(tab: Tab): (item: OpenItem) => boolean {
  switch (tab) {
    case 'open':
    case 'all':
      return () => true;
    case 'disputed':
      return ({ document }) => document.collections === 'disputed';
    case 'promised':
      return ({ document }) => document.collections === 'promiseToPay';
    case 'unsettled':
      return ({ open }) => open.open < 0;
  }
}

/** A page of items, of which one more than the limit was found if there is a next page. */
async function page(
  view: CustomerView,
  asOf: Day,
  found: readonly OpenItem[],
  total: Total,
  request: TransactionsRequest,
  ports: ReadPorts,
): Promise<TransactionsAnswer> {
  const { items, next } = firstPage(found, request.limit);
  const settlements = await promiseSettlements(view.pk, items, ports);
  const { timeZone } = view.company;
  return {
    asOf,
    items: items.map((item) => ({
      ...item,
      promise: promiseOf(item, settlements, asOf, timeZone),
      pending: [],
    })),
    next,
    total,
  };
}

async function promiseSettlements(
  pk: string,
  items: readonly OpenItem[],
  ports: ReadPorts,
): Promise<readonly SettlementDocument[]> {
  const promised = items.filter(({ document }) => document.collections === 'promiseToPay');
  if (promised.length === 0) return [];
  const ids = promised.map(({ document }) => document.id);
  return ports.customers.settlementsOf(pk, ids, PROMISE_SETTLEMENTS_MAX);
}
