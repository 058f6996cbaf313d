// An open transaction at some date, as tabs list it and aged balances add it up.
import type { Day } from './calendar.ts';
import { entriesOf } from './contribution.ts';
import { type Histogram, type HistogramEntry, withEntries } from './histogram.ts';
import type { OpenAmount } from './open-amount.ts';
import { readTransaction, type TransactionDocument } from './transaction.ts';
import { type AgingBasis, basisDay, type TransactionRow } from './transaction-row.ts';

export type OpenItem = {
  readonly document: TransactionDocument;
  readonly row: TransactionRow;
  readonly open: OpenAmount;
};

/** The live item of a document; null while its row is unknown or deleted. */
export function liveItem(document: TransactionDocument): OpenItem | null {
  const transaction = readTransaction(document);
  return transaction === null ? null : { document, ...transaction };
}

/** The day an item's age counts from: by due date that of its earliest open part (SPEC §3.2). */
export function ageDay({ row, open }: OpenItem, basis: AgingBasis): Day {
  if (basis !== 'dueDate') return basisDay(row, basis);
  return open.parts[0]?.dueOn ?? basisDay(row, 'dueDate');
}

/** Open amounts added up by due date, or by another basis. */
export function histogramOf(items: readonly OpenItem[], basis: AgingBasis): Histogram {
  return withEntries(
    new Map(),
    items.flatMap((item) => entriesBy(item, basis)),
  );
}

/** What an item adds to a histogram: one entry per open part. */
export function entriesBy(item: OpenItem, basis: AgingBasis): HistogramEntry[] {
  const entries = entriesOf(item.row.currency, item.open);
  if (basis === 'dueDate') return entries;
  const day = basisDay(item.row, basis);
  return entries.map((entry) => ({ ...entry, day }));
}
