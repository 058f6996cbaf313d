// Changes per second from the feed to readable, and how long a single change takes: HTTP, queue,
// projector and store, through the real SDKs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedRuntime, startRuntime } from '../local/runtime.ts';
import { MEMORY } from '../local/servers.ts';
import { feed, inGroups } from './feed.ts';
import { BUSINESS_NOW, companyChange, customerNames, history, invoice } from './ledger.ts';
import { median, quantile } from './quantile.ts';
import { readable } from './readable.ts';
import { type Finding, MILLISECONDS, PER_SECOND, type Section, told } from './report.ts';
import type { Scale } from './scale.ts';

const CHANGES_PER_REQUEST = 1_000;
const CUSTOMERS = 200;

/** Feeds a store in memory and one on disk. */
export async function throughTheStack(scale: Scale): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'arrears-bench-'));
  try {
    const findings = [
      ...(await measure('in memory', MEMORY, scale)),
      ...(await measure('on disk', folder, scale)),
    ];
    return {
      title: 'From the feed to readable, through the whole stack',
      notes: [
        `Requests of ${CHANGES_PER_REQUEST} changes of ${CUSTOMERS} customers (invoices, payments, ` +
          'settlements), until nothing waits any more. Host, broker and store share two cores.',
      ],
      findings,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(where: string, data: string, scale: Scale): Promise<Finding[]> {
  const runtime = await startRuntime({ data, port: 0, businessNow: BUSINESS_NOW });
  try {
    await feed(runtime.url, [companyChange()]);
    await runtime.idle();
    const one = await bulk(runtime, scale.feedRequests, 1);
    const ten = await bulk(runtime, scale.feedRequests, 10);
    const latencies = await singles(runtime, scale.singleChanges);
    return [
      told(`${where}: changes a second, 5 changes a message`, one, PER_SECOND),
      told(`${where}: changes a second, 20 changes a message`, ten, PER_SECOND),
      told(`${where}: one change, posted until readable, median`, median(latencies), MILLISECONDS),
      told(`${where}: the same, p99`, quantile(latencies, 0.99), MILLISECONDS),
    ];
  } finally {
    await runtime.stop();
  }
}

/** Changes a second of many requests; with a share of the customers, more changes a message. */
async function bulk(runtime: EmbeddedRuntime, requests: number, share: number): Promise<number> {
  const customers = customerNames(CUSTOMERS / (share === 1 ? 1 : 4)).map(
    (name) => `${name}-${share}`,
  );
  const perCustomer = CHANGES_PER_REQUEST / customers.length;
  const bodies = Array.from({ length: requests }, (_, request) =>
    customers.flatMap((name) => history(name, request * perCustomer, perCustomer)),
  );
  const began = performance.now();
  for (const body of bodies) await feed(runtime.url, body);
  await runtime.idle();
  return (requests * CHANGES_PER_REQUEST) / ((performance.now() - began) / 1_000);
}

async function singles(runtime: EmbeddedRuntime, count: number): Promise<number[]> {
  const latencies: number[] = [];
  const changes = inGroups(
    Array.from({ length: count }, (_, index) => index),
    1,
  );
  for (const [number = 0] of changes) {
    const began = performance.now();
    await feed(runtime.url, [invoice('single', number)]);
    await readable(runtime.url, 'single', number + 1);
    latencies.push(performance.now() - began);
  }
  return latencies;
}
