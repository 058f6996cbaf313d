// Personal data through the bundle and real protocols (SPEC §7): everything about people is marked,
// every route is called, and much goes wrong on the way. No mark is in any line of the log; and once
// the customer is erased, none is in anything that is stored, answered or kept aside, whatever is told
// again. The figures stay as they were.
import { ServiceBusClient } from '@azure/service-bus';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { triggers } from '../../functions/triggers.ts';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { agingOf, type ArrearsApi, arrearsApi, postGood } from './arrears-api.ts';
import { cloudEvent } from './cloud-event.ts';
import { COMMANDS } from './personal-commands.ts';
import { personalExport } from './personal-export.ts';
import { EMPLOYEE_MARK, MARK, marked, personalRow } from './personal-rows.ts';
import { storedTexts } from './stored-everything.ts';

const COMPANY = 'usmf';
const CUSTOMER = 'C-PERSON';
const OTHER = 'C-OTHER';
const OF = `/api/companies/${COMPANY}/customers/${CUSTOMER}`;
const LARGEST = '999999999999.99';

let runtime: EmbeddedRuntime;
let api: ArrearsApi;
const logged: string[] = [];
/** How commands and the draft were answered. */
const taken: number[] = [];

const AT = { source: '/erp/a/1', company: COMPANY, version: '1', time: '2026-04-30T10:00:00Z' };

function told(entity: string, record: string, row: object, customer: string = CUSTOMER) {
  return cloudEvent({ ...AT, entity, customer, record, row });
}

const INVOICE = { settled: null, settledAccounting: null, closedDate: null };

const OVERDUE = { ...INVOICE, number: 'I-2', dueDate: '2026-04-05', installments: null };

/** Everything a feed tells of the customer. */
const TOLD = [
  told('customer', 'c', personalRow('customer')),
  told('contact', 'k', personalRow('contact')),
  told('transaction', 't', { ...personalRow('transaction'), ...INVOICE }),
  told('transaction', 'u', { ...personalRow('transaction'), ...OVERDUE }),
  told('collectionsStatus', 's', { ...personalRow('collectionsStatus'), currency: 'USD' }),
  told('collectionLetter', 'l', personalRow('collectionLetter')),
  told('activity', 'a', { ...personalRow('activity'), responsible: '000123', closed: false }),
];

/** A balance beyond what is exact cannot be added up: the last of these is put in quarantine. */
const TOO_MANY = Array.from({ length: 91 }, (_, index) =>
  told('transaction', `large-${index}`, {
    ...personalRow('transaction'),
    ...INVOICE,
    currency: 'EUR',
    installments: null,
    amount: LARGEST,
  }),
);

async function putOnQueue(body: unknown): Promise<void> {
  const client = new ServiceBusClient(runtime.connections.serviceBus);
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  await client.createSender('changes').sendMessages({ body: bytes, sessionId: 's-1' });
  await client.close();
  await runtime.idle();
}

const UNREADABLE = `no JSON: ${CUSTOMER} is ${marked('dead-letter')}`;
const OF_TOMORROW = {
  company: COMPANY,
  customer: CUSTOMER,
  changes: [
    {
      entity: 'entityOfTomorrow',
      company: COMPANY,
      customer: CUSTOMER,
      record: marked('record'),
      row: { name: marked('unreadable') },
    },
  ],
};

const JSON_BODY = { 'content-type': 'application/json' };

