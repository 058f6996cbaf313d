// The open items of generated customers as a table would have them.
import { z } from 'zod';
import type { LoadedCustomer } from './store-loader.ts';

export type OpenItem = {
  readonly customer: string;
  readonly dueOn: string;
  readonly minor: number;
};

const invoiceRow = z.object({
  type: z.literal('invoice'),
  dueDate: z.string(),
  amount: z.string(),
});
const settlementRow = z.object({ transaction: z.string(), offset: z.string() });

/** Invoices that nothing settled: the ledger of the benchmarks settles whole ones only. */
export function* openItems(customers: Iterable<LoadedCustomer>): Iterable<OpenItem> {
  for (const { name, changes } of customers) {
    const settled = new Set(
      changes.flatMap(({ data }) => settlementRow.safeParse(data.row).data?.transaction ?? []),
    );
    for (const { data } of changes) {
      const { success, data: row } = invoiceRow.safeParse(data.row);
      if (!success || settled.has(data.record)) continue;
      const minor = Math.round(Number(row.amount) * 100);
      yield { customer: name, dueOn: row.dueDate, minor };
    }
  }
}
