// A ledger for tests that need many changes: customers with invoices, payments and settlements.
// The same in every run, and every figure different from its neighbors'.
import { type CloudEvent, cloudEvent } from './cloud-event.ts';

export const LEDGER_COMPANY = 'ledger';

const SOURCE = '/erp/ledger/1';
const CURRENCY = 'USD';
const INVOICES_PER_CUSTOMER = 17;
/** The last invoice of each customer stays unpaid. */
const PAYMENTS_PER_CUSTOMER = INVOICES_PER_CUSTOMER - 1;

export function ledgerCustomers(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `L-${String(index).padStart(4, '0')}`);
}

/** The company's own change, then the 50 of each customer in turn. */
export function ledgerChanges(customers: readonly string[]): readonly CloudEvent[] {
  return [companyEvent(), ...customers.flatMap(customerEvents)];
}

const known = { source: SOURCE, company: LEDGER_COMPANY, version: '1' };

function companyEvent(): CloudEvent {
  const time = `${day(0)}T08:00:00Z`;
  const row = {
    name: 'Ledger',
    accountingCurrency: CURRENCY,
    timeZone: 'Europe/Berlin',
    usesPools: false,
  };
  return cloudEvent({ ...known, entity: 'company', record: 'company', time, row });
}

function customerEvents(customer: string, place: number): readonly CloudEvent[] {
  const event = (entity: string, record: string, on: string, row: object) =>
    cloudEvent({ ...known, entity, customer, record, time: `${on}T08:00:00Z`, row });
  const invoices = Array.from({ length: INVOICES_PER_CUSTOMER }, (_, number) => {
    const [transactionDate, dueDate] = [day(place + 5 * number), day(place + 5 * number + 30)];
    return event('transaction', `i${number}`, transactionDate, {
      type: 'invoice',
      number: `${customer}-${number}`,
      voucher: `I-${number}`,
      transactionDate,
      dueDate,
      currency: CURRENCY,
      amount: dollars(invoiceMinor(place, number)),
    });
  });
  const payments = Array.from({ length: PAYMENTS_PER_CUSTOMER }, (_, number) => {
    const date = day(place + 6 * number + 20);
    const amount = dollars(paidMinor(place, number));
    const payment = {
      type: 'payment',
      voucher: `P-${number}`,
      transactionDate: date,
      currency: CURRENCY,
      amount: `-${amount}`,
    };
    const settlement = { transaction: `i${number}`, offset: `p${number}`, date };
    return [
      event('transaction', `p${number}`, date, payment),
      event('settlement', `s${number}`, date, { ...settlement, currency: CURRENCY, amount }),
    ];
  });
  const named = event('customer', customer, day(0), { name: `Customer ${customer}` });
  return [named, ...invoices, ...payments.flat()];
}

function invoiceMinor(place: number, number: number): number {
  return 10_000 + 137 * place + 1_009 * number;
}

/** Every third invoice is paid in part. */
function paidMinor(place: number, number: number): number {
  return number % 3 === 0 ? 5_000 + 11 * place + number : invoiceMinor(place, number);
}

function dollars(minor: number): string {
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}

const FIRST_DAY_MS = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

function day(number: number): string {
  return new Date(FIRST_DAY_MS + number * DAY_MS).toISOString().slice(0, 10);
}
