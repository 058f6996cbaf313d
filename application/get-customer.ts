// The customer's workspace: who it is, what it owes by age, how it pays, its credit, and what each
// tab holds, from its header.
import { accountingAmount } from '../domain/aging.ts';
import type { Cell } from '../domain/cell.ts';
import { type Credit, creditOf } from '../domain/credit.ts';
import type { Header } from '../domain/header.ts';
import type { Metrics } from '../domain/metrics.ts';
import { addExact } from '../domain/money.ts';
import { readSeries, type SeriesKey } from '../domain/series.ts';
import { type AgingAnswer, getAging, type Total, totalIn } from './get-aging.ts';
import { getMetrics } from './get-metrics.ts';
import type { CustomerView, ReadPorts } from './open-customer.ts';
import type { Tab } from './ports.ts';

export type Workspace = {
  readonly aging: AgingAnswer;
  readonly credit: Credit;
  readonly metrics: Metrics;
  readonly tabs: Readonly<Record<Tab, Total>>;
};

/**
 * The workspace, live, by the company's own aging definition. All it takes is the header that the
 * view holds and the remembered company, unless the header says that something lies after today or
 * was promised; see {@link getMetrics}. Throws Unavailable.
 */
export async function getCustomer(view: CustomerView, ports: ReadPorts): Promise<Workspace> {
  const request = { asOf: null, definition: null, credits: 'separate' } as const;
  const aging = await getAging(view, request, ports);
  if ('kind' in aging) throw new Error(`the company's own definition: ${aging.kind}`);
  const { company, header } = view;
  const { accounting } = aging.aging;
  return {
    aging,
    credit: creditOf(header.profile?.row ?? null, accounting.balance, company.accountingCurrency),
    metrics: await getMetrics(view, accounting, ports),
    tabs: tabTotals(header, company.accountingCurrency),
  };
}

/** Count and sum of each tab now, in accounting currency (SPEC §3.5). */
export function tabTotals(
  header: Header,
  accountingCurrency: string,
): Readonly<Record<Tab, Total>> {
  const credits = new Map(
    [...header.histogram].filter(([series]) => readSeries(series).side === 'credit'),
  );
  const open = totalIn(header.histogram, accountingCurrency);
  return {
    open,
    disputed: totalOfCells(header.disputed, accountingCurrency),
    promised: totalOfCells(header.promised, accountingCurrency),
    unsettled: totalIn(credits, accountingCurrency),
    all: { count: header.transactions, amount: open.amount },
  };
}

function totalOfCells(cells: ReadonlyMap<SeriesKey, Cell>, accountingCurrency: string): Total {
  let [count, amount] = [0, 0];
  for (const [key, cell] of cells) {
    count += cell.count;
    amount = addExact(amount, accountingAmount(cell, readSeries(key), accountingCurrency) ?? 0);
  }
  return { count, amount };
}
