import { describe, expect, test } from 'vitest';
import { formatDay } from '../domain/calendar.ts';
import type { CustomerChange } from '../domain/change.ts';
import {
  COMPANY,
  CUSTOMER,
  embeddedCustomer,
  PK,
  SUPERVISOR,
} from '../test/support/embedded-customer.ts';
import { totalIn } from './get-aging.ts';
import { openCustomer } from './open-customer.ts';

const NOON = 20_545 * 86_400_000 + 43_200_000;

function change(record: string, version: string, row: CustomerChange['row']): CustomerChange {
  return {
    entity: 'transaction',
    company: COMPANY,
    customer: CUSTOMER,
    source: '/erp/a',
    epoch: '1',
    record,
    version,
    facet: 'main',
    time: '2026-01-01T00:00:00.000Z',
    row,
  };
}

function invoice(index: number, version: string, settled: string): CustomerChange {
  return change(`t${index}`, version, {
    type: 'invoice',
    voucher: 'V',
    transactionDate: '2026-01-01',
    dueDate: formatDay(20_000 + index),
    currency: 'USD',
    amount: '1.00',
    settled,
  });
}

describe('opening a customer', () => {
  test('gives today in the company’s time zone, and the sums of the header', async () => {
    const customer = await embeddedCustomer('USD', NOON);
    await customer.tell([invoice(0, '1', '0.25')]);
    const view = await customer.view();
    expect(view?.businessDate).toBe(20_545);
    expect(view?.header.transactions).toBe(1);
    expect(totalIn(view?.header.histogram ?? new Map(), 'USD')).toEqual({ count: 1, amount: 75 });
  });

  test('finds none where the company, the customer or every record of it is unknown', async () => {
    const customer = await embeddedCustomer('USD', NOON);
    expect(await customer.view()).toBeNull();
    await customer.tell([change('t', '1', null)]);
    expect(await customer.view()).toBeNull();
    await customer.tell([invoice(0, '1', '0')]);
    expect(await customer.view()).not.toBeNull();
    expect(await openCustomer('demf', CUSTOMER, SUPERVISOR, customer.ports)).toBeNull();
    expect(await openCustomer(COMPANY, 'C-2', SUPERVISOR, customer.ports)).toBeNull();
  });

  test('gives figures of one moment while the histogram is being moved', async () => {
    const customer = await embeddedCustomer('USD', NOON);
    const days = 380;
    for (let start = 0; start < days; start += 19) {
      const some = Array.from({ length: 19 }, (_, index) => invoice(start + index, '1', '0'));
      await customer.tell(some);
    }
    let reads = 0;
    const customers = {
      ...customer.customers,
      // After the header was read, twenty invoices are settled: the years move back into it.
      read: async (pk: string, ids: readonly string[]) => {
        reads += 1;
        if (reads === 2) {
          const closed = Array.from({ length: 20 }, (_, index) => invoice(index, '2', '1.00'));
          await customer.tell(closed);
        }
        return customer.customers.read(pk, ids);
      },
    };

    const view = await openCustomer(COMPANY, CUSTOMER, SUPERVISOR, {
      ...customer.ports,
      customers,
    });

    const years = Object.values(customer.customers.documents(PK)).filter(
      ({ kind }) => kind === 'histogram',
    );
    expect(years).toEqual([]);
    const { count } = totalIn(view?.header.histogram ?? new Map(), 'USD');
    expect([days, days - 20]).toContain(count);
  });
});
