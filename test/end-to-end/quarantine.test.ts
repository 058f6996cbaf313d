// Changes that cannot be applied, through the bundle and real protocols: they are set aside whole,
// the rest goes on, and a person can look at them and replay them (SPEC §8).
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { agingOf, type ArrearsApi, arrearsApi, postGood } from './arrears-api.ts';
import { fetchAsTold } from './api-contract.ts';
import { cloudEvent } from './cloud-event.ts';

const COMPANY = 'usmf';
const QUARANTINE = '/api/ops/quarantine';
const DEAD_LETTERS = '/api/ops/dead-letters';
/** Planted in rows, keys and bodies: none of it may be told anywhere but in the item itself. */
const NAME = 'Erika Mustermann';
const LARGEST = '999999999999.99';

let runtime: EmbeddedRuntime;
let api: ArrearsApi;
const logged: string[] = [];

beforeAll(async () => {
  runtime = await startRuntime({
    data: ':memory:',
    port: 0,
    businessNow: '2026-04-30T12:00:00Z',
    log: (_level, message) => logged.push(message),
  });
  api = arrearsApi(runtime.url);
  await postGood(api, [
    cloudEvent({
      ...AT,
      entity: 'company',
      record: 'c',
      row: { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' },
    }),
  ]);
});

afterAll(() => runtime.stop());

const AT = { source: '/erp/a/1', company: COMPANY, version: '1', time: '2026-04-30T10:00:00Z' };

function invoice(customer: string, record: string, amount: string, currency = 'USD') {
  const row = {
    type: 'invoice',
    voucher: 'V',
    transactionDate: '2026-01-01',
    currency,
    amount,
    description: NAME,
  };
  return cloudEvent({ ...AT, entity: 'transaction', customer, record, row });
}

/** As the app itself writes changes into its messages. */
function rawChange(customer: string, record: string, change: object = {}) {
  const row = { type: 'invoice', voucher: 'V', transactionDate: '2026-01-01', currency: 'USD' };
  const at = { epoch: '1', version: '1', facet: 'main', time: '2026-04-30T10:00:00.000Z' };
  return {
    entity: 'transaction',
    company: COMPANY,
    customer,
    source: '/erp/a',
    ...at,
    record,
    row: { ...row, amount: '1.00', description: NAME },
    ...change,
  };
}

async function putOnQueue(body: unknown): Promise<void> {
  const client = new ServiceBusClient(runtime.connections.serviceBus);
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  await client.createSender('changes').sendMessages({ body: bytes, sessionId: 's-1' });
  await client.close();
  await runtime.idle();
}

const item = z.object({
  id: z.string(),
  company: z.string(),
  customer: z.string(),
  status: z.string(),
  reason: z.object({ code: z.string(), detail: z.string() }),
  record: z.string().nullable(),
  position: z.object({ messageId: z.string(), sequenceNumber: z.string(), index: z.int() }),
  attempts: z.int(),
  replayedAt: z.string().nullable(),
});
const page = z.object({ items: z.array(item), cursor: z.string().nullable() });

async function quarantined(query: Record<string, string> = {}) {
  return page.parse((await api.get(QUARANTINE, query)).body);
}

const letters = z.object({
  items: z.array(
    z.object({
      sequenceNumber: z.string(),
      reason: z.string(),
      description: z.string(),
      deliveryCount: z.int(),
      enqueuedAt: z.string(),
      body: z.unknown(),
    }),
  ),
  cursor: z.string().nullable(),
});

async function deadLetters(query: Record<string, string> = {}) {
  return letters.parse((await api.get(DEAD_LETTERS, query)).body);
}

describe('a change that cannot be applied', () => {
  const customer = 'C-LARGE';
  const many = Array.from({ length: 90 }, (_, index) => invoice(customer, `t${index}`, LARGEST));
  const poison = invoice(customer, 'poison', LARGEST);

  beforeAll(async () => {
    await postGood(api, many);
    await runtime.idle();
    await postGood(api, [
      invoice(customer, 'before', '1.00', 'EUR'),
      poison,
      invoice(customer, 'after', '2.00', 'EUR'),
    ]);
    await runtime.idle();
  });

  test('does not keep its neighbours from being applied', async () => {
    const { currencies } = await agingOf(api, COMPANY, customer, {});
    expect(currencies.find(({ currency }) => currency === 'EUR')?.balance).toBe('3.00');
    expect(currencies.find(({ currency }) => currency === 'USD')?.balance).toBe(
      '89999999999999.10',
    );
  });

  test('is in quarantine, whole, with reason and position, and without its values outside', async () => {
    const { items, cursor } = await quarantined({ company: COMPANY, customer });
    expect(cursor).toBeNull();
    expect(items).toMatchObject([
      { customer, record: 'poison', status: 'quarantined', attempts: 1, position: { index: 1 } },
    ]);
    expect(items[0]?.reason.code).toBe('failed');
    expect(items[0]?.reason.detail).toMatch(/^amounts add up beyond exact integers \(\w/);
    expect(JSON.stringify(items)).not.toContain(NAME);
    expect(JSON.stringify(items)).not.toContain(LARGEST);

    const { status, body } = await api.get(`${QUARANTINE}/${items[0]?.id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ change: { record: 'poison', row: poison.data.row } });
  });

  test('fails again when it is replayed and nothing has changed', async () => {
    const [before] = (await quarantined({ customer })).items;
    const replayed = await api.postTo(`${QUARANTINE}/${before?.id}/replay`);
    expect(replayed).toMatchObject({ status: 202, body: { status: 'replayed', attempts: 1 } });
    await runtime.idle();
    const { items } = await quarantined({ customer });
    expect(items).toMatchObject([{ id: before?.id, status: 'quarantined', attempts: 2 }]);
    expect(items[0]?.replayedAt).not.toBeNull();
  });

  test('leaves the quarantine when it is replayed and can be applied', async () => {
    const [before] = (await quarantined({ customer })).items;
    const smaller = many.slice(0, 2).map(({ data, ...event }) => ({
      ...event,
      data: { ...data, version: '2', row: { ...data.row, amount: '1.00' } },
    }));
    await postGood(api, smaller);
    await runtime.idle();

    const path = `${QUARANTINE}/${before?.id}`;
    const answers = await Promise.all([1, 2, 3].map(() => api.postTo(`${path}/replay`)));
    expect(answers.map(({ status }) => status)).toContain(202);
    await runtime.idle();

    expect((await quarantined({ customer })).items).toEqual([]);
    for (const gone of [await api.get(path), await api.postTo(`${path}/replay`)]) {
      expect(gone).toMatchObject({ status: 404, contentType: 'application/problem+json' });
    }
    const { currencies } = await agingOf(api, COMPANY, customer, {});
    expect(currencies.find(({ currency }) => currency === 'USD')?.balance).toBe(
      '89000000000001.11',
    );
  });
});

describe('a change that cannot be read', () => {
  const customer = 'C-NEWER';
  const bad = rawChange(customer, 'bad', { entity: 'entityOfTomorrow' });
  const changes = [rawChange(customer, 'one'), bad, rawChange(customer, 'two')];
  const message = { company: COMPANY, customer, changes };

  test('is set aside whole, once, and the others of its message are applied', async () => {
    await putOnQueue(message);
    await putOnQueue(message);

    expect((await agingOf(api, COMPANY, customer, {})).accounting.balance).toBe('2.00');
    const { items } = await quarantined({ company: COMPANY, customer });
    expect(items).toMatchObject([
      { record: 'bad', reason: { code: 'unreadable' }, attempts: 2, position: { index: 1 } },
    ]);
    expect(items).toMatchObject([
      { reason: { detail: 'a message of the queue cannot be read at: changes.0.entity' } },
    ]);
    const { body } = await api.get(`${QUARANTINE}/${items[0]?.id}`);
    expect(body).toMatchObject({ change: bad });
  });

  test('comes page by page, the newest first', async () => {
    for (const record of ['x', 'y']) {
      await putOnQueue({ ...message, changes: [{ ...bad, record }] });
    }
    const seen: (string | null)[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const next = await quarantined({ customer, limit: '1', ...(cursor && { cursor }) });
      seen.push(...next.items.map(({ record }) => record));
      cursor = next.cursor;
    }
    expect(seen).toEqual(['y', 'x', 'bad']);
  });
});

describe('a message that cannot be read', () => {
  const bodies = [`no JSON, ${NAME}`, { changes: `no changes, ${NAME}` }];

  test('is among the dead letters at once, with why and as it came', async () => {
    for (const body of bodies) await putOnQueue(body);

    const { items } = await deadLetters();
    expect(items.map(({ body }) => body)).toEqual(bodies);
    for (const letter of items) {
      expect(letter).toMatchObject({ reason: 'Unreadable', deliveryCount: 0 });
      expect(letter.description).toMatch(/^a message of the queue cannot be read at: (?:the|co)/);
      expect(letter.description).not.toContain(NAME);
    }
    expect(logged.filter((line) => line.includes('among the dead letters'))).toHaveLength(2);
  });

  test('comes page by page, and is one again after a replay', async () => {
    const first = await deadLetters({ limit: '1' });
    const second = await deadLetters({ limit: '1', cursor: first.cursor ?? '' });
    expect([first, second].flatMap(({ items }) => items.map(({ body }) => body))).toEqual(bodies);
    expect(second.cursor).toBeNull();

    const sequenceNumbers = [...second.items.map((one) => one.sequenceNumber), '123456'];
    const some = await api.postTo(`${DEAD_LETTERS}/replay`, { sequenceNumbers });
    expect(some).toMatchObject({
      status: 202,
      body: { replayed: 1, notFound: ['123456'], more: true },
    });
    await runtime.idle();
    expect((await deadLetters()).items.map(({ body }) => body)).toEqual(bodies);

    const all = await api.postTo(`${DEAD_LETTERS}/replay`, { all: true });
    expect(all).toMatchObject({ status: 202, body: { replayed: 2, notFound: [] } });
    await runtime.idle();
    expect((await deadLetters()).items).toHaveLength(2);
  });
});

test.each([QUARANTINE, DEAD_LETTERS])('%s is 304 to who has it already', async (path) => {
  const read = (headers: Record<string, string>) =>
    fetchAsTold(new URL(path, runtime.url), { headers });
  const etag = (await read({})).headers.get('etag') ?? '';
  expect((await read({ 'if-none-match': etag })).status).toBe(304);
  expect((await read({ 'if-none-match': 'W/"other"' })).status).toBe(200);
});

test('no line of the log told a name or an amount', () => {
  expect(logged.filter((line) => line.includes('a change is in quarantine'))).not.toEqual([]);
  for (const planted of [NAME, 'Mustermann', LARGEST, 'C-LARGE', 'C-NEWER']) {
    expect(logged.filter((line) => line.includes(planted))).toEqual([]);
  }
});
