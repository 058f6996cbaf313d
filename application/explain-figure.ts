// What a figure of the aged balances is made of: the documents that add up to it, and the changes
// behind each, page by page (SPEC §4, explain).
import { ageBalances, noBalances } from '../domain/aging.ts';
import type { AgingDefinition } from '../domain/aging-definition.ts';
import { openAsOf } from '../domain/as-of.ts';
import type { Day } from '../domain/calendar.ts';
import {
  type Figure,
  type FigureName,
  figureOf,
  type FigureQuestion,
  partOf,
} from '../domain/figure.ts';
import { addExact } from '../domain/money.ts';
import { histogramOf, liveItem, type OpenItem } from '../domain/open-item.ts';
import { byTransaction, changesBehind, type CountedChange } from '../domain/transaction-history.ts';
import { asOfEvidence } from './as-of-evidence.ts';
import { type AgingProblem, definitionOf } from './get-aging.ts';
import { type CustomerView, type ReadPorts, reopenCustomer } from './open-customer.ts';
import { type TransactionPosition, Unavailable } from './ports.ts';
import { pageOf } from './transaction-page.ts';

export type ExplainRequest = {
  readonly figure: FigureName;
  /** The label or the index of a bucket; null for every other figure. */
  readonly bucket: string | null;
  /** Null asks for the live figure. */
  readonly asOf: Day | null;
  /** The id of a definition; null takes the company's. */
  readonly definition: string | null;
  /** Null asks for the figure of all currencies, in accounting currency. */
  readonly currency: string | null;
  readonly after: TransactionPosition | null;
  readonly limit: number;
};

/** An open transaction, the part of it that counts, and the changes that made it so. */
export type ExplainedItem = OpenItem & {
  /** In minor units of the figure's currency. */
  readonly part: number;
  readonly changes: readonly CountedChange[];
};

/** Amounts in minor units of `currency`. */
export type Explanation = {
  /** The customer at the moment the answer is about. */
  readonly view: CustomerView;
  readonly asOf: Day;
  readonly definition: AgingDefinition;
  readonly figure: Figure;
  readonly currency: string;
  /** The figure as aged balances have it. */
  readonly amount: number;
  /** All documents, on this page or not, and what their parts add up to. */
  readonly total: { readonly count: number; readonly amount: number };
  readonly missingAccountingAmounts: number;
  readonly approximate: boolean;
  readonly items: readonly ExplainedItem[];
  readonly next: TransactionPosition | null;
};

export type ExplainProblem =
  | AgingProblem
  | { readonly kind: 'unknown-bucket'; readonly known: readonly string[] };

/** Times an answer is made again because the customer changed meanwhile. */
const READS_MAX = 5;

/**
 * One page of the explanation, of one moment; a problem where the question cannot be answered.
 * Besides the header it reads what is open, and the records that name the documents of the page.
 * Throws Unavailable, also for a customer that keeps changing.
 */
export async function explainFigure(
  view: CustomerView,
  request: ExplainRequest,
  ports: ReadPorts,
): Promise<Explanation | ExplainProblem> {
  let now = view;
  for (let reads = 1; reads <= READS_MAX; reads += 1) {
    const answer = await explain(now, request, ports);
    if ('kind' in answer) return answer;
    const later = await reopenCustomer(now, ports);
    if (later === null || later.header.revision === now.header.revision) return answer;
    now = later;
  }
  throw new Unavailable('cosmos', 1, new Error('the customer kept changing'));
}

async function explain(
  view: CustomerView,
  request: ExplainRequest,
  ports: ReadPorts,
): Promise<Explanation | ExplainProblem> {
  const definition = definitionOf(view.company, request.definition);
  if ('kind' in definition) return definition;
  const figure = figureAsked(request, definition);
  if ('kind' in figure) return figure;
  const open = await openItems(view, request.asOf, ports);
  if ('kind' in open) return open;
  const { accountingCurrency } = view.company;
  const { currency } = request;
  const asOf = request.asOf ?? view.businessDate;
  const question = { figure, asOf, definition, accountingCurrency, currency };
  const parts = open.items.flatMap((item) => {
    const part = partOf(item, question);
    return part === null ? [] : [{ ...item, part }];
  });
  const { items, next } = pageOf(parts, request);
  return {
    view,
    asOf,
    definition,
    figure,
    currency: currency ?? accountingCurrency,
    ...figureAmount(view, request.asOf === null, open.items, question),
    total: { count: parts.length, amount: parts.reduce((sum, { part }) => addExact(sum, part), 0) },
    approximate: open.approximate,
    items: await withChanges(view.pk, items, ports),
    next,
  };
}

function figureAsked(
  { figure: name, bucket }: ExplainRequest,
  { buckets }: AgingDefinition,
): Figure | ExplainProblem {
  if (name !== 'bucket') return { name };
  const labels = buckets.map(({ label }) => label);
  const byLabel = bucket === null ? -1 : labels.indexOf(bucket);
  const index = byLabel >= 0 ? byLabel : labels.findIndex((_, place) => String(place) === bucket);
  return index < 0 ? { kind: 'unknown-bucket', known: labels } : { name, bucket: index };
}

type OpenItems = { readonly items: readonly OpenItem[]; readonly approximate: boolean };

async function openItems(
  view: CustomerView,
  asOf: Day | null,
  { customers }: ReadPorts,
): Promise<OpenItems | AgingProblem> {
  if (asOf === null) {
    const documents = await customers.openTransactions(view.pk);
    return { items: documents.flatMap((one) => liveItem(one) ?? []), approximate: false };
  }
  const evidence = await asOfEvidence(view, asOf, customers);
  if (evidence === null) return { kind: 'as-of-too-far' };
  const { items, approximate } = openAsOf(asOf, evidence);
  return { items, approximate: approximate || view.header.undatedSettlements > 0 };
}

/** The figure of the aged balances; live ones come from the header, not from the items. */
function figureAmount(
  { header }: CustomerView,
  isLive: boolean,
  items: readonly OpenItem[],
  { figure, asOf, definition, accountingCurrency, currency }: FigureQuestion,
): Pick<Explanation, 'amount' | 'missingAccountingAmounts'> {
  const byDueDate = isLive ? header.histogram : histogramOf(items, 'dueDate');
  const { agedBy } = definition;
  const byBasis = agedBy === 'dueDate' ? byDueDate : histogramOf(items, agedBy);
  const question = { asOf, definition, credits: 'separate', accountingCurrency } as const;
  const aging = ageBalances(byBasis, byDueDate, question);
  const balances =
    currency === null
      ? aging.accounting
      : (aging.currencies.find((one) => one.currency === currency) ??
        noBalances(currency, definition));
  const { missingAccountingAmounts } = aging;
  return { amount: figureOf(balances, figure), missingAccountingAmounts };
}

async function withChanges(
  pk: string,
  items: readonly (OpenItem & { readonly part: number })[],
  { customers }: ReadPorts,
): Promise<ExplainedItem[]> {
  const ids = items.map(({ document }) => document.id);
  const shaping = ids.length === 0 ? [] : await customers.recordsNaming(pk, ids);
  const named = byTransaction(shaping);
  return items.map((item) => ({
    ...item,
    changes: changesBehind(item.document, named.get(item.document.id) ?? []),
  }));
}
