// Rebuilding read models (SPEC §8) through the bundle and real protocols: documents are spoiled
// behind the app's back, and come out as if nothing had happened to them, while changes go on
// coming in, and though the host is killed in the middle.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { SWEEP_PAGE } from '../../application/sweep.ts';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { type ArrearsApi, arrearsApi, customerPath, groupsOf, postGood } from './arrears-api.ts';
import { startHost, startServers } from './child-arrears.ts';
import type { CloudEvent } from './cloud-event.ts';
import { LEDGER_COMPANY, ledgerChanges, ledgerCustomers } from './ledger-changes.ts';
import { shuffled } from './shuffle.ts';
import { type StoredDocuments, storedDocuments } from './stored-documents.ts';

const BUSINESS_NOW = '2026-04-30T12:00:00Z';
/** More than one page of customers; most of them have little to tell. */
const CUSTOMERS = ledgerCustomers(SWEEP_PAGE + 20);
const [FIRST = '', SECOND = ''] = CUSTOMERS;
const BUSY = new Set(CUSTOMERS.slice(0, 12));
const BRIEF = new Set(['i0', 'i1', 'p0', 's0']);
const CHANGES_PER_REQUEST = 250;
const POLL_INTERVAL_MS = 20;
const FINISHED_WITHIN_MS = 60_000;
const TIMEOUT_MS = 120_000;

const COMPANY_CHANGE = ledgerChanges([]);
const LEDGER = ledgerChanges(CUSTOMERS).filter(
  ({ data: { customer = '', record } }) => BUSY.has(customer) || BRIEF.has(record),
);
/**
 * The first part is there when the rebuild starts, the second comes while it goes on. Every customer
 * is there from the beginning: one that comes later need not be rebuilt.
 */
const FIRSTS = LEDGER.filter(({ data }) => data.record === 'i0');
const OTHERS = shuffled(
  LEDGER.filter(({ data }) => data.record !== 'i0'),
  3,
);
const EARLY = [...COMPANY_CHANGE, ...FIRSTS, ...OTHERS.slice(0, OTHERS.length / 2)];
const LATE = OTHERS.slice(OTHERS.length / 2);
const ALL = [...EARLY, ...LATE];

const progress = z.strictObject({
  id: z.string(),
  task: z.literal('rebuild'),
  company: z.string(),
  customer: z.string().nullable(),
  state: z.enum(['running', 'finished']),
  enqueued: z.int(),
  done: z.int(),
  failed: z.int(),
  failures: z.array(z.string()),
  changed: z.int(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});

type Progress = z.infer<typeof progress>;

let undisturbed: Readonly<Record<string, object>>;
let runtime: EmbeddedRuntime;
let api: ArrearsApi;
let stored: StoredDocuments;

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: BUSINESS_NOW });
  [api, stored] = [arrearsApi(runtime.url), storedDocuments(runtime.connections.cosmos)];
  undisturbed = await withRuntime(async (calm) => {
    await feed(arrearsApi(calm.url), ALL);
    await calm.idle();
    return storedDocuments(calm.connections.cosmos).all();
  });
  await feed(api, EARLY);
  await runtime.idle();
}, TIMEOUT_MS);

afterAll(async () => {
  stored.close();
  await runtime.stop();
});

async function withRuntime<T>(use: (calm: EmbeddedRuntime) => Promise<T>): Promise<T> {
  const calm = await startRuntime({ data: ':memory:', port: 0, businessNow: BUSINESS_NOW });
  try {
    return await use(calm);
  } finally {
    await calm.stop();
  }
}

async function feed(to: ArrearsApi, changes: readonly CloudEvent[]): Promise<void> {
  for (const some of groupsOf(changes, CHANGES_PER_REQUEST)) await postGood(to, some);
}

async function start(of: ArrearsApi, body: object): Promise<Progress> {
  const answer = await of.postTo('/api/ops/rebuild', body);
  expect(answer.status).toBe(202);
  return progress.parse(answer.body);
}

async function look(of: ArrearsApi, id: string): Promise<Progress> {
  const answer = await of.get(`/api/ops/rebuild/${id}`);
  expect(answer.status).toBe(200);
  return progress.parse(answer.body);
}

async function workspaceOf(customer: string): Promise<unknown> {
  const { status, body } = await api.get(customerPath(LEDGER_COMPANY, customer));
  expect(status).toBe(200);
  return body;
}

