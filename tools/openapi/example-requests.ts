// The examples of the OpenAPI document: requests to a running app that holds some of the sample
// companies, and what it really answers.
import type { Example, Examples } from '../../functions/contract/openapi/document.ts';
import type { JsonValue } from '../../domain/json.ts';
import { feedSample } from '../../local/feed-sample.ts';
import { dayOf } from '../../local/sample/business-days.ts';
import { commandExamples } from './example-commands.ts';
import { sameEveryRun, sendFailures } from './example-failures.ts';
import { textExamples } from './example-texts.ts';
import { answered, exampleOf, firstOf, textOf } from './example-of.ts';
import { type SampleEvent, sampleEvents } from '../../local/sample/sample.ts';

/** The business day of the examples, and an instant at which it is that day everywhere they are of. */
const TODAY = '2026-11-24';
export const EXAMPLES_NOW = `${TODAY}T20:00:00Z`;

const COMPANY = 'usmf';
/** Few, so that making the examples is quick; with a dispute, promises, letters and activities. */
const CUSTOMERS = ['US-0001', 'US-0002', 'US-0003', 'US-0004'];
const CUSTOMER = 'US-0001';

/** A running app, its queues, and when it has worked everything off. */
export type ExampleApp = {
  readonly url: string;
  readonly connections: { readonly serviceBus: string };
  idle(): Promise<void>;
};

const ROWS_PATH = 'changes/d365/custtrans?source=/erp/d365/contoso/1&folder=2026-04-30T10.15.00Z';

const WATERMARKS_PATH = `changes/watermarks?company=${COMPANY}&entity=transaction`;

/** Deletes of rows that were never told: they change nothing that is shown. */
const EXPORTED_ROWS: JsonValue = [
  { Id: '0000286d-0000-0000-5e1a-005001000000', IsDelete: 'True' },
  { Id: '', versionnumber: '48213' },
];

/** Feeds the app and asks it; the same every time. */
export async function captureExamples(app: ExampleApp): Promise<Examples> {
  const events = sampleEvents(dayOf(TODAY)).filter(isShown);
  const { signal } = new AbortController();
  const outcome = await feedSample({ url: app.url, events, from: 0, signal, taken: () => {} });
  if (outcome.kind !== 'complete') throw new Error(`the examples were not fed: ${outcome.kind}`);
  await app.idle();
  const reads = await readExamples(app.url);
  // While nothing is on its way: counts are the same every time.
  const far = { 'get-watermarks': await exampleOf(app.url, WATERMARKS_PATH) };
  const told = await toldChanges(app.url, events);
  const rows = { 'post-d365-rows': await exampleOf(app.url, ROWS_PATH, EXPORTED_ROWS) };
  const commands = await commandExamples((path, body) => exampleOf(app.url, path, body), {
    company: COMPANY,
    customer: CUSTOMER,
    today: TODAY,
    transaction: reads['get-customer-transactions'] ?? rows['post-d365-rows'],
    activity: reads['get-activity'] ?? rows['post-d365-rows'],
  });
  await tellSnapshot(app.url);
  await app.idle();
  const snapshots = await exampleOf(app.url, `changes/snapshots?company=${COMPANY}`);
  return {
    ...reads,
    ...commands,
    ...sameEveryRun(far),
    'post-changes': told,
    ...rows,
    ...(await textExamples(app.url, COMPANY, CUSTOMER)),
    'get-snapshots': snapshots,
    ...(await opsExamples(app)),
  };
}

/** A snapshot of which no row was told: it deletes nothing. */
async function tellSnapshot(url: string): Promise<void> {
  const data = {
    snapshotId: TODAY,
    company: COMPANY,
    entity: 'contact',
    rowCount: 4,
    highWaterVersion: '48213',
  };
  const source = '/erp/d365/contoso/1';
  const event = { specversion: '1.0', source, time: EXAMPLES_NOW, data };
  for (const control of ['started', 'completed']) {
    const type = `erp.snapshot.${control}.v1`;
    await exampleOf(url, 'changes', { ...event, id: `contact/${TODAY}/${control}`, type });
  }
}

