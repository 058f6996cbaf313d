import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay, parseDay } from '../domain/calendar.ts';
import type { CustomerChange, CustomerEntity } from '../domain/change.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Metrics } from '../domain/metrics.ts';
import { daysOf } from '../domain/metrics-window.ts';
import { type Expected, expectedMetrics } from '../test/oracle/metrics.ts';
import { newestRows } from '../test/oracle/newest-rows.ts';
import {
  COMPANY,
  CUSTOMER,
  embeddedCustomer,
  type EmbeddedCustomer,
  SUPERVISOR,
} from '../test/support/embedded-customer.ts';
import { randomHistory } from '../test/support/random-changes.ts';
import { getCustomer } from './get-customer.ts';
import { openCustomer } from './open-customer.ts';

/** Most random changes lie within 90 days from here. */
const FIRST_DAY = 20_500;
const today = fc.oneof(
  fc.integer({ min: FIRST_DAY, max: FIRST_DAY + 120 }),
  fc.integer({ min: FIRST_DAY - 60, max: FIRST_DAY + 600 }),
);

function noonOf(day: number): number {
  return day * 86_400_000 + 43_200_000;
}

async function metricsOf(customer: EmbeddedCustomer): Promise<Metrics> {
  const view = await customer.view();
  if (view === null) throw new Error('nothing is known of the customer');
  return (await getCustomer(view, customer.ports)).metrics;
}

/** The metrics in the oracle's words; what the specification leaves open is the oracle's. */
function inOracleWords(metrics: Metrics, { balance }: Expected): Expected {
  const { window, payments, lastPayment, recentInvoices } = metrics;
  const { outstanding, overdue, notDue, daysSalesOutstanding } = metrics;
  const lastAmount = lastPayment?.amount ?? null;
  return {
    from: formatDay(window.from),
    days: daysOf(window),
    payments: { count: payments.count, amount: BigInt(payments.amount) },
    paidOff: metrics.paidOff,
    yearToDateRevenue: BigInt(metrics.yearToDateRevenue),
    recentInvoices: recentInvoices.months.map(({ from, count, amount }) => ({
      month: formatDay(from).slice(0, 7),
      count,
      amount: BigInt(amount),
    })),
    lastPayment:
      lastPayment === null
        ? null
        : {
            date: formatDay(lastPayment.on),
            amount: lastAmount === null ? null : BigInt(lastAmount),
          },
    openInvoices: metrics.openInvoices,
    promises: metrics.promises,
    missingAccountingAmounts: metrics.missingAccountingAmounts,
    balance: balance.isCertain
      ? {
          isCertain: true,
          outstanding: BigInt(outstanding),
          overdue: BigInt(overdue),
          notDue: BigInt(notDue),
          daysSalesOutstanding,
        }
      : balance,
  };
}

/** 2026-05-10. */
const TODAY = parseDay('2026-05-10') ?? 0;

function told(entity: CustomerEntity, record: string, row: JsonObject): CustomerChange {
  const at = { source: '/erp/a', epoch: '1', version: '1', facet: 'main' };
  const time = '2026-03-01T00:00:00.000Z';
  return { ...at, time, entity, company: 'usmf', customer: 'C-1', record, row };
}

function posted(record: string, transactionDate: string, amount: string, row: JsonObject = {}) {
  const least = { type: 'invoice', voucher: 'V', currency: 'USD' };
  return told('transaction', record, { ...least, transactionDate, amount, ...row });
}

const payment = { type: 'payment' };

async function given(...changes: readonly CustomerChange[]): Promise<Metrics> {
  const customer = await embeddedCustomer('USD', noonOf(TODAY));
  await customer.tell(changes);
  return metricsOf(customer);
}

