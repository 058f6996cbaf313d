// The company-wide lists as days begin (SPEC §3.3) and as reference data change (DESIGN 3), through
// the bundle and real protocols: what is listed, in which order, and what it costs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SWEEP_PAGE } from '../../application/sweep.ts';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { type ArrearsApi, arrearsApi, groupsOf, postGood } from './arrears-api.ts';
import { type CloudEvent, cloudEvent } from './cloud-event.ts';

/** In Auckland an hour before midnight and at midnight, while Honolulu is at the same day. */
const EVENING = '2026-05-10T11:00:00Z';
const MIDNIGHT = '2026-05-10T12:00:00Z';
/** Midnight in Honolulu; in Auckland still the same day. */
const MIDNIGHT_IN_HONOLULU = '2026-05-11T10:00:00Z';
const TIMER = 'age-lists';

/** More than a page of customers, with one invoice each: due on the 10th of May, or much later. */
const DUE = SWEEP_PAGE + 20;
const NOT_DUE = 40;
/** Customers of a pool that ages by weeks; every tenth of those due, and some that are not. */
const WEEKLY = 25;
const NORTH = { id: 'north', description: 'North' };
const REQUEST_UNITS_PER_ROW_MAX = 24;
const TIMEOUT_MS = 120_000;

const page = z.object({
  items: z.array(z.object({ customer: z.string(), buckets: z.array(z.string()) })),
  labels: z.array(z.string()),
});

let runtime: EmbeddedRuntime;
let api: ArrearsApi;

function told(
  company: string,
  customer: string | null,
  entity: string,
  row: object,
  version = '1',
): CloudEvent {
  const record = `${entity} ${'id' in row ? String(row.id) : ''}`;
  const at = { source: '/erp/example/1', version, time: '2026-05-01T08:00:00Z', record };
  return cloudEvent({ ...at, entity, company, customer: customer ?? undefined, row });
}

function companyIn(company: string, timeZone: string): CloudEvent {
  const row = { name: company, accountingCurrency: 'USD', timeZone };
  return told(company, null, 'company', row);
}

/** The customer with a number: what it owes is its number in dollars. */
function customer(company: string, number: number, dueDate: string): CloudEvent {
  const dates = { transactionDate: '2026-05-01', dueDate };
  const row = { type: 'invoice', voucher: 'V', currency: 'USD', amount: `${number}.00`, ...dates };
  return told(company, nameOf(number), 'transaction', row);
}

function nameOf(number: number): string {
  return `C-${String(number).padStart(4, '0')}`;
}

function customers(company: string): CloudEvent[] {
  return Array.from({ length: DUE + NOT_DUE }, (_, index) =>
    customer(company, index + 1, index < DUE ? '2026-05-10' : '2026-08-01'),
  );
}

async function tell(changes: readonly CloudEvent[]): Promise<void> {
  for (const group of groupsOf(changes, 1_000)) await postGood(api, group);
  await runtime.idle();
}

async function restartAt(businessNow: string): Promise<void> {
  await runtime.restartHost({ businessNow });
  api = arrearsApi(runtime.url);
}

/** The timer and all that comes of it; gives what it wrote, and what each row of a list cost. */
async function age() {
  await runtime.cosmos.resetStatistics();
  await runtime.fireTimer(TIMER);
  await runtime.idle();
  const { documentsWritten, requestUnits, byContainer } = await runtime.cosmos.statistics();
  const rows = byContainer['customer-lists']?.documentsWritten ?? 0;
  return { documentsWritten, rows, unitsPerRow: requestUnits / rows };
}

async function agedBalances(company: string, pool = '*') {
  const path = `/api/companies/${company}/aged-balances`;
  const { status, body } = await api.get(path, { pool, limit: '500' });
  expect(status).toBe(200);
  return page.parse(body);
}

/** Names from a number down to another: the order of their debts, the highest first. */
function downFrom(first: number, last: number): string[] {
  return Array.from({ length: first - last + 1 }, (_, index) => nameOf(first - index));
}

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: EVENING });
  api = arrearsApi(runtime.url);
  await tell([
    companyIn('auckland', 'Pacific/Auckland'),
    companyIn('honolulu', 'Pacific/Honolulu'),
    ...customers('auckland'),
    customer('honolulu', 1, '2026-05-10'),
  ]);
}, TIMEOUT_MS);

