// The figures of aged balances, and what each open transaction adds to one (SPEC §4, explain):
// the parts of all transactions add up to the figure exactly, credits apart from buckets.
import { accountingAmount, type AgedBalances } from './aging.ts';
import { type AgingDefinition, bucketOf } from './aging-definition.ts';
import type { Day } from './calendar.ts';
import { entriesOf } from './contribution.ts';
import type { HistogramEntry } from './histogram.ts';
import { addExact } from './money.ts';
import { entriesBy, type OpenItem } from './open-item.ts';
import { readSeries } from './series.ts';

export const FIGURES = ['bucket', 'unapplied', 'overdue', 'balance'] as const;
export type FigureName = (typeof FIGURES)[number];

/** One figure; a bucket by its index in the definition. */
export type Figure =
  | { readonly name: 'bucket'; readonly bucket: number }
  | { readonly name: 'unapplied' | 'overdue' | 'balance' };

export type FigureQuestion = {
  readonly figure: Figure;
  readonly asOf: Day;
  readonly definition: AgingDefinition;
  readonly accountingCurrency: string;
  /** Null asks for the figure of all currencies, in accounting currency. */
  readonly currency: string | null;
};

/** The figure of aged balances, in minor units. */
export function figureOf(balances: AgedBalances, figure: Figure): number {
  switch (figure.name) {
    case 'bucket':
      return balances.buckets[figure.bucket]?.amount ?? 0;
    case 'unapplied':
      return balances.unapplied;
    case 'overdue':
      return balances.overdue;
    case 'balance':
      return balances.balance;
  }
}

/** What an item adds to a figure, in minor units; null where it is no part of it at all. */
export function partOf(item: OpenItem, question: FigureQuestion): number | null {
  let part: number | null = null;
  for (const entry of entriesFor(item, question)) {
    const amount = counts(entry, question) ? amountOf(entry, question) : null;
    if (amount !== null) part = addExact(part ?? 0, amount);
  }
  return part;
}

/** Overdue goes by due date, whatever the ages of a definition are counted from. */
function entriesFor(item: OpenItem, { figure, definition }: FigureQuestion): HistogramEntry[] {
  return figure.name === 'overdue'
    ? entriesOf(item.row.currency, item.open)
    : entriesBy(item, definition.agedBy);
}

function counts({ series, day }: HistogramEntry, question: FigureQuestion): boolean {
  const { figure, definition, asOf } = question;
  const isDebit = readSeries(series).side === 'debit';
  switch (figure.name) {
    case 'bucket':
      return isDebit && bucketOf(definition, asOf - day) === figure.bucket;
    case 'unapplied':
      return !isDebit;
    case 'overdue':
      return isDebit && day < asOf;
    case 'balance':
      return true;
  }
}

function amountOf(
  { series: key, cell }: HistogramEntry,
  { currency, accountingCurrency }: FigureQuestion,
): number | null {
  const series = readSeries(key);
  if (currency === null) return accountingAmount(cell, series, accountingCurrency);
  return series.currency === currency ? cell.amount : null;
}
