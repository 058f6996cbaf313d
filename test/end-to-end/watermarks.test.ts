// How far the feed has come, over the real protocols: what the app was told, what it says of it, and
// how fresh the company-wide lists say they are.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { fetchAsTold } from './api-contract.ts';
import { arrearsApi, postGood } from './arrears-api.ts';
import type { CloudEvent } from './cloud-event.ts';
import { overviewApi } from './overview-api.ts';
import {
  ANN,
  COMPANY,
  customerChanges,
  CUSTOMERS,
  invoice,
  MANAGER,
  referenceChanges,
  TODAY,
  told,
} from './overview-company.ts';

const PATH = '/api/changes/watermarks';
const FEED = 'dev:feed:Feed.Write';
const SOURCE = '/erp/over';

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

const version = z.object({ epoch: z.string(), version: z.string() });
const watermarks = z.object({
  items: z.array(
    z.object({
      company: z.string(),
      source: z.string(),
      entity: z.string(),
      accepted: version.nullable(),
      applied: version.nullable(),
      changedAt: z.string().nullable(),
      appliedAt: z.string().nullable(),
      lagMilliseconds: z.number().nullable(),
      counts: z.object({
        applied: z.int(),
        duplicate: z.int(),
        conflict: z.int(),
        quarantined: z.int(),
      }),
    }),
  ),
  cursor: z.string().nullable(),
});

async function ofFeed(query: Readonly<Record<string, string>> = {}) {
  return watermarks.parse(await api.read(PATH, query, FEED));
}

async function ofEntity(entity: string) {
  const { items } = await ofFeed({ company: COMPANY, source: SOURCE, entity });
  return items[0];
}

/** A change of no row of a list: of when a customer was told of, at a version and a time. */
function unseen(at: number, time: string): CloudEvent {
  const change = told('contact', 'unseen', { name: 'N' }, CUSTOMERS[0], at);
  return { ...change, time };
}

const fresh = z.object({
  updatedAt: z.string().nullable(),
  sources: z.record(z.string(), z.string()),
});

describe('watermarks', () => {
  test('tell how far each entity of a source has come', async () => {
    const before = (await ofEntity('transaction'))?.counts.applied ?? 0;
    const change = told('transaction', 'w-1', undefined, CUSTOMERS[0], 41);
    await tell([change]);
    await tell([change, told('transaction', 'w-2', undefined, CUSTOMERS[1], 40)]);
    await tell([{ ...change, data: { ...change.data, op: 'upsert', row: rowOf('w-1') } }]);

    expect(await ofEntity('transaction')).toMatchObject({
      company: COMPANY,
      source: SOURCE,
      accepted: { epoch: '1', version: '41' },
      applied: { epoch: '1', version: '41' },
      changedAt: '2026-05-09T08:00:00.000Z',
      appliedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      lagMilliseconds: expect.any(Number),
      counts: { applied: before + 2, duplicate: 1, conflict: 1, quarantined: 0 },
    });
  });

  test('count rows of Dynamics 365 Finance like any others', async () => {
    const row = {
      Id: '00004951-0000-0000-5e1a-005001000000',
      versionnumber: '77',
      SinkModifiedOn: '4/14/2026 8:21:50 PM',
      recid: '9007199254740993',
      dataareaid: COMPANY.toUpperCase(),
      accountnum: 'D-1',
      transtype: '8',
      voucher: 'V-1',
      transdate: '2026-04-01T00:00:00.0000000',
      currencycode: 'USD',
      amountcur: '120.000000',
    };
    const body = JSON.stringify([row]);
    const headers = { 'content-type': 'application/json' };
    const url = new URL('/api/changes/d365/custtrans?source=/erp/d365/1', runtime.url);
    const response = await fetchAsTold(url, { method: 'POST', headers, body });
    expect(await response.json()).toMatchObject({ accepted: 1 });
    await runtime.idle();
    const { items } = await ofFeed({ source: '/erp/d365' });
    expect(items).toMatchObject([
      { company: COMPANY, entity: 'transaction', counts: { applied: 1 } },
    ]);
    expect(items[0]?.accepted).not.toBeNull();
    expect(items[0]?.applied).toEqual(items[0]?.accepted);
  });

  test('come in pages, by company, source and entity', async () => {
    await tell([{ ...told('pool', '9', { id: 'p', description: 'P' }), source: '/erp/other/2' }]);
    const all = (await ofFeed()).items;
    const names = all.map(({ company, source, entity }) => `${company} ${source} ${entity}`);
    expect(names).toEqual(names.toSorted());
    expect(names).toContain(`${COMPANY} /erp/other pool`);
    const paged: typeof all = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const asked: Record<string, string> = cursor === '' ? {} : { cursor };
      const page = await ofFeed({ ...asked, limit: '2' });
      paged.push(...page.items);
      ({ cursor } = page);
    }
    expect(paged).toEqual(all);
  });

  test('are kept when the host is started again, and go on from there', async () => {
    const before = await ofEntity('transaction');
    const list = fresh.parse(await api.read('highest-balances', { pool: '*' }));
    await tell([invoice(CUSTOMERS[0] ?? '', 'restart', 5, '1.00')]);
    await runtime.restartHost({ businessNow: TODAY });

    const after = await ofEntity('transaction');
    expect(after?.applied).toEqual(before?.applied);
    expect(after?.counts.applied).toBe((before?.counts.applied ?? 0) + 1);
    expect(fresh.parse(await api.read('highest-balances', { pool: '*' }))).toEqual(list);
  });

  test('lose nothing, and fail nothing, when they cannot be written at once', async () => {
    const before = (await ofEntity('transaction'))?.counts.applied ?? 0;
    await tell([invoice(CUSTOMERS[0] ?? '', 'after-fault', 5, '1.00')]);
    // Nothing else is written now but what this read is about to write.
    await runtime.cosmos.inject({ status: 503, count: 1, operation: 'batch' });
    expect((await api.ask(PATH, {}, FEED)).status).toBe(200);
    expect((await ofEntity('transaction'))?.counts.applied).toBe(before + 1);
    expect(runtime.unhandled()).toBe(0);
  });

  test.each([
    [{ entity: 'promissoryNote' }, 'entity', ['transaction']],
    [{ company: '' }, 'company', ['1 to 32 characters']],
    [{ company: 'x'.repeat(33) }, 'company', ['1 to 32 characters']],
    [{ source: 'x'.repeat(129) }, 'source', ['1 to 128 characters']],
    [{ limit: '0' }, 'limit', ['1 to 500']],
    [{ cursor: 'x' }, 'cursor', []],
  ])('asked for with %j name what is wrong', async (query, parameter, allowed) => {
    const response = await api.ask(PATH, query, FEED);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { parameter, allowed: expect.arrayContaining(allowed) },
    ]);
  });
});