describe('metrics', () => {
  test('of any history, on any day, are those worked out from all rows', async () => {
    const accounting = fc.constantFrom('USD', 'JPY', 'BHD');
    await fc.assert(
      fc.asyncProperty(randomHistory, accounting, today, async (history, currency, day) => {
        const customer = await embeddedCustomer(currency, noonOf(day));
        await customer.tell(history);
        fc.pre((await customer.view()) !== null);
        const question = { today: formatDay(day), accountingCurrency: currency };
        const expected = expectedMetrics(newestRows(history), question);
        expect(inOracleWords(await metricsOf(customer), expected)).toEqual(expected);
      }),
      { numRuns: 800 },
    );
  });

  test('of payments leave out what was taken back, canceled, too old, or is yet to come', async () => {
    const { payments, lastPayment } = await given(
      posted('before', '2025-04-30', '-1.00', payment),
      posted('first', '2025-05-01', '-2.00', payment),
      posted('canceled', '2026-01-01', '-4.00', { ...payment, canceled: true }),
      posted('bounced', '2026-02-01', '-8.00', payment),
      posted('reversal', '2026-02-03', '8.00', payment),
      posted('today', '2026-05-10', '-16.00', payment),
      posted('tomorrow', '2026-05-11', '-32.00', payment),
    );
    expect(payments).toEqual({ count: 2, amount: 1_800 });
    expect(lastPayment).toEqual({ on: TODAY, amount: 1_600 });
  });

  test('of paid invoices count from the last settlement; early is below zero', async () => {
    const settled = (record: string, transaction: string, date: string, amount: string) =>
      told('settlement', record, { transaction, date, currency: 'USD', amount });
    const { paidOff } = await given(
      posted('early', '2026-01-01', '10.00', { dueDate: '2026-01-31' }),
      settled('s1', 'early', '2026-01-10', '6.00'),
      settled('s2', 'early', '2026-01-11', '4.00'),
      posted('late', '2026-02-01', '10.00', { dueDate: '2026-02-10' }),
      settled('s3', 'late', '2026-02-15', '10.00'),
      posted('part', '2026-02-01', '10.00'),
      settled('s4', 'part', '2026-02-15', '9.00'),
      posted('tomorrow', '2026-02-01', '10.00'),
      settled('s5', 'tomorrow', '2026-05-11', '10.00'),
    );
    expect(paidOff).toEqual({
      count: 2,
      averageDaysToPay: '12.0',
      averageDaysLate: '-7.5',
      paidLate: 1,
      paidLatePercent: '50.0',
    });
  });

  test('of sales give what the balance is worth in days', async () => {
    const metrics = await given(
      posted('i', '2026-01-01', '300.00', { dueDate: '2026-02-01' }),
      posted('c', '2026-01-02', '-60.00', { type: 'creditNote' }),
      posted('last year', '2025-12-31', '60.00', { settled: '60.00' }),
    );
    // 240 ÷ 300 × 375 days
    expect(metrics.daysSalesOutstanding).toBe('300.0');
    expect(metrics.yearToDateRevenue).toBe(24_000);
    expect(metrics).toMatchObject({ outstanding: 24_000, overdue: 30_000, notDue: 0 });
    expect(metrics.recentInvoices).toMatchObject({ count: 2, amount: 36_000 });
  });

  test('count promises kept or broken in the window, of open and closed transactions', async () => {
    const promised = (record: string, changedAt: string, followUpDate: string) =>
      told('collectionsStatus', `w-${record}`, {
        transaction: record,
        status: 'promiseToPay',
        changedAt: `${changedAt}T10:00:00Z`,
        followUpDate,
      });
    const paid = (transaction: string, date: string) =>
      told('settlement', `s-${transaction}`, {
        transaction,
        date,
        currency: 'USD',
        amount: '9.00',
      });
    const { promises } = await given(
      ...['kept', 'kept long ago', 'broken', 'broken long ago', 'open'].map((record) =>
        posted(record, '2025-01-01', '9.00'),
      ),
      posted('canceled', '2025-01-01', '9.00', { canceled: true }),
      promised('kept', '2025-04-01', '2025-05-31'),
      paid('kept', '2025-05-01'),
      promised('kept long ago', '2025-04-01', '2025-05-31'),
      paid('kept long ago', '2025-04-30'),
      promised('broken', '2025-04-01', '2025-05-01'),
      promised('broken long ago', '2025-04-01', '2025-04-30'),
      promised('open', '2026-05-01', '2026-05-10'),
      promised('canceled', '2026-05-01', '2026-05-09'),
    );
    expect(promises).toEqual({ kept: 1, broken: 1 });
  });

  test('are null where nothing is known', async () => {
    const metrics = await given(told('customer', 'c', { name: 'Fabrikam' }));
    expect(metrics).toMatchObject({
      payments: { count: 0, amount: 0 },
      paidOff: { count: 0, averageDaysToPay: null, averageDaysLate: null, paidLatePercent: null },
      daysSalesOutstanding: null,
      lastPayment: null,
      monthsAsCustomer: null,
      missingAccountingAmounts: 0,
    });
  });

  test('are found where the header keeps other months than they look back on', async () => {
    const many = Array.from({ length: 60 }, (_, index) => {
      const month = `${2021 + Math.floor(index / 12)}-${String(1 + (index % 12)).padStart(2, '0')}`;
      return posted(`i${index}`, `${month}-02`, '1.00');
    });
    for (const [now, reads] of [
      ['2025-12-31', 1],
      ['2022-02-15', 3],
    ] as const) {
      const customer = await embeddedCustomer('USD', noonOf(parseDay(now) ?? 0));
      for (let start = 0; start < many.length; start += 20) {
        await customer.tell(many.slice(start, start + 20));
      }
      let asked = 0;
      const read: EmbeddedCustomer['customers']['read'] = (...what) => {
        asked += 1;
        return customer.customers.read(...what);
      };
      const ports = { ...customer.ports, customers: { ...customer.customers, read } };
      const view = await openCustomer(COMPANY, CUSTOMER, SUPERVISOR, ports);
      if (view === null) throw new Error('nothing is known of the customer');
      const { metrics } = await getCustomer(view, ports);
      expect(metrics.recentInvoices).toMatchObject({ count: 6, amount: 600 });
      expect(metrics.yearToDateRevenue).toBe(now === '2025-12-31' ? 1_200 : 200);
      expect(asked).toBe(reads);
    }
  });

  test('take no read but the header where nothing lies ahead and nothing was promised', async () => {
    const customer = await embeddedCustomer('USD', noonOf(TODAY));
    await customer.tell([
      told('customer', 'c', { name: 'Fabrikam', customerSince: '2024-05-11' }),
      posted('i', '2026-05-10', '10.00', { settled: '10.00', closedDate: '2026-05-10' }),
      posted('p', '2026-05-10', '-10.00', payment),
    ]);
    const view = await customer.view();
    if (view === null) throw new Error('nothing is known of the customer');
    const asked: string[] = [];
    const customers = new Proxy(customer.customers, {
      get: (_, name) => asked.push(String(name)),
    });
    const { metrics } = await getCustomer(view, { ...customer.ports, customers });
    expect(metrics.monthsAsCustomer).toBe(23);
    expect(asked).toEqual([]);
  });
});
