// Documents of one customer with only the fields that a test of the header looks at.
import type { CustomerDocument } from '../../domain/customer-document.ts';
import type { JsonObject } from '../../domain/json.ts';
import { derive } from '../../domain/transaction.ts';

function record(kind: string, name: string, time: string, row: JsonObject | null) {
  const parts = { main: { epoch: '1', version: '1', time, row } };
  return {
    id: `${kind}|a|${name}`,
    pk: 'c|k',
    source: '/a',
    record: name,
    parts,
    changedAt: time,
  };
}

/** The customer's own record; without a name it is deleted. */
export function profileDocument(
  name: string,
  time: string,
  called: string | null,
): CustomerDocument {
  const row = called === null ? null : { name: called };
  return { ...record('customer', name, time, row), kind: 'customer' };
}

/** A contact; without a row it is deleted. */
export function contactDocument(
  name: string,
  time: string,
  row: JsonObject | null,
): CustomerDocument {
  return { ...record('contact', name, time, row), kind: 'contact' };
}

/** An invoice, or a payment; without a date it is deleted. */
export function invoiceDocument(
  name: string,
  time: string,
  transactionDate: string | null,
  type: 'invoice' | 'payment' = 'invoice',
): CustomerDocument {
  const amount = type === 'invoice' ? '1.00' : '-1.00';
  const row =
    transactionDate === null
      ? null
      : { type, voucher: 'V', currency: 'USD', amount, transactionDate };
  return derive({
    ...record('transaction', name, time, row),
    settled: {},
    installments: {},
    status: null,
    lastSettledOn: null,
  });
}