async function post(path: string, body: unknown, headers: Record<string, string> = JSON_BODY) {
  const request = { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(new URL(path, runtime.url), request);
  const answer: unknown = await response.json();
  return { status: response.status, body: answer };
}

/** Rows of Dynamics 365 Finance, in the order in which most of them wait. */
async function tellExport(): Promise<void> {
  for (const { table, rows } of personalExport(COMPANY, CUSTOMER)) {
    const from = 'source=/erp/d365/contoso/1&folder=2026-04-30T10.00.00Z';
    const answer = await post(`/api/changes/d365/${table}?${from}`, rows);
    expect(answer).toMatchObject({ status: 202, body: { rejected: 0 } });
    await runtime.idle();
  }
}

let keys = 0;

async function command(body: object): Promise<number> {
  const headers = { ...JSON_BODY, 'idempotency-key': `key-${(keys += 1)}` };
  return (await post(`${OF}/commands`, body, headers)).status;
}

/** What nobody should send, with marks in it. */
async function tellNonsense(): Promise<void> {
  const bad = [told('customer', 'bad', { name: 7, email: marked('bad') })];
  expect(await api.post(bad)).toMatchObject({ status: 202, body: { rejected: 1 } });
  for (const body of [`{"name": "${marked('malformed')}"`, marked('text')]) {
    expect((await api.postBody(body, 'application/json')).status).toBe(400);
  }
  await api.get(`/api/companies/${marked('company')}/customers/${marked('account')}`);
  await api.get(`/api/companies/${COMPANY}/customers`, { pool: '*', search: marked('search') });
  await api.get(`${OF}/transactions`, { tab: marked('tab'), cursor: marked('cursor') });
  expect(await command({ type: 'writeOff', comment: marked('bad-command') })).toBe(400);
}

/** Every route that reads, as far as ids are known. */
function readable(): readonly string[] {
  return triggers.flatMap((trigger) => {
    if (trigger.kind !== 'http' || trigger.method !== 'GET') return [];
    const path = `/api/${trigger.route}`
      .replace('{company}', COMPANY)
      .replace('{customer}', CUSTOMER)
      .replace('{file}', 'show-api.js')
      .replaceAll(/\{[^}]*\}/g, 'unknown');
    const query = path.endsWith('explain') ? 'figure=balance' : 'search=C-&company=usmf&task=open';
    return [`${path}?${query}`, `${path}?pool=*&search=C-`];
  });
}

/** All answers that tell of the customer, as one text. */
async function everyAnswer(): Promise<string> {
  const texts: string[] = [];
  for (const path of readable()) {
    const response = await fetch(`${runtime.url}${path}`);
    texts.push(`${path} ${response.status} ${await response.text()}`);
  }
  return texts.join('\n');
}

const figures = async () => {
  const { accounting, currencies } = await agingOf(api, COMPANY, CUSTOMER, {});
  return { accounting, currencies };
};

async function marksStored(): Promise<readonly string[]> {
  const stored = await storedTexts(runtime.connections.cosmos);
  return Object.entries(stored).flatMap(([container, documents]) =>
    documents.flatMap((text) =>
      text.includes(MARK) ? [`${container}: ${text.slice(0, 300)}`] : [],
    ),
  );
}

const erasure = z.object({ id: z.string(), state: z.string(), failed: z.boolean() });

async function erase(): Promise<void> {
  const asked = await api.postTo('/api/ops/erase', { company: COMPANY, customer: CUSTOMER });
  expect(asked.status).toBe(202);
  await runtime.idle();
  const answer = await api.get(`/api/ops/erase/${erasure.parse(asked.body).id}`);
  expect(answer).toMatchObject({ status: 200, body: { state: 'finished', failed: false } });
}

