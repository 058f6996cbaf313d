// Summaries and reminder emails over HTTP, through the bundle and the embedded servers: no model is
// configured there, so that the template writes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { fetchAsTold } from './api-contract.ts';
import { type ArrearsApi, arrearsApi, postGood } from './arrears-api.ts';
import { type CloudEvent, cloudEvent } from './cloud-event.ts';

const NOW = '2026-04-30T12:00:00Z';
const CUSTOMER = '/api/companies/usmf/customers/C-1';
const CONFIRMED = { confirmed: true };

const text = z.looseObject({
  label: z.string(),
  generator: z.string(),
  factSheetHash: z.string(),
  text: z.string(),
  sentences: z.array(z.object({ text: z.string(), facts: z.array(z.string()) })),
  facts: z.array(z.looseObject({ id: z.string() })),
});
const reminder = text.extend({
  id: z.string(),
  stale: z.boolean(),
  subject: z.string(),
  html: z.string(),
  mailto: z.string(),
  eml: z.string(),
});

let runtime: EmbeddedRuntime;
let api: ArrearsApi;

function told(
  customer: string | null,
  entity: string,
  record: string,
  row: object,
  version = '1',
): CloudEvent {
  const at = { source: '/erp/a/1', version, time: '2026-04-01T08:00:00Z', record };
  return cloudEvent({ ...at, entity, company: 'usmf', customer: customer ?? undefined, row });
}

const company = (features: object, version: string) =>
  told(null, 'company', 'usmf', { ...COMPANY, features }, version);
const COMPANY = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' };
const invoice = (customer: string, record: string, dueDate: string, version = '1', row = {}) =>
  told(
    customer,
    'transaction',
    record,
    {
      type: 'invoice',
      number: `FTI-${record}`,
      voucher: `V-${record}`,
      transactionDate: '2026-01-01',
      dueDate,
      currency: 'USD',
      amount: '100.00',
      ...row,
    },
    version,
  );

async function tell(...events: readonly CloudEvent[]): Promise<void> {
  await postGood(api, events);
  await runtime.idle();
}

async function drafted(): Promise<z.infer<typeof reminder>> {
  const answer = await api.postTo(`${CUSTOMER}/reminder-emails`, CONFIRMED);
  expect(answer.status).toBe(201);
  return reminder.parse(answer.body);
}

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: NOW });
  api = arrearsApi(runtime.url);
  await tell(
    company({}, '1'),
    told(null, 'pool', 'north', { id: 'north', description: 'North' }),
    told(null, 'agent', 'ann', { worker: '1', name: 'Ann Lee', user: 'ann', pools: ['north'] }),
    told(null, 'agent', 'bob', { worker: '2', name: 'Bob Roe', user: 'bob', pools: [] }),
    told('C-1', 'customer', 'c', { name: 'Fabrikam GmbH', language: 'de' }),
    told('C-1', 'poolMember', 'm', { pool: 'north' }),
    told('C-1', 'contact', 'k', { role: 'collections', name: 'Jo Smith', email: 'jo@f.example' }),
    invoice('C-1', '1', '2026-04-20'),
    invoice('C-1', '2', '2026-03-20'),
    told('C-2', 'customer', 'c2', { name: 'Adatum' }),
    invoice('C-2', '3', '2026-04-20'),
    told('C-2', 'collectionsStatus', 's', {
      transaction: '3',
      status: 'disputed',
      changedAt: '2026-04-25T08:00:00Z',
    }),
  );
});

afterAll(() => runtime.stop());

