import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { fetchAsTold } from './api-contract.ts';
import { agingOf, type ArrearsApi, arrearsApi, postGood } from './arrears-api.ts';
import { type CloudEvent, cloudEvent } from './cloud-event.ts';

const CUSTOMER = '/api/companies/usmf/customers/C-0001';
const TODAY = '2026-05-10T12:00:00Z';
const SOURCE = '/erp/figures/1';

function told(entity: string, record: string, row: object, version = '1'): CloudEvent {
  const at = { source: SOURCE, company: 'usmf', version, time: '2026-05-09T08:00:00Z' };
  return cloudEvent({ ...at, entity, customer: 'C-0001', record, row });
}

function posted(record: string, transactionDate: string, amount: string, row: object = {}) {
  const least = { type: 'invoice', voucher: `V-${record}`, currency: 'USD' };
  return told('transaction', record, { ...least, transactionDate, amount, ...row });
}

function settled(
  record: string,
  transaction: string,
  date: string,
  amount: string,
  row: object = {},
) {
  return told('settlement', record, { transaction, date, currency: 'USD', amount, ...row });
}

const company = cloudEvent({
  source: SOURCE,
  entity: 'company',
  company: 'usmf',
  record: 'usmf',
  version: '1',
  time: '2026-01-01T00:00:00Z',
  row: { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' },
});

const changes: readonly CloudEvent[] = [
  company,
  told('customer', 'c', { name: 'Fabrikam', customerSince: '2025-05-10' }),
  posted('paid', '2026-01-01', '100.00', { dueDate: '2026-01-31' }),
  posted('p1', '2026-02-05', '-100.00', { type: 'payment' }),
  settled('s1', 'paid', '2026-02-05', '100.00', { offset: 'p1' }),
  posted('paid tomorrow', '2026-03-01', '40.00', { dueDate: '2026-03-31' }),
  posted('p2', '2026-05-11', '-40.00', { type: 'payment' }),
  settled('s2', 'paid tomorrow', '2026-05-11', '40.00', { offset: 'p2' }),
  posted('late', '2026-03-01', '60.00', { dueDate: '2026-03-31' }),
  settled('s3', 'late', '2026-04-20', '15.00'),
  posted('due', '2026-05-01', '30.00', { dueDate: '2026-05-31' }),
  posted('broken', '2026-04-01', '20.00', { dueDate: '2026-04-10' }),
  told('collectionsStatus', 'w', {
    transaction: 'broken',
    status: 'promiseToPay',
    changedAt: '2026-04-12T10:00:00Z',
    followUpDate: '2026-04-30',
  }),
];

let runtime: EmbeddedRuntime;
let api: ArrearsApi;

async function tell(some: readonly CloudEvent[]): Promise<void> {
  await postGood(api, some);
  await runtime.idle();
}

const workspace = z.object({ metrics: z.record(z.string(), z.unknown()) });

async function metrics(): Promise<Record<string, unknown>> {
  return workspace.parse((await api.get(CUSTOMER)).body).metrics;
}

const explanation = z.object({
  figure: z.object({ amount: z.string(), currency: z.string() }),
  total: z.object({ count: z.int(), amount: z.string(), currency: z.string() }),
  items: z.array(
    z.object({
      record: z.string(),
      part: z.string(),
      changes: z.array(
        z.object({
          source: z.string(),
          entity: z.string(),
          record: z.string(),
          version: z.string(),
        }),
      ),
    }),
  ),
  cursor: z.string().nullable(),
});

async function explained(query: Record<string, string>) {
  const items: z.infer<typeof explanation>['items'] = [];
  for (let cursor: string | undefined; ; ) {
    const { body } = await api.get(`${CUSTOMER}/explain`, { ...query, limit: '1', cursor });
    const page = explanation.parse(body);
    items.push(...page.items);
    if (page.cursor === null) return { ...page, items };
    expect(items.length).toBeLessThan(page.total.count);
    ({ cursor } = page);
  }
}

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: TODAY });
  api = arrearsApi(runtime.url);
  await tell(changes);
});

afterAll(() => runtime.stop());

describe('the workspace', () => {
  test('tells how the customer pays, up to today', async () => {
    expect(await metrics()).toMatchObject({
      currency: 'USD',
      window: { from: '2025-05-01', to: '2026-05-10', days: 375 },
      payments: { count: 1, amount: '100.00' },
      paidInvoices: {
        count: 1,
        averageDaysToPay: '35.0',
        averageDaysLate: '5.0',
        paidLate: 1,
        paidLatePercent: '100.0',
      },
      yearToDateRevenue: '250.00',
      daysSalesOutstanding: '142.5',
      outstanding: '95.00',
      overdue: '65.00',
      notDue: '30.00',
      lastPayment: { date: '2026-02-05', amount: '100.00' },
      openInvoices: 3,
      monthsAsCustomer: 12,
      promises: { kept: 0, broken: 1 },
      missingAccountingAmounts: 0,
    });
  });

  test('forgets an invoice that was paid off when its settlement is reversed', async () => {
    const row = { transaction: 'paid tomorrow', offset: 'p2', currency: 'USD', amount: '40.00' };
    const reversed = { ...row, date: '2026-05-11', reversed: '2026-05-12' };
    await tell([told('settlement', 's2', reversed, '2')]);
    expect(await metrics()).toMatchObject({
      paidInvoices: { count: 1 },
      openInvoices: 4,
      lastPayment: { date: '2026-02-05' },
    });
  });
});

describe('a figure', () => {
  test('is explained by documents that add up to it, and by the changes behind them', async () => {
    const { accounting } = await agingOf(api, 'usmf', 'C-0001', {});
    const { balance, overdue, unapplied } = accounting;
    const figures = [
      ...accounting.buckets.map(({ label, amount }) => ({
        figure: 'bucket',
        bucket: label,
        amount,
      })),
      { figure: 'balance', amount: balance },
      { figure: 'overdue', amount: overdue },
      { figure: 'unapplied', amount: unapplied },
    ];
    for (const { amount, ...query } of figures) {
      const { figure, total, items } = await explained(query);
      expect(figure).toMatchObject({ amount, currency: 'USD' });
      expect(total).toEqual({ count: items.length, amount, currency: 'USD' });
    }
    const past = await explained({ figure: 'balance', asOf: '2026-04-19', currency: 'USD' });
    const late = past.items.find(({ record }) => record === 'late');
    expect(late).toEqual({
      record: 'late',
      part: '60.00',
      changes: [
        { source: SOURCE, entity: 'settlement', record: 's3', version: '1' },
        { source: SOURCE, entity: 'transaction', record: 'late', version: '1' },
      ],
    });
  });

  test.each([
    [{}, 'figure'],
    [{ figure: 'bucket' }, 'bucket'],
    [{ figure: 'bucket', bucket: '2 weeks' }, 'bucket'],
    [{ figure: 'balance', bucket: '1-30' }, 'bucket'],
    [{ figure: 'balance', aging: 'monthly' }, 'aging'],
    [{ figure: 'balance', currency: 'usd' }, 'currency'],
  ])('asked for by %j is refused with what is allowed', async (query, parameter) => {
    const { status, body } = await api.get(`${CUSTOMER}/explain`, query);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      parameter,
      allowed: expect.arrayContaining([expect.any(String)]),
    });
  });

  test('has a tag', async () => {
    const url = new URL(`${CUSTOMER}/explain?figure=balance`, runtime.url);
    const etag = (await fetchAsTold(url)).headers.get('etag') ?? '';
    expect((await fetchAsTold(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});
