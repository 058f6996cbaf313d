// The customers of the stores that the benchmarks read from. The same in every run.
import type { CloudEvent } from '../test/end-to-end/cloud-event.ts';
import { customerChange, customerNames, invoice, payment, settlement } from './ledger.ts';
import type { LoadedCustomer } from './store-loader.ts';

/** So many customers with so many open invoices each, and one that was paid. */
export function* customersWith(count: number, open: number): Iterable<LoadedCustomer> {
  for (const [index, name] of customerNames(count).entries()) {
    // Amounts and due dates of a customer are not those of the next.
    const first = index * 7;
    const changes = [customerChange(name, index)];
    for (let number = first; number < first + open; number += 1) {
      changes.push(invoice(name, number));
    }
    yield { name, changes: [...changes, ...settled(name, first + open, 1)] };
  }
}

/** A customer with so many open invoices, and so many settled transactions before them. */
export function customerWithHistory(
  name: string,
  open: number,
  settledCount: number,
): LoadedCustomer {
  const changes = [customerChange(name, 0)];
  for (let number = 0; number < open; number += 1) changes.push(invoice(name, number));
  return { name, changes: [...changes, ...settled(name, open, settledCount / 2)] };
}

/** Invoices from a number on, each with the payment that settles it. */
function settled(name: string, first: number, pairs: number): CloudEvent[] {
  return Array.from({ length: pairs }, (_, index) => first + index).flatMap((number) => [
    invoice(name, number),
    payment(name, [number]),
    settlement(name, number, number),
  ]);
}
