import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Unavailable } from '../application/ports.ts';
import { type Role, ROLES } from '../domain/access.ts';
import { COMPANY, CUSTOMER, embeddedCustomer } from '../test/support/embedded-customer.ts';
import { fakeApp } from './fake-app.ts';
import type { Answer, ApiRequest } from './http.ts';
import { guarded } from './policy.ts';
import type { HttpTrigger } from './trigger.ts';
import { triggers } from './triggers.ts';

const NOON = 20_545 * 86_400_000 + 43_200_000;
const ROUTES = triggers.filter((trigger) => trigger.kind === 'http');

/** Who may call what, said a second time. */
const ALLOWED: Readonly<Record<string, 'anyone' | readonly Role[]>> = {
  health: 'anyone',
  'get-openapi': 'anyone',
  'get-docs': 'anyone',
  'get-docs-file': 'anyone',
  'post-changes': ['Feed.Write'],
  'post-d365-rows': ['Feed.Write'],
  'get-watermarks': ['Feed.Write', 'Ops'],
  'get-snapshots': ['Feed.Write', 'Ops'],
  'get-me': ROLES,
  'get-pools': ['Collections.Agent', 'Collections.Manager'],
  'get-overview': ['Collections.Agent', 'Collections.Manager'],
  'get-highest-balances': ['Collections.Agent', 'Collections.Manager'],
  'get-aged-balances': ['Collections.Agent', 'Collections.Manager'],
  'get-activities': ['Collections.Agent', 'Collections.Manager'],
  'get-activity': ['Collections.Agent', 'Collections.Manager'],
  'get-customers': ['Collections.Agent', 'Collections.Manager'],
  'post-command': ['Collections.Agent', 'Collections.Manager'],
  'post-activity': ['Collections.Agent', 'Collections.Manager'],
  'post-activities-close': ['Collections.Agent', 'Collections.Manager'],
  'get-command': ['Collections.Agent', 'Collections.Manager'],
  'post-command-outcome': ['Feed.Write'],
  'get-customer': ['Collections.Agent', 'Collections.Manager'],
  'get-customer-aging': ['Collections.Agent', 'Collections.Manager'],
  'get-customer-transactions': ['Collections.Agent', 'Collections.Manager'],
  'get-customer-explanation': ['Collections.Agent', 'Collections.Manager'],
  'get-customer-timeline': ['Collections.Agent', 'Collections.Manager'],
  'get-customer-contacts': ['Collections.Agent', 'Collections.Manager'],
  'get-collections-history': ['Collections.Agent', 'Collections.Manager'],
  'get-customer-summary': ['Collections.Agent', 'Collections.Manager'],
  'post-reminder-email': ['Collections.Agent', 'Collections.Manager'],
  'get-reminder-email': ['Collections.Agent', 'Collections.Manager'],
  'get-quarantine': ['Ops'],
  'get-quarantine-item': ['Ops'],
  'replay-quarantine-item': ['Ops'],
  'get-dead-letters': ['Ops'],
  'replay-dead-letters': ['Ops'],
  'post-rebuild': ['Ops'],
  'get-rebuild': ['Ops'],
  'post-erasure': ['Ops'],
  'get-erasure': ['Ops'],
};

const customer = await embeddedCustomer('USD', NOON, [
  { entity: 'agent', row: { worker: '1', name: 'Ann', user: 'ann', pools: ['north'] } },
  { entity: 'agent', row: { worker: '2', name: 'Bob', user: 'bob', pools: [] } },
  { entity: 'pool', row: { id: 'north', description: 'North' } },
]);
const AT = { source: '/erp/a', epoch: '1', facet: 'main', time: '2026-01-01T00:00:00.000Z' };
const OF_CUSTOMER = { ...AT, company: COMPANY, customer: CUSTOMER, version: '1' };
await customer.tell([
  { ...OF_CUSTOMER, entity: 'customer', record: 'c', row: { name: 'Fabrikam' } },
  { ...OF_CUSTOMER, entity: 'poolMember', record: 'm', row: { pool: 'north' } },
]);