describe('a company-wide read', () => {
  test.each(['overview', 'highest-balances', 'aged-balances', 'activities', 'customers', 'pools'])(
    '%s tells how fresh it is, and stays the same while what it shows does',
    async (path) => {
      const query = path === 'customers' ? { search: 'C-' } : {};
      const [at, version_] = FRESHENED[path] ?? ['', 0];
      const first = await api.ask(path, query, ANN);
      const etag = first.headers.get('etag') ?? '';
      await tell([unseen(version_, at)]);

      const second = await api.ask(path, query, ANN);
      const { updatedAt, sources } = fresh.parse(await second.json());
      expect(updatedAt).toBe(at);
      expect(sources[`${SOURCE}/1`]).toBe(String(version_));
      expect(second.headers.get('etag')).toBe(etag);
      const again = await api.ask(path, query, ANN, { 'if-none-match': etag });
      expect(again.status).toBe(304);
    },
  );

  test('me tells it of each company', async () => {
    await tell([unseen(200, '2026-05-09T20:00:00.000Z')]);
    const me = z.object({ companies: z.array(fresh) });
    const { companies } = me.parse(await api.read('/api/me', {}, MANAGER));
    expect(companies[0]).toMatchObject({
      updatedAt: '2026-05-09T20:00:00.000Z',
      sources: { [`${SOURCE}/1`]: '200' },
    });
  });
});

/** Times and versions, each later than the one before. */
const FRESHENED: Readonly<Record<string, readonly [string, number]>> = {
  overview: ['2026-05-09T10:00:00.000Z', 101],
  'highest-balances': ['2026-05-09T11:00:00.000Z', 102],
  'aged-balances': ['2026-05-09T12:00:00.000Z', 103],
  activities: ['2026-05-09T13:00:00.000Z', 104],
  customers: ['2026-05-09T14:00:00.000Z', 105],
  pools: ['2026-05-09T15:00:00.000Z', 106],
};

function rowOf(record: string) {
  return {
    type: 'invoice',
    voucher: record,
    transactionDate: '2026-05-01',
    currency: 'USD',
    amount: '1.00',
  };
}
