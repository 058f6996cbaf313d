import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { ROOT } from '../support/source-files.ts';
import { fetchAsTold } from './api-contract.ts';
import { type ArrearsApi, arrearsApi, postGood } from './arrears-api.ts';
import { type CloudEvent, cloudEvent } from './cloud-event.ts';

const CUSTOMER = '/api/companies/usmf/customers/C-0001';
const TODAY = '2026-05-10T12:00:00Z';
const TOMORROW = '2026-05-11T12:00:00Z';

const examples: readonly CloudEvent[] = JSON.parse(
  readFileSync(join(ROOT, 'examples', 'changes.json'), 'utf8'),
);

function invoice(record: string, row: object = {}): CloudEvent {
  return cloudEvent({
    source: '/erp/example/1',
    entity: 'transaction',
    company: 'usmf',
    customer: 'C-0001',
    record,
    version: '5000',
    time: '2026-05-09T08:00:00Z',
    row: {
      type: 'invoice',
      voucher: `V-${record}`,
      transactionDate: '2026-05-01',
      dueDate: '2026-05-20',
      currency: 'USD',
      amount: '10.00',
      ...row,
    },
  });
}

const page = z.object({
  items: z.array(z.object({ record: z.string(), dueDate: z.string() })),
  cursor: z.string().nullable(),
  total: z.object({ count: z.int(), amount: z.string(), currency: z.string() }),
});

let runtime: EmbeddedRuntime;
let api: ArrearsApi;

async function restartAt(businessNow: string): Promise<void> {
  await runtime.restartHost({ businessNow });
  api = arrearsApi(runtime.url);
}

async function tell(changes: readonly CloudEvent[]): Promise<void> {
  await postGood(api, changes);
  await runtime.idle();
}

async function read(path: string, etag?: string): Promise<Response> {
  const headers = new Headers(etag === undefined ? {} : { 'if-none-match': etag });
  return fetchAsTold(new URL(path, runtime.url), { headers });
}

async function records(query: Record<string, string>): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const answer = await api.get(`${CUSTOMER}/transactions`, { ...query, cursor });
    const { items, cursor: next } = page.parse(answer.body);
    found.push(...items.map(({ record }) => record));
    cursor = next;
  }
  return found;
}

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: TODAY });
  api = arrearsApi(runtime.url);
  await tell(examples);
});

afterAll(() => runtime.stop());

describe('a conditional read', () => {
  test.each([CUSTOMER, `${CUSTOMER}/aging`, `${CUSTOMER}/transactions?tab=all`])(
    '%s is answered 304 until something it depends on changes',
    async (path) => {
      await restartAt(TODAY);
      const first = await read(path);
      const etag = first.headers.get('etag') ?? '';
      expect(first.status).toBe(200);

      expect((await read(path, etag)).status).toBe(304);
      expect((await read(path, `"other", W/${etag}`)).status).toBe(304);
      expect(
        (await read(`${path}${path.includes('?') ? '&' : '?'}asOf=2026-05-01`, etag)).status,
      ).toBe(200);

      await tell([invoice(`etag-${path.length}`)]);
      const changed = await read(path, etag);
      expect(changed.status).toBe(200);

      await restartAt(TOMORROW);
      expect((await read(path, changed.headers.get('etag') ?? '')).status).toBe(200);
    },
  );

  test('a change of reference data makes another answer', async () => {
    const etag = (await read(`${CUSTOMER}/aging`)).headers.get('etag') ?? '';
    const company = examples.find(({ type }) => type === 'erp.company.changed.v1');
    expect(company).toBeDefined();
    if (company === undefined) return;
    const renamed = { ...company.data.row, name: 'Renamed' };
    await tell([{ ...company, data: { ...company.data, version: '9999', row: renamed } }]);
    expect((await read(`${CUSTOMER}/aging`, etag)).status).toBe(200);
  });
});

describe('pages of a tab', () => {
  const many = Array.from({ length: 23 }, (_, index) =>
    invoice(`page-${String(index).padStart(2, '0')}`, {
      dueDate: `2026-06-${String(1 + (index % 7)).padStart(2, '0')}`,
    }),
  );

  test('follow each other without gap or repeat, in both directions', async () => {
    await tell(many);
    const whole = await records({ tab: 'open', limit: '500' });
    expect(new Set(whole).size).toBe(whole.length);
    expect(whole.filter((record) => record.startsWith('page-'))).toHaveLength(many.length);
    expect(await records({ tab: 'open', limit: '5' })).toEqual(whole);
    expect(await records({ tab: 'open', limit: '4', sort: '-dueDate' })).toEqual(
      whole.toReversed(),
    );
    const past = await records({ tab: 'open', limit: '6', asOf: '2026-05-10' });
    expect(past).toEqual(whole);
  });

  test('a cursor of another list is refused', async () => {
    const first = await api.get(`${CUSTOMER}/transactions`, { tab: 'open', limit: '1' });
    const { cursor } = page.parse(first.body);
    const other = await api.get(`${CUSTOMER}/transactions`, { tab: 'all', cursor: cursor ?? '' });
    expect(other.status).toBe(400);
    expect(other.body).toMatchObject({ parameter: 'cursor' });
  });
});

describe('who is not there', () => {
  test('an unknown company and an unknown customer have the same answer', async () => {
    const company = await api.get('/api/companies/nobody/customers/C-0001/aging');
    const customer = await api.get('/api/companies/usmf/customers/nobody');
    const without = ({ body }: { body: unknown }) => ({ ...Object(body), traceId: '' });
    expect([company.status, customer.status]).toEqual([404, 404]);
    expect(without(company)).toEqual(without(customer));
  });
});
