// A customer that owes something, as tests of texts tell it: rows with what they need, and no more.
import { formatDay, parseDay } from '../../domain/calendar.ts';
import type { CustomerChange } from '../../domain/change.ts';
import type { JsonObject } from '../../domain/json.ts';
import { COMPANY, CUSTOMER, embeddedCustomer, type EmbeddedCustomer } from './embedded-customer.ts';

/** Today, where these customers are. */
export const TODAY = '2026-04-30';
const DAY = parseDay(TODAY) ?? 0;
const NOON = Date.parse(`${TODAY}T12:00:00Z`);

/** So many days ago. */
export function daysAgo(days: number): string {
  return formatDay(DAY - days);
}

/** A change of a record; a later version of it replaces an earlier one. */
export function told(
  entity: CustomerChange['entity'],
  record: string,
  row: JsonObject | null,
  version = '1',
): CustomerChange {
  const at = { source: '/erp/a', epoch: '1', facet: 'main', time: '2026-04-01T00:00:00.000Z' };
  return { ...at, entity, company: COMPANY, customer: CUSTOMER, record, version, row };
}

/** An invoice due so many days ago, of 100 USD unless told otherwise. */
export function invoice(record: string, dueDaysAgo: number, row: JsonObject = {}): CustomerChange {
  return told('transaction', record, {
    type: 'invoice',
    number: `FTI-${record}`,
    voucher: `V-${record}`,
    transactionDate: daysAgo(dueDaysAgo + 30),
    dueDate: daysAgo(dueDaysAgo),
    currency: 'USD',
    amount: '100.00',
    ...row,
  });
}

/** A payment that is not settled. */
export function payment(record: string, amount: string, row: JsonObject = {}): CustomerChange {
  return told('transaction', record, {
    type: 'payment',
    voucher: `P-${record}`,
    transactionDate: daysAgo(1),
    currency: 'USD',
    amount: `-${amount}`,
    ...row,
  });
}

/** What was said of a transaction yesterday. */
export function status(transaction: string, word: string, row: JsonObject = {}): CustomerChange {
  const changedAt = `${daysAgo(1)}T09:00:00Z`;
  return told('collectionsStatus', `s-${transaction}`, {
    transaction,
    status: word,
    changedAt,
    ...row,
  });
}

/** The customer's own row. */
export function profile(row: JsonObject = {}): CustomerChange {
  return told('customer', 'c', { name: 'Fabrikam GmbH', language: 'en-US', ...row });
}

/** A contact for collections. */
export function contact(row: JsonObject = {}): CustomerChange {
  return told('contact', 'k', {
    role: 'collections',
    order: 1,
    name: 'Jo Smith',
    email: 'jo@fabrikam.example',
    ...row,
  });
}

/** The customer, over stores in memory. */
export async function debtor(changes: readonly CustomerChange[]): Promise<EmbeddedCustomer> {
  const customer = await embeddedCustomer('USD', NOON);
  await customer.tell(changes);
  return customer;
}
