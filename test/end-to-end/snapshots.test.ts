// Snapshots (SPEC §2.1) through the bundle and real protocols: what a complete one did not carry is
// gone, of customers it never mentions too; an incomplete one deletes nothing and is shown; and a
// host that is killed in the middle finishes what it began.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { type ArrearsApi, arrearsApi, customerPath, postedOf, postGood } from './arrears-api.ts';
import { startHost, startServers } from './child-arrears.ts';
import { cloudEvent } from './cloud-event.ts';

const BUSINESS_NOW = '2026-04-30T12:00:00Z';
const SOURCE = '/erp/shop/1';
const TIME = '2026-04-29T10:00:00Z';
const COMPANY = 'usmf';
/** 100 invoices: five of each of twenty customers. */
const CUSTOMERS = Array.from({ length: 20 }, (_, index) => `C-${index + 10}`);
const INVOICES = CUSTOMERS.flatMap((customer) =>
  Array.from({ length: 5 }, (_, index) => ({ customer, record: `${customer}/${index}` })),
);
/** Never mentioned by the snapshot. */
const FORGOTTEN = CUSTOMERS.slice(-2);
const [LATE = '', GONE = ''] = FORGOTTEN;
/** Ten of the others are left out, one of each. */
const CARRIED = INVOICES.filter(({ customer, record }) => {
  const isLeftOut = record.endsWith('/0') && CUSTOMERS.indexOf(customer) < 10;
  return !isLeftOut && !FORGOTTEN.includes(customer);
});
const DRAINED_WITHIN_MS = 60_000;
const POLL_INTERVAL_MS = 20;
const TIMEOUT_MS = 120_000;

type Invoice = { readonly customer: string; readonly record: string };

function invoice({ customer, record }: Invoice, version: string, snapshotId?: string) {
  const row = {
    type: 'invoice',
    voucher: 'V',
    transactionDate: '2026-04-01',
    dueDate: '2026-04-20',
    currency: 'USD',
    amount: '10.00',
  };
  const at = { source: SOURCE, company: COMPANY, customer, record, version, time: TIME };
  const event = cloudEvent({ ...at, entity: 'transaction', row });
  if (snapshotId === undefined) return event;
  return { ...event, data: { ...event.data, phase: 'snapshot', snapshotId } };
}

function control(what: 'started' | 'completed', snapshotId: string, more: object = {}) {
  const counts = { rowCount: CARRIED.length, highWaterVersion: '100' };
  return {
    specversion: '1.0',
    id: `${snapshotId}/${what}`,
    source: SOURCE,
    type: `erp.snapshot.${what}.v1`,
    time: TIME,
    data: { snapshotId, company: COMPANY, entity: 'transaction', ...counts, ...more },
  };
}

const company = cloudEvent({
  source: SOURCE,
  entity: 'company',
  company: COMPANY,
  record: '1',
  version: '1',
  time: TIME,
  row: { name: 'Shop', accountingCurrency: 'USD', timeZone: 'UTC', usesPools: false },
});

const listed = z.object({
  items: z.array(
    z.object({
      snapshotId: z.string(),
      source: z.string(),
      state: z.string(),
      rowCount: z.int().nullable(),
      carried: z.int(),
      highWaterVersion: z.string().nullable(),
      customers: z.object({ state: z.string(), enqueued: z.int(), done: z.int() }).nullable(),
    }),
  ),
});

async function snapshotsIn(api: ArrearsApi) {
  const { body } = await api.get('/api/changes/snapshots', { company: COMPANY });
  return listed.parse(body).items;
}

const transactions = z.object({ items: z.array(z.object({ record: z.string() })) });

/** The records of a customer's transactions; none of one who is not known any more. */
async function recordsOf(api: ArrearsApi, customer: string): Promise<string[]> {
  const path = `${customerPath(COMPANY, customer)}/transactions`;
  const { status, body } = await api.get(path, { tab: 'all' });
  if (status === 404) return [];
  return transactions
    .parse(body)
    .items.map(({ record }) => record)
    .toSorted();
}

async function allRecords(api: ArrearsApi): Promise<string[]> {
  const found: string[] = [];
  for (const customer of CUSTOMERS) found.push(...(await recordsOf(api, customer)));
  return found.toSorted();
}

const names = (invoices: readonly Invoice[]) => invoices.map(({ record }) => record).toSorted();