async function readExamples(url: string): Promise<Examples> {
  const answerOf = (path: string) => exampleOf(url, path);
  const company = `companies/${COMPANY}`;
  const customer = `${company}/customers/${CUSTOMER}`;
  const activities = await answerOf(`${company}/activities?limit=2`);
  return {
    health: await answerOf('health'),
    'get-me': await answerOf('me'),
    'get-pools': await answerOf(`${company}/pools`),
    'get-overview': await answerOf(`${company}/overview?pool=*&limit=1`),
    'get-highest-balances': await answerOf(`${company}/highest-balances?pool=*&overdue.from=1.00`),
    'get-aged-balances': await answerOf(`${company}/aged-balances?pool=*&limit=2`),
    'get-activities': activities,
    'get-activity': await answerOf(`${company}/activities/${textOf(firstOf(activities), 'id')}`),
    'get-customers': await answerOf(`${company}/customers?pool=*&search=us-&limit=2`),
    'get-customer': await answerOf(customer),
    'get-customer-aging': await answerOf(`${customer}/aging?asOf=2026-09-30`),
    'get-customer-transactions': await answerOf(`${customer}/transactions?limit=2`),
    'get-customer-explanation': await answerOf(`${customer}/explain?figure=overdue&limit=1`),
    'get-customer-timeline': await answerOf(`${customer}/timeline?limit=4`),
    'get-customer-contacts': await answerOf(`${customer}/contacts`),
    'get-collections-history': await answerOf(`${customer}/collections-history?limit=2`),
  };
}

/** Nobody else is shown: the other examples are to tell something. */
const ERASED = 'US-099';

/** What those see who run it, with the ids and times of this run replaced. */
async function opsExamples(app: ExampleApp): Promise<Examples> {
  const { url } = app;
  await sendFailures(app.connections.serviceBus);
  await app.idle();
  const quarantine = await exampleOf(url, 'ops/quarantine');
  const item = `ops/quarantine/${textOf(firstOf(quarantine), 'id')}`;
  const whole = await exampleOf(url, item);
  const letters = await exampleOf(url, 'ops/dead-letters');
  const rebuild = await exampleOf(url, 'ops/rebuild', { company: COMPANY, customer: CUSTOMER });
  const erasure = await exampleOf(url, 'ops/erase', { company: COMPANY, customer: ERASED });
  await app.idle();
  const examples: Examples = {
    'get-quarantine': quarantine,
    'get-quarantine-item': whole,
    'replay-quarantine-item': await exampleOf(url, `${item}/replay`, null),
    'get-dead-letters': letters,
    'replay-dead-letters': await exampleOf(url, 'ops/dead-letters/replay', {
      // One of two: whether the other is left does not depend on what becomes of it.
      sequenceNumbers: [textOf(firstOf(letters), 'sequenceNumber')],
    }),
    'post-rebuild': rebuild,
    'get-rebuild': await exampleOf(url, `ops/rebuild/${textOf(rebuild.answer, 'id')}`),
    'post-erasure': erasure,
    'get-erasure': await exampleOf(url, `ops/erase/${textOf(erasure.answer, 'id')}`),
  };
  return sameEveryRun(examples);
}

function isShown({ data }: SampleEvent): boolean {
  if (data.company !== COMPANY) return false;
  return data.customer === undefined || CUSTOMERS.includes(data.customer);
}

/** A change that was taken before, which does no harm, and one with an amount that cannot be. */
async function toldChanges(url: string, events: readonly SampleEvent[]): Promise<Example> {
  const good = events.find(({ type }) => type === 'erp.transaction.changed.v1');
  if (good === undefined) throw new Error('the sample has no transaction');
  const row = { ...good.data.row, amount: '120.005' };
  const wrong = { ...good, id: `${good.id}-wrong`, data: { ...good.data, row } };
  const body = JSON.stringify([good, wrong]);
  const headers = { 'content-type': 'application/cloudevents-batch+json' };
  const response = await fetch(`${url}/api/changes`, { method: 'POST', headers, body });
  return { request: JSON.parse(body), answer: await answered(response) };
}
