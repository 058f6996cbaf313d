// Rebuilding a company's read models against applying its changes live, through the whole stack at
// the same scale: queue, projector and store, on one runtime.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../local/runtime.ts';
import { MEMORY } from '../local/servers.ts';
import { storedDocuments } from '../test/end-to-end/stored-documents.ts';
import { feed } from './feed.ts';
import { BUSINESS_NOW, COMPANY, companyChange, customerNames, history } from './ledger.ts';
import { atLeast, PER_SECOND, RATIO, type Section, told } from './report.ts';
import type { Scale } from './scale.ts';

const CUSTOMERS = 50;
const CHANGES_PER_REQUEST = 1_000;

const finished = z.object({ id: z.string(), state: z.string(), failed: z.int() });

/** Live, then a rebuild of documents that are all wrong, then one of documents that are right. */
export async function rebuild({ feedRequests }: Scale): Promise<Section> {
  const runtime = await startRuntime({ data: MEMORY, port: 0, businessNow: BUSINESS_NOW });
  const stored = storedDocuments(runtime.connections.cosmos);
  try {
    await feed(runtime.url, [companyChange()]);
    await runtime.idle();
    const live = await timeOf(() => feedAll(runtime, feedRequests));
    const before = await stored.all();
    await stored.spoil(() => true);
    const wrong = await timeOf(() => rebuildAll(runtime));
    const isEqual = isDeepStrictEqual(await stored.all(), before);
    const right = await timeOf(() => rebuildAll(runtime));
    const changes = feedRequests * CHANGES_PER_REQUEST;
    return {
      title: 'Rebuild',
      notes: [
        `${changes.toLocaleString('en-US')} changes of ${CUSTOMERS} customers, applied live at ` +
          `${CHANGES_PER_REQUEST / CUSTOMERS} changes a message; then the company is rebuilt, once ` +
          'after everything derived in every document was spoiled, once when nothing was wrong. ' +
          'Store in memory; from the first request until nothing waits any more.',
      ],
      findings: [
        atLeast('rebuild of spoiled documents ÷ live', 1.5, live / wrong, RATIO),
        atLeast('documents equal to those applied live', 1, Number(isEqual), YES),
        told('live', changes / (live / 1_000), PER_SECOND),
        told('rebuild, all documents spoiled', changes / (wrong / 1_000), PER_SECOND),
        told('rebuild, nothing wrong', changes / (right / 1_000), PER_SECOND),
      ],
    };
  } finally {
    stored.close();
    await runtime.stop();
  }
}

/** 1 is yes. */
const YES = { digits: 0, unit: '' };

async function timeOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function feedAll(runtime: EmbeddedRuntime, requests: number): Promise<void> {
  const each = CHANGES_PER_REQUEST / CUSTOMERS;
  for (let request = 0; request < requests; request += 1) {
    const changes = customerNames(CUSTOMERS).flatMap((name) => history(name, request * each, each));
    await feed(runtime.url, changes);
  }
  await runtime.idle();
}

async function rebuildAll(runtime: EmbeddedRuntime): Promise<void> {
  const url = `${runtime.url}/api/ops/rebuild`;
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ company: COMPANY });
  const started = finished.parse(
    await (await fetch(url, { method: 'POST', headers, body })).json(),
  );
  await runtime.idle();
  const ended = finished.parse(await (await fetch(`${url}/${started.id}`)).json());
  if (ended.state !== 'finished' || ended.failed > 0)
    throw new Error('the rebuild did not end well');
}