beforeAll(async () => {
  runtime = await startRuntime({
    data: ':memory:',
    port: 0,
    businessNow: '2026-04-30T12:00:00Z',
    log: (level, message) => logged.push(`${level} ${message}`),
  });
  api = arrearsApi(runtime.url);
  const row = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC', usesPools: false };
  const agent = { worker: '000123', name: `${EMPLOYEE_MARK} Ann`, user: 'ann', pools: [] };
  await postGood(api, [
    cloudEvent({ ...AT, entity: 'company', record: 'c', row }),
    cloudEvent({ ...AT, entity: 'agent', record: '1', row: agent }),
    told('customer', 'other', { name: 'Somebody else' }, OTHER),
  ]);
  await runtime.idle();
  for (const status of [429, 503] as const) {
    await runtime.cosmos.inject({ status, count: 3, retryAfterMs: 10 });
  }
  await postGood(api, TOLD);
  await runtime.idle();
  await tellExport();
  for (const body of COMMANDS) taken.push(await command(body));
  await runtime.idle();
  taken.push((await api.postTo(`${OF}/reminder-emails`, { confirmed: true })).status);
  await postGood(api, TOO_MANY);
  await runtime.idle();
  await putOnQueue(UNREADABLE);
  await putOnQueue(OF_TOMORROW);
  await tellNonsense();
}, 120_000);

afterAll(() => runtime.stop());

describe('personal data', () => {
  let before: Awaited<ReturnType<typeof figures>>;

  test('are where they belong while the customer is one', async () => {
    expect(taken.filter((status) => status >= 300)).toEqual([]);
    before = await figures();
    expect(before.accounting.balance).not.toBe('0.00');
    const containers = (await marksStored()).map((text) => text.slice(0, text.indexOf(':')));
    expect([...new Set(containers)].toSorted()).toEqual([
      'agent-activities',
      'customer-lists',
      'customers',
      'feed',
    ]);
    expect(await everyAnswer()).toContain(MARK);
  });

  test('are nowhere once the customer was erased, and its figures stay', async () => {
    await erase();

    expect(await marksStored()).toEqual([]);
    expect(await everyAnswer()).not.toContain(MARK);
    expect(await figures()).toEqual(before);
    const other = await api.get(`/api/companies/${COMPANY}/customers/${OTHER}`);
    expect(JSON.stringify(other.body)).toContain('Somebody else');
  });

  test('do not come back, whatever is told or replayed again', async () => {
    await postGood(api, [...TOLD, ...TOO_MANY]);
    await tellExport();
    await runtime.idle();
    await putOnQueue(OF_TOMORROW);
    for (const body of COMMANDS.slice(0, 2)) expect(await command(body)).toBeLessThan(300);
    await api.postTo('/api/ops/dead-letters/replay', { all: true });
    const items = z.object({ items: z.array(z.object({ id: z.string() })) });
    const { body } = await api.get('/api/ops/quarantine', { customer: CUSTOMER });
    for (const { id } of items.parse(body).items) {
      expect((await api.postTo(`/api/ops/quarantine/${id}/replay`)).status).toBe(202);
    }
    await api.postTo('/api/ops/rebuild', { company: COMPANY });
    await runtime.idle();

    expect(await marksStored()).toEqual([]);
    expect(await everyAnswer()).not.toContain(MARK);
    expect(await figures()).toEqual(before);
  });

  test('are not announced of a customer that was erased', async () => {
    const words = { purpose: marked('said-after'), memo: marked('said-after') };
    expect(await command({ type: 'createActivity', category: 'task', ...words })).toBe(200);
    await runtime.idle();
    const client = new ServiceBusClient(runtime.connections.serviceBus);
    const receiver = client.createReceiver('collections-events', 'erp');
    const announced = JSON.stringify(await receiver.peekMessages(100));
    await client.close();
    expect(announced).toContain('(erased)');
    expect(announced).not.toContain(marked('said-after'));
  });

  test('of what died since go when it is erased again', async () => {
    await putOnQueue(UNREADABLE);
    expect(await everyAnswer()).toContain(MARK);
    await erase();
    expect(await everyAnswer()).not.toContain(MARK);
  });

  test('and names of employees are in no line of the log, of any level', async () => {
    // Logs come through a thread of their own.
    await delay(0);
    expect(logged.length).toBeGreaterThan(0);
    for (const mark of [MARK, EMPLOYEE_MARK]) {
      expect(logged.filter((line) => line.includes(mark))).toEqual([]);
    }
  });
});