describe('a rebuild over HTTP', () => {
  test('of one customer puts right that customer alone, and is noticed by a client', async () => {
    const before = await stored.all();
    const [first, second] = [await workspaceOf(FIRST), await workspaceOf(SECOND)];
    const spoiled = await stored.spoil((pk) => [FIRST, SECOND].some((one) => pk.endsWith(one)));
    expect(spoiled).toBeGreaterThan(30);
    expect(await workspaceOf(FIRST)).not.toEqual(first);

    const { id } = await start(api, { company: LEDGER_COMPANY, customer: FIRST });
    await runtime.idle();

    const after = await look(api, id);
    expect(after).toMatchObject({ state: 'finished', customer: FIRST, enqueued: 1, done: 1 });
    expect(after.changed).toBeGreaterThan(15);
    expect(await workspaceOf(FIRST)).toEqual(first);
    expect(await workspaceOf(SECOND)).not.toEqual(second);
    await start(api, { company: LEDGER_COMPANY, customer: SECOND });
    await runtime.idle();
    expect(await stored.all()).toEqual(before);
  });

  test('of a company goes on while changes come in, and loses none', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const spoiled = await stored.spoil((pk) => pk !== '');
    expect(spoiled).toBeGreaterThan(EARLY.length);

    const [started] = await Promise.all([start(api, { company: LEDGER_COMPANY }), feed(api, LATE)]);
    await runtime.idle();

    const size = CUSTOMERS.length;
    const after = await look(api, started.id);
    expect(after).toMatchObject({ state: 'finished', enqueued: size, done: size, failed: 0 });
    expect(after.finishedAt).not.toBeNull();
    expect(await stored.all()).toEqual(undisturbed);
  });

  test('finds nothing to write where all is well', { timeout: TIMEOUT_MS }, async () => {
    await runtime.cosmos.resetStatistics();
    const { id } = await start(api, { company: LEDGER_COMPANY });
    await runtime.idle();
    expect(await look(api, id)).toMatchObject({ state: 'finished', changed: 0 });
    const { byContainer } = await runtime.cosmos.statistics();
    expect(byContainer['customers']?.documentsWritten).toBe(0);
  });

  test('of a company nobody knows is over at once', async () => {
    const { id } = await start(api, { company: 'nobody' });
    await runtime.idle();
    expect(await look(api, id)).toMatchObject({ state: 'finished', enqueued: 0, done: 0 });
  });

  test('that is none is refused, and one that never was is not found', async () => {
    expect(await api.postTo('/api/ops/rebuild', {})).toMatchObject({
      status: 400,
      contentType: 'application/problem+json',
    });
    for (const id of ['x', '00000000-0000-0000-0000-000000000000', '~', 'x'.repeat(3_000)]) {
      expect(await api.get(`/api/ops/rebuild/${id}`)).toMatchObject({
        status: 404,
        body: { type: 'urn:arrears:problem:rebuild-not-found' },
      });
    }
  });
});

describe('a rebuild whose host is killed', () => {
  test('goes on where it was', { timeout: TIMEOUT_MS }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rebuild-'));
    const servers = await startServers(folder);
    let host = await startHost(servers.ready, BUSINESS_NOW);
    const documents = storedDocuments(servers.ready['CosmosConnection'] ?? '');
    try {
      await feed(arrearsApi(host.ready), ALL);
      const isFed = async () => isDeepStrictEqual(await documents.all(), undisturbed);
      await vi.waitUntil(isFed, { timeout: FINISHED_WITHIN_MS, interval: 10 * POLL_INTERVAL_MS });
      await documents.spoil((pk) => pk !== '');
      const { id } = await start(arrearsApi(host.ready), { company: LEDGER_COMPANY });
      for (const enough of [1, 60, 120]) {
        const isUnderWay = async () => (await look(arrearsApi(host.ready), id)).done >= enough;
        await vi.waitUntil(isUnderWay, { timeout: FINISHED_WITHIN_MS, interval: POLL_INTERVAL_MS });
        await host.kill();
        host = await startHost(servers.ready, BUSINESS_NOW);
      }

      const isFinished = async () => (await look(arrearsApi(host.ready), id)).state === 'finished';
      await vi.waitUntil(isFinished, { timeout: FINISHED_WITHIN_MS, interval: POLL_INTERVAL_MS });

      const size = CUSTOMERS.length;
      const counts = { enqueued: size, done: size, failed: 0 };
      expect(await look(arrearsApi(host.ready), id)).toMatchObject(counts);
      expect(await documents.all()).toEqual(undisturbed);
    } finally {
      documents.close();
      await host.kill();
      await servers.kill();
      await rm(folder, { recursive: true });
    }
  });
});
