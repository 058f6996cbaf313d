// The read models under proof: what the production code answers, and what the oracle says it must.
// A read model joins the simulator by its entry in READ_MODELS; see CONTRIBUTING.md.
import type { AgedBalances } from '../../domain/aging.ts';
import { CREDIT_POLICIES } from '../../domain/aging.ts';
import { type Day, formatDay, parseDay } from '../../domain/calendar.ts';
import type { PromiseToPay } from '../../domain/promise.ts';
import { getAging } from '../../application/get-aging.ts';
import { getCustomer } from '../../application/get-customer.ts';
import { getTransactions } from '../../application/get-transactions.ts';
import type { CustomerView, ReadPorts } from '../../application/open-customer.ts';
import { TABS } from '../../application/ports.ts';
import { agedBalances, type AgedSum } from '../oracle/aged-balances.ts';
import { freshness } from '../oracle/freshness.ts';
import { dateAfter } from '../oracle/local-date.ts';
import { promiseOn } from '../oracle/promises.ts';
import { futureDated, isOnTab, tabTotal, type TabTotal } from '../oracle/tabs.ts';
import { statusOf } from '../oracle/promises.ts';
import type { Evidence } from './evidence.ts';

/** One customer as the production code sees it. */
export type Subject = { readonly view: CustomerView; readonly ports: ReadPorts };

/**
 * Something that is read of a customer. `read` asks the production code, `expected` the oracle, in
 * the same words; what the specification leaves open, `read` takes from `expected`.
 */
export type ReadModel = {
  readonly name: string;
  read(subject: Subject, evidence: Evidence): Promise<unknown>;
  expected(evidence: Evidence): unknown;
};

/** Days before today at which the past is asked for. */
const DAYS_AGO = [1, 30];

export const READ_MODELS: readonly ReadModel[] = [
  ...[null, ...DAYS_AGO].flatMap((daysAgo) =>
    CREDIT_POLICIES.map((credits) => agedBalancesModel(daysAgo, credits)),
  ),
  {
    name: 'tabs and future-dated',
    async read({ view, ports }, evidence) {
      const { tabs, aging } = await getCustomer(view, ports);
      const isCertain = evidence.isAccountingCertain(null);
      const totals = TABS.map((tab) => [tab, inWords(tabs[tab], isCertain)]);
      return Object.fromEntries([
        ...totals,
        ['futureDated', inWords(aging.futureDated, isCertain)],
      ]);
    },
    expected(evidence) {
      const { rows, today } = evidence;
      const open = evidence.transactions(null);
      const isCertain = evidence.isAccountingCertain(null);
      const totals = TABS.map((tab) => [tab, inWords(tabTotal(tab, open, rows), isCertain)]);
      return Object.fromEntries([
        ...totals,
        ['futureDated', inWords(futureDated(open, today), isCertain)],
      ]);
    },
  },
  promisesModel(null),
  promisesModel(30),
  {
    name: 'freshness',
    read: async ({ view: { header } }) => ({
      updatedAt: header.updatedAt,
      sources: header.sources,
    }),
    expected: ({ newest }) => freshness(newest),
  },
];

function agedBalancesModel(
  daysAgo: number | null,
  credits: (typeof CREDIT_POLICIES)[number],
): ReadModel {
  const expected = (evidence: Evidence) => {
    const { rows, company, today } = evidence;
    const asOf = dateOf(evidence, daysAgo);
    const question = { ...company, asOf, agedOn: asOf ?? today, credits };
    return agedBalances(rows, question, evidence.transactions(asOf));
  };
  return {
    name: `aged balances, ${credits}, ${daysAgo === null ? 'live' : `${daysAgo} days ago`}`,
    async read({ view, ports }, evidence) {
      const asOf = dayOf(evidence, daysAgo);
      const answer = await getAging(view, { asOf, definition: null, credits }, ports);
      if ('kind' in answer) return answer.kind;
      const { aging, overSettled, unmatchedSettlements } = answer;
      const certain = expected(evidence);
      return {
        currencies: Object.fromEntries(aging.currencies.map((one) => [one.currency, sumOf(one)])),
        accounting: certain.isAccountingCertain ? sumOf(aging.accounting) : certain.accounting,
        isAccountingCertain: certain.isAccountingCertain,
        missingAccountingAmounts: aging.missingAccountingAmounts,
        overSettled,
        unmatchedSettlements,
      };
    },
    expected,
  };
}

function promisesModel(daysAgo: number | null): ReadModel {
  const tab = 'promised';
  return {
    name: `promises, ${daysAgo === null ? 'live' : `${daysAgo} days ago`}`,
    async read({ view, ports }, evidence) {
      const asOf = dayOf(evidence, daysAgo);
      const request = { tab, asOf, descending: false, after: null, limit: 500 } as const;
      const answer = await getTransactions(view, request, ports);
      if ('kind' in answer) return answer.kind;
      const items = answer.items.map(({ document, open, promise }) => [
        `${document.source} ${document.record}`,
        { open: BigInt(open.open), promise: promise === null ? null : promised(promise) },
      ]);
      return Object.fromEntries(items);
    },
    expected(evidence) {
      const { rows, company, today } = evidence;
      const asOf = dateOf(evidence, daysAgo);
      const items = evidence
        .transactions(asOf)
        .filter((one) => isOnTab(tab, one, statusOf(rows, one.row)))
        .map(({ row, open }) => [
          `${row.source} ${row.record}`,
          { open, promise: promiseOn(rows, row, asOf ?? today, company.timeZone) },
        ]);
      return Object.fromEntries(items);
    },
  };
}

function dateOf({ today }: Evidence, daysAgo: number | null): string | null {
  return daysAgo === null ? null : dateAfter(today, -daysAgo);
}

function dayOf(evidence: Evidence, daysAgo: number | null): number | null {
  const date = dateOf(evidence, daysAgo);
  return date === null ? null : parseDay(date);
}

function promised({ target, paid, verdict, keptOn, followUpOn }: PromiseToPay) {
  const dates = { keptOn: dateOrNull(keptOn), followUp: dateOrNull(followUpOn) };
  return { target: BigInt(target), paid: BigInt(paid), verdict, ...dates };
}

function dateOrNull(day: Day | null): string | null {
  return day === null ? null : formatDay(day);
}

function sumOf(aged: AgedBalances): AgedSum {
  return {
    buckets: aged.buckets.map(({ amount }) => BigInt(amount)),
    counts: aged.buckets.map(({ count }) => count),
    unapplied: BigInt(aged.unapplied),
    balance: BigInt(aged.balance),
    overdue: BigInt(aged.overdue),
    oldestDueDate: aged.oldestDueOn === null ? null : formatDay(aged.oldestDueOn),
  };
}

/** A total; without its amount where the specification leaves that open. */
function inWords(
  { count, amount }: TabTotal | { count: number; amount: number },
  isCertain: boolean,
) {
  return { count, amount: isCertain ? BigInt(amount) : null };
}
