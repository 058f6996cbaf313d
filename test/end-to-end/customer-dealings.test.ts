// The timeline, the contacts and the collections history over HTTP, through the bundle and the
// embedded servers.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { fetchAsTold } from './api-contract.ts';
import { type ArrearsApi, arrearsApi, groupsOf, postGood, type Query } from './arrears-api.ts';
import type { CloudEvent } from './cloud-event.ts';
import { DEALINGS, dealing, NOW, STATUS } from './dealings.ts';

const CUSTOMER = '/api/companies/usmf/customers/C-1';

let runtime: EmbeddedRuntime;
let api: ArrearsApi;

const list = z.object({
  items: z.array(z.looseObject({ record: z.string(), date: z.string() })),
  cursor: z.string().nullable(),
});

async function tell(events: readonly CloudEvent[]): Promise<void> {
  for (const group of groupsOf(events, 1_000)) await postGood(api, group);
  await runtime.idle();
}

/** The items of all pages. */
async function itemsOf(path: string, query: Query) {
  const found: z.infer<typeof list>['items'] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const answer = await api.get(path, { ...query, cursor: cursor ?? undefined });
    expect(answer.status).toBe(200);
    const page = list.parse(answer.body);
    found.push(...page.items);
    cursor = page.cursor;
  }
  return found;
}

async function recordsOf(query: Query): Promise<string[]> {
  return (await itemsOf(`${CUSTOMER}/timeline`, query)).map(({ record }) => record);
}

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: NOW });
  api = arrearsApi(runtime.url);
  await tell(DEALINGS);
});

afterAll(() => runtime.stop());

describe('the timeline', () => {
  const WHOLE = ['p2', 'a1', 'l1', 'i1', 'i1', 'i2', 'p1', 'first'];

  test('shows each type with its own fields, newest first', async () => {
    const answer = await api.get(`${CUSTOMER}/timeline`);
    expect(answer.body).toMatchObject({ asOf: '2026-05-09', businessDate: '2026-05-09' });
    const { items, cursor } = list.parse(answer.body);
    expect(cursor).toBeNull();
    expect(items.map(({ record }) => record)).toEqual(WHOLE);
    const [reversal, activity, letter, invoice, other, creditNote, payment] = items;
    expect(reversal).toMatchObject({ type: 'payment', reversal: true, amount: '5.00' });
    expect(activity).toEqual({
      type: 'activity',
      date: '2026-05-01',
      record: 'a1',
      source: '/erp/a',
      category: 'task',
      endAt: '2026-05-02T06:59:00.000Z',
      activityType: 'Call',
      responsible: '000123',
      userMemoIncluded: true,
      note: 'They promised.',
      number: 'A-1',
      startAt: '2026-05-01T19:00:00.000Z',
      purpose: 'Ask for payment',
      closed: false,
      closedAt: null,
      closedBy: null,
      url: 'https://erp.example/3',
    });
    expect(letter).toEqual({
      type: 'collectionLetter',
      date: '2026-05-01',
      record: 'l1',
      source: '/erp/a',
      postedDate: '2026-05-01',
      number: 'CL-1',
      sequenceCode: 'Letter 1',
      amount: '10.00',
      currency: 'USD',
      canceled: true,
      fee: '1.50',
      lines: [{ transaction: 'i1', amount: '10.00' }],
      documentUrl: null,
    });
    expect(invoice).toEqual({
      type: 'invoice',
      date: '2026-05-01',
      record: 'i1',
      source: '/erp/a',
      postedDate: '2026-05-01',
      number: 'FTI-1',
      voucher: 'V-i1',
      amount: '10.00',
      currency: 'USD',
      dueDate: '2026-05-31',
      creditNote: false,
      canceled: false,
      documentUrl: 'https://erp.example/1',
    });
    expect(other).toMatchObject({ source: '/erp/b', number: 'B-1' });
    expect(creditNote).toMatchObject({ type: 'invoice', creditNote: true, canceled: true });
    expect(payment).toEqual({
      type: 'payment',
      date: '2026-05-01',
      record: 'p1',
      source: '/erp/a',
      postedDate: '2026-05-01',
      voucher: 'V-p1',
      amount: '-5.00',
      currency: 'USD',
      canceled: false,
      reversal: false,
      voucherUrl: 'https://erp.example/2',
    });
  });

  test('is filtered by types and days', async () => {
    expect(await recordsOf({ types: 'payment' })).toEqual(['p2', 'p1']);
    expect(await recordsOf({ types: 'payment,activity' })).toEqual(['p2', 'a1', 'p1']);
    expect(await recordsOf({ from: '2026-05-02' })).toEqual(['p2']);
    expect(await recordsOf({ to: '2026-04-30' })).toEqual(['first']);
    expect(await recordsOf({ includeFuture: 'true' })).toEqual(['future', ...WHOLE]);
  });

  test.each(['1', '2', '3', '7', '8'])('has the same items in pages of %s', async (limit) => {
    expect(await recordsOf({ limit })).toEqual(WHOLE);
  });

  test.each([
    ['types', { types: 'invoice,letter' }, 'collectionLetter'],
    ['from', { from: '2025-05-08' }, '2025-05-09 to 2026-05-09'],
    ['to', { to: '2026-05-10' }, '2025-05-09 to 2026-05-09'],
    ['to', { from: '2026-05-02', to: '2026-05-01' }, '2026-05-02 to 2026-05-09'],
    ['includeFuture', { includeFuture: 'yes' }, 'true'],
    ['limit', { limit: '0' }, '1 to 500'],
    ['cursor', { cursor: 'x' }, 'the cursor of the last page'],
  ])('refuses what is wrong with %s: %j', async (parameter, query, allowed) => {
    const { status, contentType, body } = await api.get(`${CUSTOMER}/timeline`, query);
    expect([status, contentType]).toEqual([400, 'application/problem+json']);
    expect(body).toMatchObject({ parameter, allowed: expect.arrayContaining([allowed]) });
  });

  test('refuses the cursor of another list', async () => {
    const page = list.parse((await api.get(`${CUSTOMER}/timeline`, { limit: '1' })).body);
    const other = { types: 'payment', cursor: page.cursor ?? '' };
    expect((await api.get(`${CUSTOMER}/timeline`, other)).status).toBe(400);
    const foreign = { cursor: page.cursor ?? '' };
    expect((await api.get(`${CUSTOMER}/collections-history`, foreign)).status).toBe(400);
  });
});

