// The authorization matrix (SPEC §7): every route of the table, called by everyone who may not, and by
// those who may, on what is theirs, what is another's, and what does not exist. Made from the table
// of triggers, so that a new route is in it as soon as it is there.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COLLECTIONS_ROLES, ROLES, type Role } from '../../domain/access.ts';
import type { HttpTrigger } from '../../functions/trigger.ts';
import { triggers } from '../../functions/triggers.ts';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { CONTRACT } from './api-contract.ts';
import { cloudEvent } from './cloud-event.ts';
import { type OwnIssuer, startOwnIssuer } from './forged-tokens.ts';

const ROUTES: readonly HttpTrigger[] = triggers.filter((trigger) => trigger.kind === 'http');
const OWN = { company: 'mine', customer: 'C-own' };
const MISSING = { company: 'nowhere', customer: 'C-missing' };
/** In the company of the agent, in a pool that is not the agent's. */
const FOREIGN_CUSTOMER = { ...OWN, customer: 'C-foreign' };
const MISSING_CUSTOMER = { ...OWN, customer: MISSING.customer };
const FOREIGN_COMPANY = { company: 'theirs', customer: 'C-theirs' };
const AGENT = 'agent@arrears.example';
const STRANGER = 'stranger@arrears.example';

/** What a right caller gets for a request without a body; a GET is answered unless it is here. */
const RIGHT: Readonly<Record<string, number>> = {
  'get-customers': 400,
  'get-customer-explanation': 400,
  'post-changes': 415,
  'post-d365-rows': 404,
  'get-snapshots': 400,
  'replay-dead-letters': 400,
  'post-rebuild': 400,
  'post-erasure': 400,
  'post-command': 400,
  'post-activity': 400,
  'post-activities-close': 400,
  'post-command-outcome': 400,
  'post-reminder-email': 428,
};

let issuer: OwnIssuer;
let runtime: EmbeddedRuntime;
let cells = 0;

