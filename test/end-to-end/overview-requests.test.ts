// How requests about the company-wide lists are answered: as CSV, conditionally, and when a
// parameter is wrong.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { arrearsApi, customerPath, postGood } from './arrears-api.ts';
import type { CloudEvent } from './cloud-event.ts';
import { overviewApi, page } from './overview-api.ts';
import {
  ANN,
  COMPANY,
  customerChanges,
  invoice,
  MANAGER,
  referenceChanges,
  task,
  TODAY,
} from './overview-company.ts';

let runtime: EmbeddedRuntime;
let api: ReturnType<typeof overviewApi>;

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: TODAY });
  api = overviewApi(runtime.url);
  await tell(referenceChanges());
  await tell(customerChanges());
});

afterAll(() => runtime.stop());

async function tell(changes: readonly CloudEvent[]): Promise<void> {
  await postGood(arrearsApi(runtime.url), changes);
  await runtime.idle();
}

describe('CSV', () => {
  test.each(['highest-balances', 'aged-balances', 'activities'])('of %s', async (path) => {
    const query = {
      limit: '5',
      ...(path === 'activities' ? { responsible: 'w1' } : { pool: '*' }),
    };
    const response = await api.ask(path, query, MANAGER, { accept: 'text/csv' });
    const { items, cursor } = page.parse(await api.read(path, query));
    expect(response.headers.get('vary')).toBe('accept');
    const json = await api.ask(path, query);
    expect(json.headers.get('vary')).toBe('accept');
    const etag = json.headers.get('etag') ?? '';
    const unchanged = await api.ask(path, query, MANAGER, { 'if-none-match': etag });
    expect([unchanged.status, unchanged.headers.get('vary')]).toEqual([304, 'accept']);
    const lines = (await response.text()).split('\r\n');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('next-cursor')).toBe(cursor);
    expect(lines).toHaveLength(items.length + 2);
    for (const [index, { customer }] of items.entries()) {
      expect(lines[index + 1]).toContain(customer);
    }
  });

  test('holds no formula and no row that a name has made', async () => {
    const response = await api.ask('highest-balances', { customer: 'C-13', pool: '*' }, MANAGER, {
      accept: 'text/csv',
    });
    const [, row] = (await response.text()).split('\r\n');
    expect(row).toContain(`"'=HYPERLINK(""evil""), ""Üben""\n& Co"`);
  });
});

describe('a conditional read', () => {
  test.each([
    ['overview', {}],
    ['highest-balances', {}],
    ['aged-balances', { sort: '-balance' }],
    ['activities', { responsible: 'w1' }],
    ['customers', { search: 'C-' }],
  ])('of %s is 304 until a row changes', async (path, query) => {
    const tagged = async (etag: string) =>
      api.ask(path, query, ANN, etag === '' ? {} : { 'if-none-match': etag });
    const etag = (await tagged('')).headers.get('etag') ?? '';
    expect((await tagged(etag)).status).toBe(304);
    await tell([
      invoice('C-10', `tag-${path}`, -400, '5.00'),
      task('C-10', `tag-${path}`, { responsible: 'w1', endAt: '2026-01-01T00:00:00Z' }),
    ]);
    expect((await tagged(etag)).status).toBe(200);
  });
});

describe('a bad parameter', () => {
  test.each([
    ['aged-balances', { pool: 'east' }, 'pool', ['north']],
    ['overview', { pool: '*' }, 'pool', ['north']],
    ['customers', { search: 'C', pool: 'gone' }, 'pool', ['north']],
    ['aged-balances', { sort: 'age' }, 'sort', ['-oldestBucket', 'balance', '-bucket.5']],
    ['highest-balances', { sort: 'bucket.1' }, 'sort', ['riskScore', '-creditAvailable']],
    ['aged-balances', { 'balance.from': '1.005' }, 'balance.from', []],
    ['highest-balances', { 'riskScore.to': 'high' }, 'riskScore.to', ['a number']],
    ['aged-balances', { oldestBucket: 'Late' }, 'oldestBucket', ['Not due', '1-30', 'Over 180']],
    ['aged-balances', { aging: 'three' }, 'aging', ['default', 'two']],
    ['aged-balances', { limit: '0' }, 'limit', ['1 to 500']],
    ['overview', { limit: '501' }, 'limit', ['1 to 500']],
    ['highest-balances', { limit: '101' }, 'limit', ['1 to 100']],
    ['activities', { status: 'done' }, 'status', ['open', 'closed', 'all']],
    ['activities', { responsible: 'w'.repeat(3_000) }, 'responsible', ['1 to 64 characters']],
    ['activities', { cursor: 'x' }, 'cursor', []],
    ['customers', {}, 'search', ['1 to 64 characters']],
    ['customers', { search: 'x'.repeat(65) }, 'search', ['1 to 64 characters']],
  ])('%s with %j is named, with what is allowed', async (path, query, parameter, allowed) => {
    const response = await api.ask(path, query, ANN);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { parameter, allowed: expect.arrayContaining(allowed) },
    ]);
  });

  test('a cursor belongs to one question', async () => {
    const first = page.parse(await api.read('aged-balances', { pool: '*', limit: '2' }));
    const cursor = first.cursor ?? '';
    for (const other of [{ pool: 'north' }, { sort: 'balance' }, { creditGroup: 'A' }]) {
      const response = await api.ask('aged-balances', { pool: '*', ...other, cursor });
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { parameter: 'cursor' },
      ]);
    }
  });

  test('a name longer than any is unknown', async () => {
    const paths = [customerPath(COMPANY, 'x'.repeat(3_000)), customerPath('x'.repeat(3_000), 'C')];
    for (const path of [...paths, `/api/companies/${'x'.repeat(3_000)}/overview`]) {
      expect((await api.ask(path, {})).status).toBe(404);
    }
  });
});