describe('contacts', () => {
  const CONTACTS = {
    collectionsContact: { record: 'jo', fallback: true, canCall: true, canEmail: false },
    otherContact: { record: 'jo' },
    organization: { email: 'ap@f.example', phone: null, canEmail: true, canCall: false },
    internalTeam: { primaryContact: null, employeeResponsible: 'Ann' },
  };

  test('are one point read, and stand in the workspace too', async () => {
    expect((await api.get(CUSTOMER)).body).toMatchObject({ contacts: CONTACTS });
    await runtime.cosmos.resetStatistics();
    expect((await api.get(`${CUSTOMER}/contacts`)).body).toMatchObject(CONTACTS);
    const { requests } = (await runtime.cosmos.statistics()).byContainer['customers'] ?? {};
    expect(requests).toMatchObject({ read: 1, query: 0 });
  });
});

describe('the collections history', () => {
  test('tells who did what when, before and after, newest first', async () => {
    const items = await itemsOf(`${CUSTOMER}/collections-history`, {});
    expect(items.map(({ record, version }) => `${record}@${String(version)}`)).toEqual([
      's2@1',
      's1@1',
      'l1@3',
      'l1@2',
      'l1@1',
    ]);
    expect(items[0]).toEqual({
      entity: 'collectionsStatus',
      date: '2026-05-03',
      at: '2026-05-04T01:00:00.000Z',
      changedBy: 'Ann',
      source: '/erp/a/1',
      record: 's2',
      version: '1',
      deleted: false,
      command: null,
      number: 'FTI-1',
      before: {
        status: 'disputed',
        followUpDate: null,
        amount: null,
        currency: null,
        reason: 'price',
        note: null,
      },
      after: {
        status: 'promiseToPay',
        followUpDate: '2026-05-20',
        amount: '10.00',
        currency: 'USD',
        reason: null,
        note: null,
      },
    });
    expect(items[2]).toMatchObject({
      number: 'CL-1',
      before: { status: 'posted', fee: null },
      after: { status: 'canceled', fee: '1.50' },
    });
    expect(await itemsOf(`${CUSTOMER}/collections-history`, { limit: '2' })).toEqual(items);
  });

  test('keeps a version that comes late, and a deletion', async () => {
    const late = { ...STATUS, status: 'none', changedAt: '2026-05-04T00:00:00Z' };
    const [kept] = [dealing('collectionsStatus', 's3', late, 5)];
    const { row: _, ...data } = kept.data;
    const deleted = { ...kept, id: 'd', time: '2026-05-06T08:00:00Z' };
    await tell([kept, { ...deleted, data: { ...data, op: 'delete', version: '6' } }]);
    const items = await itemsOf(`${CUSTOMER}/collections-history`, { limit: '1' });
    expect(items[0]).toMatchObject({ record: 's3', deleted: true, after: null, number: 'FTI-1' });
    expect(items.slice(1, 4).map(({ record }) => record)).toEqual(['s2', 's3', 's1']);
    expect(items[1]).toMatchObject({ before: { status: 'none' } });
  });

  test('refuses a cursor it did not return', async () => {
    const cursor = Buffer.from('["collections-history|usmf|C-1","x"]').toString('base64url');
    const { status, body } = await api.get(`${CUSTOMER}/collections-history`, { cursor });
    expect(status).toBe(400);
    expect(body).toMatchObject({ parameter: 'cursor' });
  });
});

test.each(['timeline', 'contacts', 'collections-history'])(
  '%s is answered 304 until the customer changes',
  async (read) => {
    const url = new URL(`${CUSTOMER}/${read}`, runtime.url);
    const etag = (await fetchAsTold(url)).headers.get('etag') ?? '';
    const again = () => fetchAsTold(url, { headers: { 'if-none-match': etag } });
    expect((await again()).status).toBe(304);
    await tell([dealing('contact', `${read}-1`, { name: 'Al', order: 9 })]);
    expect((await again()).status).toBe(200);
    expect((await api.get(`/api/companies/usmf/customers/nobody/${read}`)).status).toBe(404);
  },
);
