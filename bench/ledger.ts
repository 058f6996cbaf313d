// The changes the benchmarks feed: invoices, payments and settlements of made-up customers. The
// same in every run; sizes and fields are those of a real ERP's rows.
import { type CloudEvent, cloudEvent } from '../test/end-to-end/cloud-event.ts';

export const COMPANY = 'bench';
/** Noon UTC of a day after every transaction date, so that none lies in the future. */
export const BUSINESS_NOW = '2026-04-30T12:00:00Z';
/** The number of an invoice that is due on that very day, and so overdue on the next. */
export const DUE_NOW = 119;
/** Due dates repeat after this many days: what one header holds (DESIGN 4). */
export const DUE_DATES = 366;

const SOURCE = '/erp/d365/contoso/1';
const CURRENCY = 'USD';
const FIRST_DAY_MS = Date.UTC(2026, 0, 1);
const NAMES = ['Adventure', 'Birch', 'Contoso', 'Desert', 'Fabrikam', 'Litware', 'Northwind'];
const DAY_MS = 86_400_000;
/** Transactions are dated within so many days from the first. */
const TRANSACTION_DATES = 90;

/** The company, with all that reads need of it. */
export function companyChange(): CloudEvent {
  return cloudEvent({
    source: SOURCE,
    company: COMPANY,
    entity: 'company',
    record: '1',
    version: '1',
    time: instant(0),
    row: { name: 'Bench', accountingCurrency: CURRENCY, timeZone: 'UTC', usesPools: false },
  });
}

/** The customer's own row; groups and names differ from one place to the next. */
export function customerChange(customer: string, place: number): CloudEvent {
  return change(customer, 'customer', `22565${place}`, 1, place, {
    name: `${NAMES[place % NAMES.length]} ${place}`,
    creditLimit: dollars(1_000_000 + ((place * 7_919) % 9_000_000)),
    limitCurrency: CURRENCY,
    creditGroup: `G${place % 5}`,
    accountStatus: place % 11 === 0 ? 'hold' : 'open',
    riskScore: place % 100,
  });
}

/** The invoice with a number; a later version is due a day later. */
export function invoice(customer: string, number: number, version = 1): CloudEvent {
  const transactionDate = date(number % TRANSACTION_DATES);
  const amount = dollars(invoiceMinor(number));
  return change(customer, 'transaction', `56371${number}`, version, number, {
    type: 'invoice',
    number: `FTI-${String(number).padStart(6, '0')}`,
    voucher: `ARIV-${String(number).padStart(6, '0')}`,
    transactionDate,
    documentDate: transactionDate,
    dueDate: date((number + version - 1) % DUE_DATES),
    currency: CURRENCY,
    amount,
    amountAccounting: amount,
    description: 'Services as agreed',
  });
}

/** A payment that covers the invoices with these numbers. */
export function payment(customer: string, invoices: readonly number[]): CloudEvent {
  const [first = 0] = invoices;
  const amount = dollars(-invoices.reduce((sum, number) => sum + invoiceMinor(number), 0));
  return change(customer, 'transaction', paymentRecord(first), 1, first, {
    type: 'payment',
    voucher: `ARPM-${String(first).padStart(6, '0')}`,
    transactionDate: date(first % TRANSACTION_DATES),
    currency: CURRENCY,
    amount,
    amountAccounting: amount,
  });
}

/** The settlement of a whole invoice by the payment made for `first` and maybe others. */
export function settlement(customer: string, number: number, first: number): CloudEvent {
  const amount = dollars(invoiceMinor(number));
  return change(customer, 'settlement', `78${number}`, 1, number, {
    transaction: `56371${number}`,
    offset: paymentRecord(first),
    date: date(number % TRANSACTION_DATES),
    currency: CURRENCY,
    amount,
    amountAccounting: amount,
  });
}

/** The record that puts a customer into a pool. */
export function poolMember(customer: string, pool: string): CloudEvent {
  return change(customer, 'poolMember', `${customer}-${pool}`, 1, 0, { pool });
}

/**
 * What happens to a customer, `count` changes from `start` on: two invoices, then a payment of the
 * first of them and its settlement, and so on, so that every second invoice stays open.
 */
export function history(customer: string, start: number, count: number): CloudEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const place = start + index;
    const first = 2 * Math.floor(place / 4);
    switch (place % 4) {
      case 0:
        return invoice(customer, first);
      case 1:
        return invoice(customer, first + 1);
      case 2:
        return payment(customer, [first]);
      default:
        return settlement(customer, first, first);
    }
  });
}

/** Names of so many customers. */
export function customerNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `C-${String(index).padStart(5, '0')}`);
}

function change(
  customer: string,
  entity: string,
  record: string,
  version: number,
  place: number,
  row: object,
): CloudEvent {
  const known = { source: SOURCE, company: COMPANY, customer, entity, record, row };
  return cloudEvent({ ...known, version: String(4_100 + version), time: instant(place + version) });
}

function paymentRecord(first: number): string {
  return `56399${first}`;
}

function invoiceMinor(number: number): number {
  return 10_000 + ((number * 1_009) % 900_000);
}

function dollars(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function date(day: number): string {
  return new Date(FIRST_DAY_MS + day * DAY_MS).toISOString().slice(0, 10);
}

function instant(second: number): string {
  return new Date(FIRST_DAY_MS + second * 1_000).toISOString();
}
