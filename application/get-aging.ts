// Aged balances of a customer, live or as of a day (SPEC §3.2, §3.3).
import { accountingAmount, ageBalances, type Aging, type CreditPolicy } from '../domain/aging.ts';
import type { AgingDefinition } from '../domain/aging-definition.ts';
import { openAsOf } from '../domain/as-of.ts';
import type { Day } from '../domain/calendar.ts';
import type { Histogram } from '../domain/histogram.ts';
import { addExact } from '../domain/money.ts';
import { histogramOf, liveItem, type OpenItem } from '../domain/open-item.ts';
import type { Company } from '../domain/reference.ts';
import { readSeries } from '../domain/series.ts';
import { asOfEvidence } from './as-of-evidence.ts';
import type { CustomerView, ReadPorts } from './open-customer.ts';
import type { CustomerQueries } from './ports.ts';

export type AgingRequest = {
  /** Null asks for the live figures. */
  readonly asOf: Day | null;
  /** The id of a definition; null takes the company's. */
  readonly definition: string | null;
  readonly credits: CreditPolicy;
};

/** How many transactions, and their open amount in minor units of the accounting currency. */
export type Total = { readonly count: number; readonly amount: number };

export type AgingAnswer = {
  readonly asOf: Day;
  readonly definition: AgingDefinition;
  readonly credits: CreditPolicy;
  readonly aging: Aging;
  readonly futureDated: Total;
  readonly overSettled: number;
  readonly unmatchedSettlements: number;
  readonly approximate: boolean;
};

export type AgingProblem =
  | { readonly kind: 'unknown-definition'; readonly known: readonly string[] }
  | { readonly kind: 'as-of-too-far' };

/** The aged balances; a problem where the question cannot be answered. Throws Unavailable. */
export async function getAging(
  view: CustomerView,
  request: AgingRequest,
  ports: ReadPorts,
): Promise<AgingAnswer | AgingProblem> {
  const definition = definitionOf(view.company, request.definition);
  if ('kind' in definition) return definition;
  return request.asOf === null
    ? liveAging(view, definition, request.credits, ports)
    : pastAging(view, definition, request.asOf, request.credits, ports);
}

/** The definition with an id, or the company's own; a problem where there is none with it. */
export function definitionOf(
  { definition, definitions }: Company,
  id: string | null,
): AgingDefinition | AgingProblem {
  if (id === null) return definition;
  return definitions.get(id) ?? { kind: 'unknown-definition', known: [...definitions.keys()] };
}

async function liveAging(
  view: CustomerView,
  definition: AgingDefinition,
  credits: CreditPolicy,
  ports: ReadPorts,
): Promise<AgingAnswer> {
  const byDueDate = view.header.histogram;
  const byBasis = await basisHistogram(view, definition, ports.customers);
  const asOf = view.businessDate;
  return {
    asOf,
    definition,
    credits,
    aging: age(view, byBasis, byDueDate, asOf, definition, credits),
    futureDated: await futureDated(view, ports),
    overSettled: view.header.overSettled,
    unmatchedSettlements: view.header.unmatchedSettlements,
    approximate: false,
  };
}

async function pastAging(
  view: CustomerView,
  definition: AgingDefinition,
  asOf: Day,
  credits: CreditPolicy,
  ports: ReadPorts,
): Promise<AgingAnswer | AgingProblem> {
  const evidence = await asOfEvidence(view, asOf, ports.customers);
  if (evidence === null) return { kind: 'as-of-too-far' };
  const { items, overSettled, approximate } = openAsOf(asOf, evidence);
  const byDueDate = histogramOf(items, 'dueDate');
  const byBasis =
    definition.agedBy === 'dueDate' ? byDueDate : histogramOf(items, definition.agedBy);
  return {
    asOf,
    definition,
    credits,
    aging: age(view, byBasis, byDueDate, asOf, definition, credits),
    futureDated: { count: 0, amount: 0 },
    overSettled,
    unmatchedSettlements: view.header.unmatchedSettlements,
    approximate: approximate || view.header.undatedSettlements > 0,
  };
}

function age(
  { company }: CustomerView,
  byBasis: Histogram,
  byDueDate: Histogram,
  asOf: Day,
  definition: AgingDefinition,
  credits: CreditPolicy,
): Aging {
  const { accountingCurrency } = company;
  return ageBalances(byBasis, byDueDate, { asOf, definition, credits, accountingCurrency });
}

/** Open amounts by the day a definition ages from: the header has them by due date alone. */
export async function basisHistogram(
  { pk, header }: Pick<CustomerView, 'pk' | 'header'>,
  definition: AgingDefinition,
  customers: Pick<CustomerQueries, 'openTransactions'>,
): Promise<Histogram> {
  if (definition.agedBy === 'dueDate') return header.histogram;
  const documents = await customers.openTransactions(pk);
  return histogramOf(
    documents.flatMap((document) => liveItem(document) ?? []),
    definition.agedBy,
  );
}

/** Open transactions dated after today, which live figures include (SPEC §3.2). */
async function futureDated(view: CustomerView, ports: ReadPorts): Promise<Total> {
  const { header, businessDate: today } = view;
  if (header.latestTransactionOn === null || header.latestTransactionOn <= today) {
    return { count: 0, amount: 0 };
  }
  const documents = await ports.customers.transactionsAfter(
    view.pk,
    today,
    'open and dated',
    Number.POSITIVE_INFINITY,
  );
  return totalOf(
    documents.flatMap((document) => liveItem(document) ?? []),
    view.company.accountingCurrency,
  );
}

/** The sum of items in accounting currency; one without an accounting amount is only counted. */
export function totalOf(items: readonly OpenItem[], accountingCurrency: string): Total {
  return totalIn(histogramOf(items, 'dueDate'), accountingCurrency);
}

/** The sum of a histogram in accounting currency. */
export function totalIn(histogram: Histogram, accountingCurrency: string): Total {
  let [count, amount] = [0, 0];
  for (const [key, days] of histogram) {
    const series = readSeries(key);
    for (const cell of days.values()) {
      count += cell.count;
      amount = addExact(amount, accountingAmount(cell, series, accountingCurrency) ?? 0);
    }
  }
  return { count, amount };
}
