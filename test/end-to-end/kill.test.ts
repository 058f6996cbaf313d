// What got 202 is durable: the host is killed in the middle of the work, and once the broker and
// the store with it, and the answers are those of a run that nothing disturbed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { type Answer, type ArrearsApi, arrearsApi, customerPath, groupsOf } from './arrears-api.ts';
import { type Environment, type Started, startHost, startServers } from './child-arrears.ts';
import type { CloudEvent } from './cloud-event.ts';
import { LEDGER_COMPANY, ledgerChanges, ledgerCustomers } from './ledger-changes.ts';
import { shuffled } from './shuffle.ts';
import { withoutBookkeeping } from './without-bookkeeping.ts';

const BUSINESS_NOW = '2026-04-30T12:00:00Z';
const AS_OF = '2026-02-28';
const CUSTOMERS = ledgerCustomers(40);
const SEED = 9;
const CHANGES_PER_REQUEST = 25;
const REQUESTS_AT_ONCE = 4;
/** After so many answered requests, what is killed while others are on their way. */
const KILLS: ReadonlyMap<number, 'host' | 'everything'> = new Map([
  [8, 'host'],
  [28, 'host'],
  [48, 'everything'],
  [66, 'host'],
]);
const ACCEPTED_WITHIN_MS = 40_000;
const HEALTHY_WITHIN_MS = 20_000;
const DRAINED_WITHIN_MS = 60_000;
const POLL_INTERVAL_MS = 50;

let folder: string;
let servers: Started<Environment>;
let host: Started<string>;
let undisturbed: Runtime;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kill-'));
  servers = await startServers(folder);
  host = await startHost(servers.ready, BUSINESS_NOW);
  undisturbed = await startRuntime({ data: ':memory:', port: 0, businessNow: BUSINESS_NOW });
});

afterAll(async () => {
  await host.kill();
  await servers.kill();
  await undisturbed.stop();
  await rm(folder, { recursive: true });
});

describe('killed and started again', () => {
  test('answers as if nothing had happened', { timeout: 120_000 }, async () => {
    const requests = groupsOf(shuffled(ledgerChanges(CUSTOMERS), SEED), CHANGES_PER_REQUEST);
    const calm = arrearsApi(undisturbed.url);
    for (const request of requests) expect((await calm.post(request)).status).toBe(202);
    await undisturbed.idle();

    const { kills, repeats } = await feedWithKills(requests);
    await drained();

    expect(kills).toBe(KILLS.size);
    // Requests were on their way, or came while nobody listened, each time.
    expect(repeats).toBeGreaterThanOrEqual(KILLS.size);
    const shaken = arrearsApi(host.ready);
    for (const customer of CUSTOMERS) {
      const expected = await answersOf(calm, customer);
      expect(expected.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(withoutBookkeeping(await answersOf(shaken, customer))).toEqual(
        withoutBookkeeping(expected),
      );
    }
  });
});

/** Sends every request until it got its 202, killing on the way. */
async function feedWithKills(
  requests: readonly (readonly CloudEvent[])[],
): Promise<{ readonly kills: number; readonly repeats: number }> {
  const waiting = [...requests];
  let answered = 0;
  let kills = 0;
  let repeats = 0;
  let restarted = Promise.resolve();
  const work = async () => {
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      repeats += await repeatsUntilAccepted(request);
      answered += 1;
      const what = KILLS.get(answered);
      if (what === undefined) continue;
      kills += 1;
      restarted = restarted.then(() => killAndRestart(what));
    }
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, work));
  await restarted;
  return { kills, repeats };
}

/** Sends a request until it is accepted; gives how often it had to be sent again. */
async function repeatsUntilAccepted(request: readonly CloudEvent[]): Promise<number> {
  let attempts = 0;
  const send = () => {
    attempts += 1;
    return isAccepted(request);
  };
  await vi.waitUntil(send, { timeout: ACCEPTED_WITHIN_MS, interval: POLL_INTERVAL_MS });
  return attempts - 1;
}

async function isAccepted(request: readonly CloudEvent[]): Promise<boolean> {
  try {
    return (await arrearsApi(host.ready).post(request)).status === 202;
  } catch (error) {
    // Nobody listens, or the connection broke: sent again once the host is back.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

async function killAndRestart(what: 'host' | 'everything'): Promise<void> {
  const gone = [host.kill(), ...(what === 'everything' ? [servers.kill()] : [])];
  await Promise.all(gone);
  if (what === 'everything') servers = await startServers(folder);
  host = await startHost(servers.ready, BUSINESS_NOW);
  await vi.waitUntil(async () => (await health())?.status === 'ok', {
    timeout: HEALTHY_WITHIN_MS,
    interval: POLL_INTERVAL_MS,
  });
}

async function drained(): Promise<void> {
  const isDrained = async () => (await health())?.queues.changes.active === 0;
  await vi.waitUntil(isDrained, { timeout: DRAINED_WITHIN_MS, interval: POLL_INTERVAL_MS });
  expect((await health())?.queues.changes.deadLetter).toBe(0);
}

const healthy = z.object({
  status: z.string(),
  queues: z.object({ changes: z.object({ active: z.int(), deadLetter: z.int() }) }),
});

async function health() {
  const { body } = await arrearsApi(host.ready).get('/api/health');
  return healthy.safeParse(body).data;
}

function answersOf(api: ArrearsApi, customer: string): Promise<readonly Answer[]> {
  const path = customerPath(LEDGER_COMPANY, customer);
  return Promise.all([
    api.get(path),
    api.get(`${path}/aging`),
    api.get(`${path}/aging`, { asOf: AS_OF }),
    api.get(`${path}/transactions`, { tab: 'all', limit: '500' }),
  ]);
}
