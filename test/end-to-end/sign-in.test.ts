// Who gets in, over HTTP: real tokens of the embedded issuer, and what is no token.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { fetchAsTold } from './api-contract.ts';
import { arrearsApi, customerPath, postGood } from './arrears-api.ts';
import { cloudEvent } from './cloud-event.ts';

const COMPANY = 'pooled';
const SOURCE = '/erp/sign-in/1';
const TIME = '2026-04-30T10:00:00Z';
const ARNIE = 'dev:Arnie@contoso.example';
const MANAGER = 'dev:boss:Collections.Manager';

let runtime: EmbeddedRuntime;

function told(entity: string, record: string, row: object | undefined, customer?: string) {
  const version = row === undefined ? '2' : '1';
  return cloudEvent({
    source: SOURCE,
    entity,
    company: COMPANY,
    customer,
    record,
    version,
    time: TIME,
    row,
  });
}

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: '2026-04-30T12:00:00Z' });
  const arnie = { worker: '000042', name: 'Arnie', user: 'arnie@contoso.example' };
  await postGood(arrearsApi(runtime.url), [
    told('company', 'c', { name: 'Pooled', accountingCurrency: 'USD', timeZone: 'UTC' }),
    told('pool', '1', { id: 'east', description: 'East' }),
    told('pool', '2', { id: 'north', description: 'North' }),
    told('agent', '1', { ...arnie, pools: ['north', 'east', 'gone'], defaultPool: 'north' }),
    ...['C-north', 'C-none'].map((id) => told('customer', id, { name: id }, id)),
    told('poolMember', '1', { pool: 'north' }, 'C-north'),
  ]);
  await runtime.idle();
});

afterAll(() => runtime.stop());

/** Asks with this token; null sends no header at all, and '' an empty one. */
async function ask(path: string, token: string | null, init: RequestInit = {}) {
  const authorization = token === '' ? '' : `Bearer ${token}`;
  const headers = new Headers(token === null ? {} : { authorization });
  const response = await fetchAsTold(new URL(path, runtime.url), { ...init, headers });
  const body: unknown = await response.json();
  return { status: response.status, challenge: response.headers.get('www-authenticate'), body };
}

const problem = z.looseObject({ type: z.string(), traceId: z.string() });

function withoutTrace(body: unknown) {
  const { traceId: _, ...rest } = problem.parse(body);
  return rest;
}

describe('nobody gets in', () => {
  test.each(['', 'none', 'a.b.c', 'dev:', 'e30.e30.e30'])('with the token “%s”', async (token) => {
    for (const path of ['/api/me', customerPath(COMPANY, 'C-north'), '/api/companies/x/pools']) {
      const { status, challenge, body } = await ask(path, token);
      expect(status).toBe(401);
      expect(challenge).toMatch(/^Bearer /);
      expect(problem.parse(body).type).toBe('urn:arrears:problem:unauthenticated');
    }
    expect((await ask('/api/changes', token, { method: 'POST', body: '[]' })).status).toBe(401);
    expect((await ask('/api/health', token)).status).toBe(200);
  });

  test('with a role that is not asked for', async () => {
    const { status, challenge } = await ask(customerPath(COMPANY, 'C-north'), 'dev:x:Ops');
    expect([status, challenge]).toEqual([403, expect.stringContaining('insufficient_scope')]);
    const feeding = await ask('/api/changes', ARNIE, { method: 'POST', body: '[]' });
    expect(feeding.status).toBe(403);
  });
});

describe('a customer', () => {
  test('is there for its agent, whatever the case of the name, and for a manager', async () => {
    for (const token of [ARNIE, MANAGER, null]) {
      expect((await ask(customerPath(COMPANY, 'C-north'), token)).status).toBe(200);
    }
  });

  test('of no pool of the agent is as one that does not exist', async () => {
    const hidden = [
      await ask(customerPath(COMPANY, 'C-none'), ARNIE),
      await ask(customerPath(COMPANY, 'C-unknown'), ARNIE),
      await ask(customerPath('unknown', 'C-north'), ARNIE),
      await ask(customerPath(COMPANY, 'C-north'), 'dev:stranger'),
    ];
    const [first] = hidden;
    for (const { status, body } of hidden) {
      expect(status).toBe(404);
      expect(withoutTrace(body)).toEqual(withoutTrace(first?.body));
    }
    expect((await ask(customerPath(COMPANY, 'C-none'), MANAGER)).status).toBe(200);
  });

  test('is hidden from the moment it leaves the pool, and a tag known before opens no door', async () => {
    const leaving = customerPath(COMPANY, 'C-leaving');
    const api = arrearsApi(runtime.url);
    await postGood(api, [
      told('customer', 'C-leaving', { name: 'L' }, 'C-leaving'),
      told('poolMember', '9', { pool: 'east' }, 'C-leaving'),
    ]);
    await runtime.idle();
    const headers = { authorization: `Bearer ${ARNIE}` };
    const first = await fetchAsTold(new URL(leaving, runtime.url), { headers });
    const etag = first.headers.get('etag') ?? '';
    expect(first.status).toBe(200);

    await postGood(api, [told('poolMember', '9', undefined, 'C-leaving')]);
    await runtime.idle();

    const again = { headers: { ...headers, 'if-none-match': etag } };
    expect((await fetchAsTold(new URL(leaving, runtime.url), again)).status).toBe(404);
    const any = { headers: { ...headers, 'if-none-match': '*' } };
    expect((await fetchAsTold(new URL(leaving, runtime.url), any)).status).toBe(404);
  });
});

describe('who is signed in', () => {
  test('is told the companies and pools to work with', async () => {
    const pools = [
      { id: 'north', description: 'North', agingDefinition: null, isDefault: true },
      { id: 'east', description: 'East', agingDefinition: null, isDefault: false },
    ];
    expect((await ask('/api/me', ARNIE)).body).toEqual({
      user: 'Arnie@contoso.example',
      name: 'Arnie@contoso.example',
      worker: '000042',
      roles: ['Collections.Agent'],
      companies: [
        {
          id: COMPANY,
          name: 'Pooled',
          accountingCurrency: 'USD',
          timeZone: 'UTC',
          businessDate: '2026-04-30',
          updatedAt: '2026-04-30T10:00:00.000Z',
          sources: { '/erp/sign-in/1': '2' },
          defaultPool: 'north',
          pools,
          features: { workspace: true, summary: true },
        },
      ],
    });
    expect((await ask(`/api/companies/${COMPANY}/pools`, ARNIE)).body).toMatchObject({
      company: COMPANY,
      items: pools,
      cursor: null,
      businessDate: '2026-04-30',
    });
  });

  test('is nobody’s agent unless linked, and has no business with the company', async () => {
    expect((await ask('/api/me', 'dev:stranger')).body).toMatchObject({
      worker: null,
      companies: [],
    });
    const { status, body } = await ask(`/api/companies/${COMPANY}/pools`, 'dev:stranger');
    const unknown = await ask('/api/companies/unknown/pools', 'dev:stranger');
    expect([status, withoutTrace(body)]).toEqual([404, withoutTrace(unknown.body)]);
  });

  test('is the developer when no token is sent', async () => {
    const { body } = await ask('/api/me', null);
    expect(body).toMatchObject({
      user: 'developer@arrears.example',
      roles: ['Collections.Agent', 'Collections.Manager', 'Feed.Write', 'Ops'],
      companies: [{ id: COMPANY, defaultPool: 'east' }],
    });
  });
});