afterAll(() => runtime.stop());

describe('the lists of a company', { timeout: TIMEOUT_MS }, () => {
  test('change when its day begins, at the price of the rows that are due', async () => {
    await age();
    expect((await agedBalances('auckland')).items).toEqual([]);

    await restartAt(MIDNIGHT);
    const first = await age();
    expect(first.rows).toBe(DUE);
    expect(first.documentsWritten / DUE).toBeLessThanOrEqual(1.05);
    expect(first.unitsPerRow).toBeLessThanOrEqual(REQUEST_UNITS_PER_ROW_MAX);
    const { items } = await agedBalances('auckland');
    expect(items.map((item) => item.customer)).toEqual(downFrom(DUE, 1));
    expect(items[0]?.buckets.slice(0, 3)).toEqual(['0.00', `${DUE}.00`, '0.00']);

    expect((await age()).documentsWritten).toBe(0);
    await restartAt(MIDNIGHT);
    expect((await age()).documentsWritten).toBe(0);
  });

  test('change in each company at its own midnight', async () => {
    expect((await agedBalances('honolulu')).items).toEqual([]);
    await restartAt(MIDNIGHT_IN_HONOLULU);
    expect((await age()).rows).toBe(1);
    expect((await agedBalances('honolulu')).items).toHaveLength(1);
  });

  test('begin once, though two instances do so, and go on after the host was stopped', async () => {
    await restartAt('2026-06-10T12:00:00Z');
    await runtime.cosmos.resetStatistics();
    await Promise.all([runtime.fireTimer(TIMER), runtime.fireTimer(TIMER)]);
    await runtime.restartHost({ businessNow: '2026-06-10T12:00:00Z' });
    await runtime.idle();
    const { byContainer } = await runtime.cosmos.statistics();
    // From 1-30 to 31-60 days, in both companies.
    expect(byContainer['customer-lists']?.documentsWritten).toBe(DUE + 1);
    const { items } = await agedBalances('auckland');
    expect(items[0]?.buckets.slice(0, 3)).toEqual(['0.00', '0.00', `${DUE}.00`]);
  });
});

describe('reference data', { timeout: TIMEOUT_MS }, () => {
  test('that come last list everybody, though the host is stopped meanwhile', async () => {
    const members = Array.from({ length: WEEKLY }, (_, index) =>
      told('late', nameOf(1 + index * 10), 'poolMember', { pool: 'north' }),
    );
    await tell([...customers('late'), ...members]);
    const pool = told('late', null, 'pool', NORTH);
    await postGood(api, [pool, companyIn('late', 'Pacific/Auckland')]);
    await runtime.restartHost({ businessNow: MIDNIGHT });
    await runtime.idle();
    api = arrearsApi(runtime.url);
    const { items } = await agedBalances('late');
    expect(items.map((item) => item.customer)).toEqual(downFrom(DUE, 1));
    const due = Array.from({ length: WEEKLY }, (_, index) => 1 + index * 10).filter(
      (one) => one <= DUE,
    );
    const ofPool = due.toReversed().map(nameOf);
    expect((await agedBalances('late', 'north')).items.map((item) => item.customer)).toEqual(
      ofPool,
    );
  });

  test('give a pool its definition, whose days are its own from then on', async () => {
    const buckets = [
      { label: 'not due', from: null, to: 0 },
      { label: 'first week', from: 1, to: 7 },
      { label: 'later', from: 8, to: null },
    ];
    const definition = { id: 'weekly', name: 'Weekly', agedBy: 'dueDate', buckets };
    await tell([
      told('late', null, 'agingDefinition', definition),
      told('late', null, 'pool', { ...NORTH, agingDefinition: 'weekly' }, '2'),
    ]);
    const before = await agedBalances('late', 'north');
    expect(before.labels).toEqual(buckets.map(({ label }) => label));
    expect(before.items[0]?.buckets).toEqual(['0.00', `${DUE - 9}.00`, '0.00']);

    // Seven days on, nothing changes on the list of the company.
    await restartAt('2026-05-17T12:00:00Z');
    expect((await age()).rows).toBe(before.items.length);
    const { items } = await agedBalances('late', 'north');
    expect(items[0]?.buckets).toEqual(['0.00', '0.00', `${DUE - 9}.00`]);
  });
});