beforeAll(async () => {
  issuer = await startOwnIssuer();
  // With an issuer in the environment the host signs nobody in, and the app is as it is deployed.
  process.env['ARREARS_ISSUER'] = issuer.issuer;
  process.env['ARREARS_AUDIENCE'] = issuer.audience;
  runtime = await startRuntime({
    data: ':memory:',
    port: 0,
    businessNow: '2026-04-30T12:00:00Z',
    foreignIssuer: true,
  });
  const events = [...companyEvents(OWN.company), ...companyEvents(FOREIGN_COMPANY.company)];
  const token = await issuer.valid('feed', ['Feed.Write']);
  const response = await fetch(`${runtime.url}/api/changes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(events),
  });
  if (response.status !== 202) throw new Error(`the feed answered ${response.status}`);
  await runtime.idle();
});

afterAll(async () => {
  await runtime.stop();
  await issuer.close();
  delete process.env['ARREARS_ISSUER'];
  delete process.env['ARREARS_AUDIENCE'];
});

function companyEvents(company: string) {
  const isOwn = company === OWN.company;
  const told = (entity: string, record: string, row: object, customer?: string) =>
    cloudEvent({
      source: '/erp/matrix/1',
      entity,
      company,
      customer,
      record,
      version: '1',
      time: '2026-04-30T10:00:00Z',
      row,
    });
  const member = (customer: string, pool: string) => [
    told('customer', customer, { name: customer }, customer),
    told('poolMember', `m-${customer}`, { pool }, customer),
  ];
  return [
    told('company', 'c', { name: company, accountingCurrency: 'USD', timeZone: 'UTC' }),
    told('pool', 'p1', { id: 'north', description: 'North' }),
    told('pool', 'p2', { id: 'south', description: 'South' }),
    told('agent', 'a', {
      worker: '1',
      name: 'Agent',
      user: isOwn ? AGENT : 'other@arrears.example',
      pools: ['north'],
    }),
    ...(isOwn
      ? [...member(OWN.customer, 'north'), ...member(FOREIGN_CUSTOMER.customer, 'south')]
      : member(FOREIGN_COMPANY.customer, 'north')),
  ];
}

/** Calls a route, and says what came of it and how much was read from the store for it. */
async function call(
  route: HttpTrigger,
  authorization: string | null,
  at: { readonly company: string; readonly customer: string } = OWN,
) {
  const path = `/api/${route.route}`
    .replace('{company}', at.company)
    .replace('{customer}', at.customer)
    .replace('{file}', 'show-api.js')
    .replaceAll(/\{\w+\}/g, 'bm9uZQ');
  const headers = authorization === null ? {} : { authorization };
  await runtime.cosmos.resetStatistics();
  const response = await fetch(new URL(path, runtime.url), { method: route.method, headers });
  const text = await response.text();
  const { requests } = await runtime.cosmos.statistics();
  const told = { method: route.method, path, status: response.status, headers: response.headers };
  expect(CONTRACT.findings({ ...told, text })).toEqual([]);
  cells += 1;
  return { status: response.status, read: requests.read + requests.query + requests.batch };
}

const bearer = async (user: string, roles: readonly string[]) =>
  `Bearer ${await issuer.valid(user, roles)}`;

/** Roles with which a route may be called at all; of a public one none is asked for. */
function rolesOf(route: HttpTrigger): readonly Role[] {
  switch (route.policy) {
    case 'public':
      return [];
    case 'roles':
      return route.roles;
    case 'company':
    case 'customer':
      return COLLECTIONS_ROLES;
  }
}

/** What the right caller gets on an object of theirs, of a request without a body. */
function rightStatus(route: HttpTrigger): number {
  const known = RIGHT[route.name];
  if (known !== undefined) return known;
  // No activity, quarantined change, rebuild or the like has the id that is asked for.
  if (route.route.includes('{id}')) return 404;
  if (route.method === 'GET') return 200;
  throw new Error(`say in RIGHT what ${route.name} answers to a request without a body`);
}

/** Routes by what they are called in the report. */
function named(routes: readonly HttpTrigger[]) {
  return routes.map((route) => [`${route.method} ${route.route}`, route] as const);
}

const isPublic = ({ policy }: HttpTrigger) => policy === 'public';
const isOfCompany = ({ policy }: HttpTrigger) => policy === 'company' || policy === 'customer';

/** Everything that is no sign-in. */
async function signInsThatDoNotHold(): Promise<readonly (string | null)[]> {
  const tokens = Object.values(issuer.wrong).map((make) => make(AGENT, ROLES));
  const bearers = (await Promise.all(tokens)).map((token) => `Bearer ${token}`);
  return [null, '', 'Bearer', `Basic ${btoa('a:b')}`, ...bearers];
}

describe.each(named(ROUTES.filter(isPublic)))('%s', (_name, route) => {
  test('everyone, with or without a token that holds', async () => {
    for (const header of await signInsThatDoNotHold()) {
      expect((await call(route, header)).status).toBe(200);
    }
  });
});

describe.each(named(ROUTES.filter((route) => !isPublic(route))))('%s', (_name, route) => {
  const roles = rolesOf(route);

  test('nobody without a token that holds, and nothing is read to find out', async () => {
    for (const header of await signInsThatDoNotHold()) {
      expect(await call(route, header)).toEqual({ status: 401, read: 0 });
    }
  });

  test('nobody with another role, and nothing is read to find out', async () => {
    const others = ['', 'Admin', ...ROLES.filter((role) => !roles.includes(role))];
    for (const role of others) {
      const refused = await call(route, await bearer(AGENT, [role]));
      expect({ role, ...refused }).toEqual({ role, status: 403, read: 0 });
    }
  });

  test.each(roles)('the right caller, on what is theirs: %s', async (role) => {
    expect((await call(route, await bearer(AGENT, [role]))).status).toBe(rightStatus(route));
  });
});

describe.each(named(ROUTES.filter(isOfCompany)))('%s', (_name, route) => {
  test('what is another’s is as what does not exist', async () => {
    const agent = await bearer(AGENT, ['Collections.Agent']);
    const stranger = await bearer(STRANGER, ['Collections.Agent']);
    const ofCustomer = route.policy === 'customer' ? [FOREIGN_CUSTOMER, MISSING_CUSTOMER] : [];
    const refused = [
      ...[FOREIGN_COMPANY, MISSING, ...ofCustomer].map((at) => call(route, agent, at)),
      ...[OWN, MISSING].map((at) => call(route, stranger, at)),
      call(route, await bearer(STRANGER, ['Collections.Manager']), MISSING),
    ];
    const statuses = (await Promise.all(refused)).map(({ status }) => status);
    expect(statuses).toEqual(refused.map(() => 404));
  });

  test('a manager sees every company and customer', async () => {
    const manager = await bearer(STRANGER, ['Collections.Manager']);
    for (const at of [FOREIGN_CUSTOMER, FOREIGN_COMPANY]) {
      expect((await call(route, manager, at)).status).toBe(rightStatus(route));
    }
  });
});

test('the whole matrix was tried', ({ task }) => {
  expect(cells).toBeGreaterThan(ROUTES.length * 13);
  task.meta.totals = [`Authorization: ${ROUTES.length} routes, ${cells} calls.`];
});
