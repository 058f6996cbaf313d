import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { type ArrearsApi, arrearsApi, groupsOf, postGood, type Query } from './arrears-api.ts';
import type { CloudEvent } from './cloud-event.ts';
import { DEALINGS, NOW, told } from './dealings.ts';

const CUSTOMER = '/api/companies/usmf/customers/C-2';

const list = z.object({ items: z.array(z.unknown()), cursor: z.string().nullable() });

let runtime: EmbeddedRuntime;
let api: ArrearsApi;

async function tell(events: readonly CloudEvent[]): Promise<void> {
  for (const group of groupsOf(events, 1_000)) await postGood(api, group);
  await runtime.idle();
}

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: NOW });
  api = arrearsApi(runtime.url);
  await tell(DEALINGS);
});

afterAll(() => runtime.stop());

describe('what a page of the timeline costs', () => {
  const LITTLE = 300;
  const MANY = 2_400;
  const MAX_UNITS = 12;

  /** Now and then a payment or an activity among many invoices, over three years. */
  const many = Array.from({ length: MANY }, (_, index) => {
    const day = Date.parse(NOW) - (index / MANY) * 3 * 365 * 86_400_000;
    const at = new Date(day).toISOString();
    const dates = { transactionDate: at.slice(0, 10), dueDate: '2026-06-01' };
    const invoice = { voucher: 'V', currency: 'USD', ...dates };
    const record = String(index);
    if (index % 400 === 7) {
      const payment = { ...invoice, type: 'payment', amount: '-1.00' };
      return told('C-2', 'transaction', record, payment);
    }
    if (index % 5 === 0) {
      const activity = { number: 'A', category: 'task', purpose: 'call', closed: true, endAt: at };
      return told('C-2', 'activity', record, activity);
    }
    return told('C-2', 'transaction', record, { ...invoice, type: 'invoice', amount: '1.00' });
  });

  async function unitsOf(query: Query): Promise<number> {
    await runtime.cosmos.resetStatistics();
    const { status, body } = await api.get(`${CUSTOMER}/timeline`, { limit: '20', ...query });
    expect(status).toBe(200);
    expect(list.parse(body).items.length).toBeGreaterThan(0);
    const { requestUnits } = (await runtime.cosmos.statistics()).byContainer['customers'] ?? {};
    return requestUnits ?? Number.POSITIVE_INFINITY;
  }

  test('does not grow with history, neither at the beginning nor later, nor by type', async () => {
    await tell(many.slice(0, LITTLE));
    const little = await unitsOf({});
    await tell(many.slice(LITTLE));

    expect(await unitsOf({})).toBeLessThan(little * 1.2);
    expect(await unitsOf({ to: '2025-11-01' })).toBeLessThan(little * 1.2);
    expect(await unitsOf({ types: 'payment' })).toBeLessThan(MAX_UNITS);
    const { body } = await api.get(`${CUSTOMER}/timeline`, { limit: '400' });
    const { cursor } = list.parse(body);
    expect(await unitsOf({ cursor: cursor ?? '' })).toBeLessThan(little * 1.2);
  });
});
