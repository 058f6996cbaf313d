// A customer with contacts, letters, activities and statuses besides its ledger, as a feed tells it.
import { type CloudEvent, cloudEvent } from './cloud-event.ts';

/** In Los Angeles, where the company is, it is still the ninth. */
export const NOW = '2026-05-10T03:00:00Z';

/** A change of the company usmf, told on the day of May that its version says. */
export function told(
  customer: string | undefined,
  entity: string,
  record: string,
  row: object,
  version = 1,
) {
  return cloudEvent({
    source: '/erp/a/1',
    entity,
    company: 'usmf',
    customer,
    record,
    version: String(version),
    time: `2026-05-0${version}T08:00:00Z`,
    row,
  });
}

/** A change of the customer C-1. */
export const dealing = (entity: string, record: string, row: object, version = 1) =>
  told('C-1', entity, record, row, version);

const transaction = (record: string, row: object) =>
  dealing('transaction', record, {
    type: 'invoice',
    voucher: `V-${record}`,
    transactionDate: '2026-05-01',
    currency: 'USD',
    amount: '10.00',
    ...row,
  });

const LETTER = { number: 'CL-1', code: 'Letter 1', currency: 'USD', amount: '10.00' };
/** Every status here is about the same transaction. */
export const STATUS = { transaction: 'i1', changedBy: 'Ann' };

/** A customer with one of everything. */
export const DEALINGS: readonly CloudEvent[] = [
  told(undefined, 'company', 'usmf', {
    name: 'Contoso',
    accountingCurrency: 'USD',
    timeZone: 'America/Los_Angeles',
  }),
  dealing('customer', 'C-1', {
    name: 'Fabrikam',
    email: 'ap@f.example',
    employeeResponsible: 'Ann',
  }),
  dealing('contact', 'jo', { name: 'Jo', role: 'other', phone: '1' }),
  transaction('i1', {
    number: 'FTI-1',
    dueDate: '2026-05-31',
    documentUrl: 'https://erp.example/1',
  }),
  // Another source that numbers its rows alike.
  { ...transaction('i1', { number: 'B-1' }), source: '/erp/b/1' },
  transaction('i2', { type: 'creditNote', number: 'CN-1', amount: '-2.00', canceled: true }),
  transaction('p1', { type: 'payment', amount: '-5.00', voucherUrl: 'https://erp.example/2' }),
  transaction('p2', { type: 'payment', amount: '5.00', transactionDate: '2026-05-02' }),
  transaction('fee', { type: 'fee' }),
  transaction('first', { transactionDate: '2025-05-09' }),
  transaction('before', { transactionDate: '2025-05-08' }),
  transaction('future', { transactionDate: '2026-05-10' }),
  dealing('collectionLetter', 'l1', { ...LETTER, status: 'created' }),
  dealing('collectionLetter', 'l1', { ...LETTER, status: 'posted', postedDate: '2026-05-01' }, 2),
  dealing(
    'collectionLetter',
    'l1',
    {
      ...LETTER,
      status: 'canceled',
      postedDate: '2026-05-01',
      fee: '1.50',
      lines: [{ transaction: 'i1', amount: '10.00' }],
    },
    3,
  ),
  dealing('activity', 'a1', {
    number: 'A-1',
    category: 'task',
    type: 'Call',
    purpose: 'Ask for payment',
    // The first of May in Los Angeles.
    startAt: '2026-05-01T19:00:00Z',
    endAt: '2026-05-02T06:59:00Z',
    responsible: '000123',
    closed: false,
    memo: 'They promised.',
    url: 'https://erp.example/3',
  }),
  dealing('collectionsStatus', 's1', {
    ...STATUS,
    status: 'disputed',
    reason: 'price',
    changedAt: '2026-05-03T10:00:00Z',
  }),
  dealing('collectionsStatus', 's2', {
    ...STATUS,
    status: 'promiseToPay',
    amount: '10.00',
    currency: 'USD',
    followUpDate: '2026-05-20',
    changedAt: '2026-05-04T01:00:00Z',
  }),
];
