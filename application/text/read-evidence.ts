// Reads what texts are made from (SPEC §6): figures by the very use cases that answer them, and the
// documents a text may name.
import { activityInstant, type Activity } from '../../domain/activity.ts';
import { type Day, dayOf, YEAR_MIN } from '../../domain/calendar.ts';
import { decimalsOf } from '../../domain/currency.ts';
import { liveItem, type OpenItem } from '../../domain/open-item.ts';
import { promiseOf } from '../../domain/promise.ts';
import { dayOrNull, textOrNull } from '../../domain/row-reader.ts';
import type { Language } from '../../domain/text/fact-sheet.ts';
import type { ReminderEvidence } from '../../domain/text/reminder-sheet.ts';
import type { SummaryEvidence } from '../../domain/text/summary-evidence.ts';
import { timelineItem } from '../../domain/timeline.ts';
import { atDecimals } from '../../domain/unscaled-amount.ts';
import { getCustomer } from '../get-customer.ts';
import type { CustomerView, ReadPorts } from '../open-customer.ts';
import type { Tab } from '../ports.ts';

/** Disputed, and promised, transactions read for a summary; sums of more are the header's. */
const DOCUMENTS_MAX = 500;
/** Settlements read to judge promises. */
const SETTLEMENTS_MAX = 20_000;
/** Activities read for a summary, the latest first. */
const ACTIVITIES_MAX = 500;

/** What a summary is made from, live. Throws Unavailable. */
export async function readSummaryEvidence(
  view: CustomerView,
  language: Language,
  ports: ReadPorts,
): Promise<SummaryEvidence> {
  const { company, customer, header, businessDate: asOf } = view;
  const { accountingCurrency, timeZone } = company;
  const { aging, credit, metrics, tabs } = await getCustomer(view, ports);
  const [disputes, promised, activities] = await Promise.all([
    tabs.disputed.count === 0 ? [] : itemsOf(view, 'disputed', ports),
    tabs.promised.count === 0 ? [] : itemsOf(view, 'promised', ports),
    openActivities(view, ports),
  ]);
  const row = header.profile?.row ?? {};
  const promises = await withPromises(view, promised, ports);
  return {
    company: company.id,
    customer,
    language,
    asOf,
    timeZone,
    accountingCurrency,
    name: textOrNull(row, 'name'),
    customerSince: dayOrNull(row, 'customerSince'),
    definition: aging.definition,
    aging: aging.aging,
    credit,
    metrics,
    promised: promises.flatMap(({ item, promise }) =>
      promise === null
        ? []
        : [{ item, promise, accounting: accountingOpen(item, accountingCurrency) }],
    ),
    disputed: tabs.disputed,
    disputes,
    activities,
  };
}

/** What a reminder is made from, live. Throws Unavailable. */
export async function readReminderEvidence(
  view: CustomerView,
  language: Language,
  ports: ReadPorts,
): Promise<ReminderEvidence> {
  const { company, customer, header, businessDate: asOf } = view;
  const documents = await ports.customers.openTransactions(view.pk);
  const items = documents.flatMap((document) => liveItem(document) ?? []);
  return {
    company: company.id,
    companyName: company.name,
    customer,
    name: textOrNull(header.profile?.row ?? {}, 'name'),
    language,
    asOf,
    open: await withPromises(view, items, ports),
  };
}

async function itemsOf(
  { pk }: CustomerView,
  tab: Tab,
  { customers }: ReadPorts,
): Promise<readonly OpenItem[]> {
  const question = { tab, descending: false, after: null, limit: DOCUMENTS_MAX };
  const documents = await customers.transactions(pk, question);
  return documents.flatMap((document) => liveItem(document) ?? []);
}

/** The items, each with the promise on it where there is one. */
async function withPromises(
  { pk, company, businessDate: asOf }: CustomerView,
  items: readonly OpenItem[],
  { customers }: ReadPorts,
): Promise<ReminderEvidence['open']> {
  const promised = items.filter(({ document }) => document.collections === 'promiseToPay');
  const ids = promised.map(({ document }) => document.id);
  const settlements =
    ids.length === 0 ? [] : await customers.settlementsOf(pk, ids, SETTLEMENTS_MAX);
  return items.map((item) => ({
    item,
    promise: promiseOf(item, settlements, asOf, company.timeZone),
  }));
}

/** What is open of an item in accounting currency; zero where that is not known. */
function accountingOpen({ row, open }: OpenItem, accountingCurrency: string): number {
  if (open.accounting !== null) return atDecimals(open.accounting, decimalsOf(accountingCurrency));
  return row.currency === accountingCurrency ? open.open : 0;
}

const EVER: Day = dayOf(YEAR_MIN, 1, 1);

/** Activities that are not closed, as far as they have a date. */
async function openActivities(
  { pk, company }: CustomerView,
  { customers }: ReadPorts,
): Promise<readonly Activity[]> {
  const question = { from: EVER, to: null, after: null, limit: ACTIVITIES_MAX };
  const documents = await customers.timeline(pk, { ...question, types: ['activity'] });
  return documents.flatMap((document) => {
    const item = timelineItem(document, company.timeZone);
    if (item?.type !== 'activity' || item.activity.closed) return [];
    return activityInstant(item.activity) === null ? [] : [item.activity];
  });
}
