// Turns the invoices of the IBM sample into the changes an ERP would have sent: one company, its
// customers, and for each invoice a payment in full on the day it was settled.
import { type CloudEvent, cloudEvent } from '../end-to-end/cloud-event.ts';
import { type SampleInvoice, sampleInvoices } from './csv.ts';

export const SAMPLE_COMPANY = 'ibm';

const SOURCE = '/erp/ibm/1';
const CURRENCY = 'USD';
/** Before the first invoice. */
const OPENED_AT = '2012-01-01T12:00:00Z';

/** The changes of the sample's CSV file; throws where a line has no sense. */
export function changesOfSample(csv: string): readonly CloudEvent[] {
  const invoices = sampleInvoices(csv);
  const customers = [...new Set(invoices.map(({ customer }) => customer))].sort();
  return [
    companyEvent(),
    ...customers.map(customerEvent),
    ...invoices.flatMap((invoice, index) => invoiceEvents(invoice, String(index + 1))),
  ];
}

const known = { source: SOURCE, company: SAMPLE_COMPANY };

function companyEvent(): CloudEvent {
  return cloudEvent({
    ...known,
    entity: 'company',
    record: 'company',
    version: '1',
    time: OPENED_AT,
    row: {
      name: 'IBM sample',
      accountingCurrency: CURRENCY,
      timeZone: 'UTC',
      usesPools: false,
    },
  });
}

function customerEvent(customer: string): CloudEvent {
  return cloudEvent({
    ...known,
    entity: 'customer',
    customer,
    record: customer,
    version: '1',
    time: OPENED_AT,
    row: { name: customer, currency: CURRENCY },
  });
}

function invoiceEvents(invoice: SampleInvoice, version: string): readonly CloudEvent[] {
  const { customer, number, invoicedOn, dueOn, amount, disputed, settledOn } = invoice;
  const event = (entity: string, record: string, on: string, row: object) =>
    cloudEvent({ ...known, entity, customer, record, version, time: `${on}T12:00:00Z`, row });
  const [transaction, offset] = [`i-${number}`, `p-${number}`];
  const changes = [
    event('transaction', transaction, invoicedOn, {
      type: 'invoice',
      number,
      voucher: `V-${number}`,
      currency: CURRENCY,
      amount,
      transactionDate: invoicedOn,
      dueDate: dueOn,
    }),
    event('transaction', offset, settledOn, {
      type: 'payment',
      voucher: `P-${number}`,
      currency: CURRENCY,
      amount: `-${amount}`,
      transactionDate: settledOn,
    }),
    event('settlement', `s-${number}`, settledOn, {
      transaction,
      offset,
      date: settledOn,
      currency: CURRENCY,
      amount,
    }),
  ];
  if (!disputed) return changes;
  const changedAt = `${invoicedOn}T12:00:00Z`;
  const status = { transaction, status: 'disputed', changedAt };
  return [...changes, event('collectionsStatus', `d-${number}`, invoicedOn, status)];
}
