// A company for the tests of its overview: three pools, two agents, customers with debts of every
// age, and what those agents have to do.
import { type CloudEvent, cloudEvent } from './cloud-event.ts';

export const COMPANY = 'over';
export const TODAY = '2026-05-10T12:00:00Z';
export const ANN = 'dev:ann@contoso.example';
export const BOB = 'dev:bob@contoso.example';
export const MANAGER = 'dev:boss:Collections.Manager';

export const CUSTOMERS = Array.from({ length: 14 }, (_, index) => `C-${10 + index}`);

/** North has the even ones, east the odd ones, and west, which ages in its own way, every third. */
function poolsOf(place: number): string[] {
  return [place % 2 === 0 ? 'north' : 'east', ...(place % 3 === 0 ? ['west'] : [])];
}

const DAY_MS = 86_400_000;

export function dateFrom(days: number): string {
  return new Date(Date.parse(TODAY) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A change; without a row a delete. */
export function told(
  entity: string,
  record: string,
  row: object | undefined,
  customer?: string,
  version = 1,
): CloudEvent {
  const at = { source: '/erp/over/1', company: COMPANY, time: '2026-05-09T08:00:00Z' };
  return cloudEvent({ ...at, entity, record, row, customer, version: String(version) });
}

export function invoice(customer: string, record: string, dueIn: number, amount: string) {
  return told(
    'transaction',
    record,
    {
      type: amount.startsWith('-') ? 'payment' : 'invoice',
      voucher: `V-${record}`,
      transactionDate: dateFrom(Math.min(dueIn - 30, 0)),
      dueDate: dateFrom(dueIn),
      currency: 'USD',
      amount,
    },
    customer,
  );
}

export function task(customer: string, record: string, row: object, version = 1): CloudEvent {
  const task_ = { number: record, category: 'task', purpose: `Call ${customer}`, closed: false };
  return told('activity', record, { ...task_, ...row }, customer, version);
}

function changesOf(customer: string, place: number): CloudEvent[] {
  const row = {
    name: place === 3 ? '=HYPERLINK("evil"), "Üben"\n& Co' : `Name ${place % 5} ${customer}`,
    creditLimit: place % 4 === 0 ? undefined : String(place * 100),
    riskScore: place % 3 === 0 ? undefined : 50 - place,
    riskGroup: ['high', 'low'][place % 2],
    creditGroup: ['', 'A', 'B'][place % 3] || undefined,
    accountStatus: place % 2 === 0 ? 'open' : undefined,
  };
  const dueIn = [-200, -100, -70, -45, -20, -1, 0][place % 7] ?? 0;
  return [
    told('customer', customer, JSON.parse(JSON.stringify(row)), customer),
    ...poolsOf(place).map((pool) => told('poolMember', `${customer}-${pool}`, { pool }, customer)),
    invoice(customer, `${customer}-1`, dueIn, `${100 + (place % 4)}.00`),
    invoice(customer, `${customer}-2`, dueIn + 40, '70.50'),
    ...(place % 4 === 1 ? [invoice(customer, `${customer}-3`, 0, '-30.25')] : []),
  ];
}

/** The company, its pools and agents. */
export function referenceChanges(): CloudEvent[] {
  const two = [
    { label: 'Not due', from: null, to: 0 },
    { label: 'Late', from: 1, to: null },
  ];
  const person = (worker: string, name: string, pools: string[]) =>
    told('agent', worker, { worker, name, user: `${name}@contoso.example`, pools });
  return [
    told('company', '1', { name: 'Over', accountingCurrency: 'USD', timeZone: 'UTC' }),
    told('agingDefinition', '1', { id: 'two', name: 'Two', agedBy: 'dueDate', buckets: two }),
    told('pool', '1', { id: 'north', description: 'North' }),
    told('pool', '2', { id: 'east', description: 'East' }),
    told('pool', '3', { id: 'west', description: 'West', agingDefinition: 'two' }),
    person('w1', 'ann', ['north']),
    person('w2', 'bob', ['east', 'north']),
  ];
}

/** Its customers, each with an activity of Ann's: those of the first accounts end first. */
export function customerChanges(): CloudEvent[] {
  return CUSTOMERS.flatMap((customer, place) => {
    const endAt = `${dateFrom(place - 5)}T10:00:00Z`;
    const call = { responsible: 'w1', endAt, memo: 'Note' };
    return [...changesOf(customer, place), task(customer, `A-${customer}`, call)];
  });
}
