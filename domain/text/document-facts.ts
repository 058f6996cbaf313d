// What sheets say of single documents.
import type { OpenItem } from '../open-item.ts';
import type { PromiseToPay } from '../promise.ts';
import type { FactCollector } from './fact-collector.ts';
import type { FactId } from './fact-sheet.ts';

/** What is still to be paid of a promise, in minor units of the transaction's currency. */
export function stillPromised({ open }: OpenItem, { target, paid }: PromiseToPay): number {
  return Math.min(Math.abs(open.open), Math.max(0, target - paid));
}

/** The number of a document, else its voucher, as far as a text may say them. */
export function documentNumber(facts: FactCollector, id: string, { row }: OpenItem): FactId | null {
  return facts.number(`${id}.number`, row.number) ?? facts.number(`${id}.number`, row.voucher);
}