describe('the summary', () => {
  test('says who wrote it, and on what each sentence rests', async () => {
    const { body } = await api.get(`${CUSTOMER}/summary`);
    expect(body).toMatchObject({
      customer: 'C-1',
      asOf: '2026-04-30',
      label: 'AI-generated',
      generator: 'template',
      model: null,
      fallback: 'not-configured',
      language: 'en',
    });
    const summary = text.parse(body);
    expect(summary.text).toContain('Fabrikam GmbH (account C-1) owes USD 200.00');
    expect(summary.factSheetHash).toMatch(/^[0-9a-f]{64}$/);
    const [first] = summary.sentences;
    expect(first?.facts).toContain('balance');
    expect(summary.facts).toContainEqual({
      id: 'balance',
      kind: 'amount',
      amount: '200.00',
      currency: 'USD',
    });
  });

  test('is there in German, and in no other language', async () => {
    const { body } = await api.get(`${CUSTOMER}/summary`, { language: 'de' });
    expect(text.parse(body).text).toContain('schuldet zum 30. April 2026 200,00 USD');
    expect((await api.get(`${CUSTOMER}/summary`, { language: 'fr' })).status).toBe(400);
  });

  test('is not sent again while nothing has changed', async () => {
    const url = new URL(`${CUSTOMER}/summary`, runtime.url);
    const etag = (await fetchAsTold(url)).headers.get('etag') ?? '';
    const again = await fetchAsTold(url, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });
});

describe('a reminder email', () => {
  test.each([undefined, {}, { confirmed: false }])(
    'is written only once the user has accepted the notice: %j',
    async (body) => {
      const answer = await api.postTo(`${CUSTOMER}/reminder-emails`, body);
      expect(answer).toMatchObject({
        status: 428,
        contentType: 'application/problem+json',
        body: { type: 'urn:arrears:problem:confirmation-required' },
      });
      expect(answer.body).toHaveProperty('notice');
    },
  );

  test.each([{ confirmed: 'yes' }, { confirmed: true, to: 'eve@thief.example' }, 'x', null])(
    'is not written for a body that says anything else: %j',
    async (body) => {
      expect((await api.postTo(`${CUSTOMER}/reminder-emails`, body)).status).toBe(400);
    },
  );

  test('is a draft, found again, and a message', async () => {
    const draft = await drafted();
    expect(draft).toMatchObject({
      label: 'AI-generated',
      generator: 'template',
      tone: 'firm',
      language: 'de',
      languageFallback: false,
      stale: false,
      recipient: { name: 'Jo Smith', email: 'jo@f.example', fallback: false },
      notices: [],
    });
    expect(draft.subject).toContain('200,00 USD');
    expect(draft.mailto).toMatch(/^mailto:jo@f\.example\?subject=Mahnung/);
    expect(draft.html).toContain('<table');
    const found = await api.get(`/api/reminder-emails/${draft.id}`);
    expect([found.status, found.body]).toEqual([200, { ...draft, ...freshnessOf(found.body) }]);
    const message = await api.get(draft.eml);
    expect([message.status, message.contentType]).toEqual([200, 'message/rfc822']);
    expect(message.body).toMatch(/^X-Unsent: 1\r\n/);
    expect(message.body).toContain('To: Jo Smith <jo@f.example>\r\n');
  });

  test('is nobody’s who does not see the customer', async () => {
    const { id } = await drafted();
    const status = async (token: string, path = `/api/reminder-emails/${id}`) => {
      const headers = { authorization: `Bearer dev:${token}` };
      return (await fetchAsTold(new URL(path, runtime.url), { headers })).status;
    };
    expect(await status('ann:Collections.Agent')).toBe(200);
    expect(await status('ann:Collections.Agent', `/api/reminder-emails/${id}.eml`)).toBe(200);
    expect(await status('bob:Collections.Agent')).toBe(404);
    expect(await status('bob:Collections.Agent', `/api/reminder-emails/${id}.eml`)).toBe(404);
    expect(await status('ann:Ops')).toBe(403);
    expect(await status('ann:Collections.Agent', '/api/reminder-emails/x')).toBe(404);
  });

  test('stands in the collections history', async () => {
    const url = new URL(`${CUSTOMER}/collections-history`, runtime.url);
    const etag = (await fetchAsTold(url)).headers.get('etag') ?? '';
    const { id, factSheetHash } = await drafted();
    const history = await fetchAsTold(url, { headers: { 'if-none-match': etag } });
    expect(history.status).toBe(200);
    const { items } = z.object({ items: z.array(z.unknown()) }).parse(await history.json());
    expect(items).toContainEqual(
      expect.objectContaining({
        entity: 'reminderEmail',
        id,
        before: null,
        after: { tone: 'firm', language: 'de', generator: 'template', model: null, factSheetHash },
      }),
    );
  });

  test('is refused where there is nothing to remind of', async () => {
    const answer = await api.postTo('/api/companies/usmf/customers/C-2/reminder-emails', CONFIRMED);
    expect(answer).toMatchObject({
      status: 409,
      body: { type: 'urn:arrears:problem:nothing-to-remind-of', reason: 'all-disputed' },
    });
  });

  test('is stale after a payment', async () => {
    const { id } = await drafted();
    const row = { settled: '40.00' };
    await tell(invoice('C-1', '1', '2026-04-20', '2', row));
    expect((await api.get(`/api/reminder-emails/${id}`)).body).toMatchObject({ stale: true });
    const next = await drafted();
    expect(next.stale).toBe(false);
    expect(next.subject).toContain('160,00 USD');
  });
});

describe('a company', () => {
  const paths = (id: string) => [
    `${CUSTOMER}/summary`,
    `/api/reminder-emails/${id}`,
    `/api/reminder-emails/${id}.eml`,
  ];

  test.each([
    ['2', { summary: false }, 'summary'],
    ['4', { workspace: false }, 'workspace'],
  ])('may switch it off: %s', async (version, features, feature) => {
    const { id } = await drafted();
    await tell(company(features, version));
    await expect.poll(() => statusOf(`${CUSTOMER}/summary`), { timeout: 20_000 }).toBe(404);
    for (const path of paths(id)) {
      expect((await api.get(path)).body).toMatchObject({
        type: 'urn:arrears:problem:feature-off',
        detail: `The company has switched off: ${feature}.`,
      });
    }
    const post = await api.postTo(`${CUSTOMER}/reminder-emails`, CONFIRMED);
    expect(post).toMatchObject({ status: 404, body: { type: 'urn:arrears:problem:feature-off' } });
    const workspace = await statusOf(CUSTOMER);
    expect(workspace).toBe(feature === 'workspace' ? 404 : 200);
    await tell(company({}, `${Number(version) + 1}`));
    await expect.poll(() => statusOf(`${CUSTOMER}/summary`), { timeout: 20_000 }).toBe(200);
  });

  const statusOf = async (path: string) => (await api.get(path)).status;
});

/** What of an answer tells how fresh it is: a draft itself makes the next revision. */
function freshnessOf(body: unknown): object {
  const { updatedAt, sources } = z.looseObject({ updatedAt: z.unknown() }).parse(body);
  return { updatedAt, sources };
}