describe('a snapshot without some records and customers', () => {
  let runtime: EmbeddedRuntime;
  let api: ArrearsApi;

  beforeAll(async () => {
    runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: BUSINESS_NOW });
    api = arrearsApi(runtime.url);
    await postGood(api, [company, ...INVOICES.map((one) => invoice(one, '50'))]);
    await runtime.idle();
  }, TIMEOUT_MS);
  afterAll(() => runtime.stop());

  test('deletes nothing while it is incomplete, and is shown', async () => {
    const rows = CARRIED.slice(1).map((one) => invoice(one, '50', 's1'));
    expect(postedOf(await api.post([control('started', 's1'), ...rows])).rejected).toBe(0);
    await runtime.idle();
    expect(await snapshotsIn(api)).toMatchObject([{ state: 'open', carried: 79, rowCount: 80 }]);

    // The same told again makes it no more complete.
    await api.post([...rows.slice(0, 9), control('completed', 's1'), ...rows.slice(0, 9)]);
    await runtime.idle();

    expect(await snapshotsIn(api)).toMatchObject([
      { source: SOURCE, state: 'incomplete', carried: 79, rowCount: 80, customers: null },
    ]);
    expect(await allRecords(api)).toEqual(names(INVOICES));
  });

  test('checks and takes nothing in a dry run', async () => {
    const response = await fetch(new URL('/api/changes?dryRun=true', runtime.url), {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify([control('completed', 'dry', { rowCount: 0 })]),
    });
    const answer: unknown = await response.json();
    expect(answer).toMatchObject({ dryRun: true, accepted: 1, rejected: 0 });
    await runtime.idle();
    expect(await snapshotsIn(api)).toHaveLength(1);
  });

  test('takes effect with the last record, carried in an older row', async () => {
    const [last] = CARRIED;
    if (last === undefined) throw new Error('nothing is carried');
    await api.post([invoice(last, '7', 's1')]);
    await runtime.idle();

    expect(await allRecords(api)).toEqual(names(CARRIED));
    expect(await recordsOf(api, GONE)).toEqual([]);
    expect((await api.get(customerPath(COMPANY, GONE))).status).toBe(404);
    expect(await snapshotsIn(api)).toMatchObject([
      {
        state: 'inEffect',
        carried: 80,
        highWaterVersion: '100',
        customers: { state: 'finished', enqueued: 20, done: 20 },
      },
    ]);
  });

  test('gives way to a later change, and to no earlier one', async () => {
    const [late, early] = [`${LATE}/0`, `${LATE}/1`];
    await api.post([
      invoice({ customer: LATE, record: late }, '101'),
      invoice({ customer: LATE, record: early }, '100'),
      // A customer nobody has heard of yet, in a row the snapshot knew.
      invoice({ customer: 'C-new', record: 'C-new/0' }, '99'),
      invoice({ customer: 'C-new', record: 'C-new/1' }, '102'),
    ]);
    await runtime.idle();

    expect(await recordsOf(api, LATE)).toEqual([late]);
    expect(await recordsOf(api, 'C-new')).toEqual(['C-new/1']);
  });

  test('refuses what is no snapshot with a code', async () => {
    const receipts = postedOf(
      await api.post([
        control('completed', 's2', { entity: 'unicorn' }),
        control('completed', 's2', { rowCount: -1 }),
        control('completed', 's2', { highWaterVersion: 'x' }),
        { ...invoice({ customer: LATE, record: 'x' }, '1'), data: { phase: 'snapshot' } },
      ]),
    ).receipts.map(({ code }) => code);
    expect(receipts).toEqual(['entity-unknown', 'row-count-invalid', 'version-invalid', 'missing']);
  });
});

describe('a host that is killed while customers are judged', () => {
  test('finishes once it is back', { timeout: TIMEOUT_MS }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'snapshots-'));
    const servers = await startServers(folder);
    let host = await startHost(servers.ready, BUSINESS_NOW);
    try {
      await postGood(arrearsApi(host.ready), [
        company,
        ...INVOICES.map((one) => invoice(one, '5')),
      ]);
      await drained(host.ready);
      const rows = CARRIED.map((one) => invoice(one, '5', 'k'));
      await arrearsApi(host.ready).post([control('completed', 'k'), ...rows]);
      const isUnderWay = async () =>
        (await snapshotsIn(arrearsApi(host.ready)))[0]?.state === 'inEffect';
      await vi.waitUntil(isUnderWay, { timeout: DRAINED_WITHIN_MS, interval: POLL_INTERVAL_MS });
      await host.kill();
      host = await startHost(servers.ready, BUSINESS_NOW);
      await drained(host.ready);

      const api = arrearsApi(host.ready);
      expect(await allRecords(api)).toEqual(names(CARRIED));
      expect(await snapshotsIn(api)).toMatchObject([
        { state: 'inEffect', carried: 80, customers: { state: 'finished', done: 20 } },
      ]);
    } finally {
      await host.kill();
      await servers.kill();
      await rm(folder, { recursive: true });
    }
  });
});

const queues = z.object({ queues: z.object({ changes: z.object({ active: z.int() }) }) });

async function drained(url: string): Promise<void> {
  const isDrained = async () => {
    const { body } = await arrearsApi(url).get('/api/health');
    return queues.safeParse(body).data?.queues.changes.active === 0;
  };
  await vi.waitUntil(isDrained, { timeout: DRAINED_WITHIN_MS, interval: POLL_INTERVAL_MS });
}