/** An app over that customer, and how much it has read; a token is `user/role+role`. */
const countingApp = () => fakeApp(customer);

const PARAMS = { company: COMPANY, customer: CUSTOMER, file: 'show-api.js' };

function request(authorization: string | null, params: ApiRequest['params'] = PARAMS): ApiRequest {
  const headers = new Headers(authorization === null ? {} : { authorization });
  return {
    params,
    // The one parameter that a route cannot do without; others ignore it.
    query: new URLSearchParams({ figure: 'balance' }),
    url: 'http://localhost/api',
    header: (name) => headers.get(name),
    body: async () => new Uint8Array(),
  };
}

function outcome(answer: Answer): string {
  return 'problem' in answer ? answer.problem.kind : String(answer.status);
}

/** What comes of a request, and how much was read for it. */
async function outcomeAndReads(name: string, authorization: string | null) {
  const { app, reads } = countingApp();
  try {
    const answer = await guarded(route(name))(request(authorization), app);
    return { outcome: outcome(answer), reads: reads() };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return { outcome: error.message, reads: reads() };
  }
}

function route(name: string): HttpTrigger {
  const found = ROUTES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no route ${name}`);
  return found;
}

async function call(name: string, token: string | null, params?: ApiRequest['params']) {
  const header = token === null ? null : `Bearer ${token}`;
  return guarded(route(name))(request(header, params), countingApp().app);
}

describe('the table of triggers', () => {
  test('has a policy on every route, and the matrix below knows it', () => {
    expect(ROUTES.map(({ name }) => name).toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
  });

  test('names the company and the customer a policy looks at', () => {
    for (const { policy, route: path } of ROUTES) {
      const needs = { public: [], roles: [], company: ['{company}'] };
      const parameters = policy === 'customer' ? ['{company}', '{customer}'] : needs[policy];
      for (const parameter of parameters) expect(path).toContain(parameter);
    }
  });

  test('takes no route without a policy', () => {
    const route_ = { kind: 'http', name: 'open', method: 'GET', route: 'open' } as const;
    const runs = () => Promise.resolve({ status: 200, body: null } as const);
    // @ts-expect-error a route states who may call it
    const forgotten: HttpTrigger = { ...route_, runs };
    // @ts-expect-error a policy by roles names them
    const nameless: HttpTrigger = { ...route_, policy: 'roles', runs };
    expect([forgotten.policy, 'roles' in nameless]).toEqual([undefined, false]);
  });
});

describe.each(ROUTES.map(({ name }) => name))('%s', (name) => {
  const allowed = ALLOWED[name] ?? [];
  const isPublic = allowed === 'anyone';

  test.each([
    { header: null, what: 'without a token' },
    { header: '', what: 'with an empty header' },
    { header: 'Bearer', what: 'without one after the scheme' },
    { header: 'Bearer forged', what: 'with one that is refused' },
    { header: 'Basic YTpi', what: 'with another scheme' },
    { header: 'Bearer a/Ops Bearer b/Ops', what: 'with two' },
    { header: 'ann/Collections.Manager', what: 'without a scheme' },
  ])('$what it needs a sign-in, and reads nothing', async ({ header }) => {
    const expected = isPublic ? '200' : 'unauthenticated';
    expect(await outcomeAndReads(name, header)).toEqual({ outcome: expected, reads: 0 });
  });

  test.each(['', ...ROLES])('with the role “%s” it is for those who may', async (role) => {
    const answered = await outcomeAndReads(name, `bearer ann/${role}`);
    const may = isPublic || allowed.some((one) => one === role);
    expect(answered.outcome === 'forbidden' && answered.reads === 0).toBe(!may);
  });

  test('waits for an issuer that is away, rather than letting anyone in', async () => {
    const expected = isPublic ? '200' : 'issuer is unavailable';
    const answered = await outcomeAndReads(name, 'Bearer away');
    expect(answered).toEqual({ outcome: expected, reads: 0 });
  });
});

/** What routes that need a body answer without one. */
const WITHOUT_BODY: Readonly<Record<string, string>> = {
  'post-command': 'idempotency-key-missing',
  'post-reminder-email': 'confirmation-required',
};

describe('a customer', () => {
  const names = ROUTES.filter(({ policy }) => policy === 'customer').map(({ name }) => name);

  test.each(names)('%s: is found by its agents and by managers', async (name) => {
    const found = WITHOUT_BODY[name] ?? '200';
    expect(outcome(await call(name, 'ANN/Collections.Agent'))).toBe(found);
    expect(outcome(await call(name, 'nobody/Collections.Manager'))).toBe(found);
  });

  test.each(names)('%s: is hidden as if it did not exist', async (name) => {
    const unknown = await call(name, 'ann/Collections.Agent', { ...PARAMS, customer: 'C-9' });
    expect(outcome(unknown)).toBe('customer-not-found');
    expect(await call(name, 'ann/Collections.Agent', { ...PARAMS, company: 'x' })).toEqual(unknown);
    // Linked without pools, and not linked at all.
    expect(await call(name, 'bob/Collections.Agent')).toEqual(unknown);
    expect(await call(name, 'carl/Collections.Agent')).toEqual(unknown);
  });
});

describe('a key that is longer than any the feed takes', () => {
  const long = 'x'.repeat(65);
  const names = ROUTES.filter(({ policy }) => policy === 'customer' || policy === 'company');

  test.each(names)('$name: is unknown, and nothing is looked for', async ({ name, policy }) => {
    for (const params of [{ company: long }, { ...PARAMS, company: long }, { customer: long }]) {
      if (policy === 'company' && !('company' in params)) continue;
      const { app, reads } = countingApp();
      const header = 'Bearer ann/Collections.Manager';
      const answer = await guarded(route(name))(request(header, params), app);
      expect([outcome(answer), reads()]).toEqual([`${policy}-not-found`, 0]);
    }
  });
});

describe('pools', () => {
  test('are shown to agents of the company and to managers', async () => {
    const items = [{ id: 'north', description: 'North', agingDefinition: null, isDefault: true }];
    for (const token of ['ann/Collections.Agent', 'x/Collections.Manager']) {
      expect(await call('get-pools', token)).toMatchObject({ status: 200, body: { items } });
    }
    const without = await call('get-pools', 'bob/Collections.Agent');
    expect(without).toMatchObject({ status: 200, body: { items: [], cursor: null } });
  });

  test('of a company that is none of the caller’s business are those of no company', async () => {
    const unknown = await call('get-pools', 'ann/Collections.Agent', { company: 'x' });
    expect(outcome(unknown)).toBe('company-not-found');
    expect(await call('get-pools', 'carl/Collections.Agent')).toEqual(unknown);
  });
});

describe('a company that has switched the workspace off', () => {
  const names = ROUTES.filter(({ policy }) => policy === 'customer' || policy === 'company').map(
    ({ name }) => name,
  );
  const says = (version: string, workspace: boolean) => {
    const company = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' };
    const row = { ...company, features: { workspace } };
    const ofCompany = { ...AT, company: COMPANY, entity: 'company', record: '0' } as const;
    return customer.tellCompany([{ ...ofCompany, version, row }]);
  };
  beforeAll(() => says('2', false));
  afterAll(() => says('3', true));

  test.each(names)('%s: says so to its own people, and to nobody else', async (name) => {
    expect(outcome(await call(name, 'ann/Collections.Agent'))).toBe('feature-off');
    expect(outcome(await call(name, 'carl/Collections.Agent'))).toMatch(/-not-found$/);
  });
});
