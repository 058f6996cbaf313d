// Commands from HTTP to the changed read models, and to the ERP's queue and topic: through the bundle
// and the real protocols.
import { type ReceivedMessage, receiveAll } from './received-messages.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { fetchAsTold } from './api-contract.ts';
import { arrearsApi, postGood } from './arrears-api.ts';
import { cloudEvent } from './cloud-event.ts';

const COMPANY = 'cmd';
const NOW = '2026-05-10T12:00:00.000Z';
const ANN = 'dev:ann@contoso.example:Collections.Agent';
const BOB = 'dev:bob@contoso.example:Collections.Agent';
const ERP = 'dev:erp:Feed.Write';

let runtime: EmbeddedRuntime;

function told(entity: string, record: string, row: object, customer?: string, causedBy?: string) {
  const version = causedBy === undefined ? '1' : '2';
  const at = { source: '/erp/cmd/1', company: COMPANY, time: '2026-05-09T08:00:00Z' };
  const event = cloudEvent({ ...at, entity, record, row, customer, version });
  return causedBy === undefined ? event : { ...event, data: { ...event.data, causedBy } };
}

const invoice = (customer: string, record: string, amount: string) =>
  told(
    'transaction',
    record,
    {
      type: amount.startsWith('-') ? 'payment' : 'invoice',
      number: `N-${record}`,
      voucher: `V-${record}`,
      transactionDate: '2026-04-01',
      dueDate: '2026-05-01',
      currency: 'USD',
      amount,
    },
    customer,
  );

const task = (customer: string, record: string) =>
  told(
    'activity',
    record,
    {
      number: `A-${record}`,
      category: 'task',
      purpose: 'Call',
      endAt: '2026-05-12T10:00:00Z',
      responsible: '000042',
      closed: false,
    },
    customer,
  );

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: NOW });
  const agent = { name: 'An agent', pools: ['north'] };
  await postGood(arrearsApi(runtime.url), [
    told('company', 'c', { name: 'Commanded', accountingCurrency: 'USD', timeZone: 'UTC' }),
    told('pool', '1', { id: 'north', description: 'North' }),
    told('agent', '1', { ...agent, worker: '000042', user: 'ann@contoso.example' }),
    told('agent', '2', { ...agent, worker: '000043', user: 'bob@contoso.example', pools: [] }),
    ...['C-1', 'C-2'].flatMap((customer) => [
      told('customer', customer, { name: `Customer ${customer}` }, customer),
      told('poolMember', customer, { pool: 'north' }, customer),
      task(customer, `${customer}-a`),
      task(customer, `${customer}-b`),
    ]),
    told('customer', 'C-3', { name: 'Out of reach' }, 'C-3'),
    invoice('C-3', 'far', '1.00'),
    invoice('C-1', 'i1', '100.00'),
    invoice('C-1', 'i2', '50.00'),
    invoice('C-1', 'p1', '-30.00'),
  ]);
  await runtime.idle();
});

afterAll(() => runtime.stop());

type Asked = {
  readonly token?: string;
  readonly key?: string | null;
  readonly body?: unknown;
  readonly consistency?: string;
};

let keys = 0;

async function ask(path: string, { token = ANN, key, body, consistency }: Asked = {}) {
  const headers = new Headers({ authorization: `Bearer ${token}` });
  if (key !== null) headers.set('idempotency-key', key ?? `key-${(keys += 1)}`);
  if (consistency !== undefined) headers.set('arrears-consistency', consistency);
  const json = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetchAsTold(new URL(`/api/${path}`, runtime.url), { ...json, headers });
  const answer: unknown = await response.json();
  return {
    status: response.status,
    consistency: response.headers.get('arrears-consistency') ?? '',
    body: answer,
  };
}

const command = z.looseObject({
  id: z.string(),
  state: z.string(),
  activity: z.string().nullable(),
});
const page = z.looseObject({ items: z.array(z.looseObject({})) });

const OF = `companies/${COMPANY}`;
const C1 = `${OF}/customers/C-1`;

async function items(path: string, consistency?: string) {
  const asked = consistency === undefined ? {} : { consistency };
  return page.parse((await ask(path, asked)).body).items;
}

const PROMISE = {
  type: 'changeStatus',
  transactions: [{ record: 'i1' }],
  status: 'promiseToPay',
  followUpDate: '2026-05-20',
  amount: '60.00',
  currency: 'USD',
  note: 'They said so.',
};

async function announced(): Promise<readonly ReceivedMessage[]> {
  return receiveAll(runtime.connections.serviceBus, {
    topic: 'collections-events',
    subscription: 'erp',
  });
}

describe('a change of status', () => {
  test('shows on the tabs and in the history with the answer, and is announced', async () => {
    const { status, body, consistency } = await ask(`${C1}/commands`, { body: PROMISE });
    const { id, state } = command.parse(body);
    expect([status, state]).toEqual([200, 'completed']);
    const [promised] = await items(`${C1}/transactions?tab=promised`, consistency);
    expect(promised).toMatchObject({
      record: 'i1',
      status: 'promiseToPay',
      promise: { followUpDate: '2026-05-20', amount: '60.00', verdict: 'open' },
      note: 'They said so.',
    });
    expect(await items(`${C1}/collections-history`, consistency)).toMatchObject([
      { entity: 'command', type: 'changeStatus', changedBy: '000042', command: id },
      { entity: 'collectionsStatus', changedBy: '000042', before: null, command: id },
    ]);
    expect(await announced()).toMatchObject([
      {
        body: {
          type: 'erp.collectionsStatus.changed.v1',
          source: '/workspace/1',
          subject: 'cmd|C-1',
          data: {
            causedBy: id,
            row: { transaction: { source: '/erp/cmd', record: 'i1' }, status: 'promiseToPay' },
          },
        },
      },
    ]);
  });

  test('creates an activity, which stands on the timeline and on the worker’s list', async () => {
    const activity = { purpose: 'Remind', endAt: '2026-05-09T10:00:00Z', memo: 'By phone.' };
    const disputed = { type: 'changeStatus', transactions: [{ record: 'i2' }], status: 'disputed' };
    const asked = await ask(`${C1}/commands`, { body: { ...disputed, activity } });
    const made = command.parse(asked.body);
    expect(await items(`${C1}/transactions?tab=disputed`, asked.consistency)).toHaveLength(1);
    const [timeline] = await items(`${C1}/timeline?types=activity`, asked.consistency);
    expect(timeline).toMatchObject({ category: 'action', userMemoIncluded: true });
    const whole = await ask(`${OF}/activities/${made.activity}`, {
      consistency: asked.consistency,
    });
    expect(whole.body).toMatchObject({ source: '/workspace', memo: 'By phone.' });
    await runtime.idle();
    const [first] = await items(`${OF}/activities`);
    expect(first).toMatchObject({ id: made.activity, purpose: 'Remind' });

    // The ERP keeps it as a record of its own, which replaces the workspace's.
    const row = { number: 'E-1', category: 'action', purpose: 'Remind', responsible: '000042' };
    const closed = { ...row, endAt: '2026-05-09T10:00:00Z', closed: false };
    await postGood(arrearsApi(runtime.url), [told('activity', 'e1', closed, 'C-1', made.id)]);
    await runtime.idle();
    const listed = await items(`${OF}/activities`);
    expect(listed.filter(({ purpose }) => purpose === 'Remind')).toMatchObject([{ number: 'E-1' }]);
    expect(await items(`${C1}/timeline?types=activity`)).toMatchObject([{ number: 'E-1' }]);
    await announced();
  });
});

describe('activities', () => {
  test('are created from the grid, and closed there: one or many, of several customers', async () => {
    const body = { customer: 'C-2', category: 'task', purpose: 'New', memo: 'Soon.' };
    const created = await ask(`${OF}/activities`, { body });
    expect(created.status).toBe(200);
    await runtime.idle();
    const open = await items(`${OF}/activities`);
    expect(open).toContainEqual(expect.objectContaining({ purpose: 'New', customer: 'C-2' }));

    const activities = [
      { customer: 'C-1', record: 'C-1-a' },
      { customer: 'C-2', source: '/erp/cmd', record: 'C-2-a' },
      { customer: 'C-2', record: 'C-2-b' },
    ];
    const closing = await ask(`${OF}/activities/close`, { key: 'close', body: { activities } });
    expect(closing).toMatchObject({ status: 200 });
    expect(
      await ask(`${OF}/activities/close`, { key: 'close', body: { activities } }),
    ).toMatchObject({ status: 200, body: closing.body });
    await runtime.idle();
    const left = (await items(`${OF}/activities`)).map(({ number }) => number);
    expect(left).not.toContain('A-C-1-a');
    expect(left).not.toContain('A-C-2-b');
    expect(left).toContain('A-C-1-b');
    const closed = await items(`${OF}/activities?status=closed`);
    expect(closed.map(({ number }) => number).toSorted()).toEqual([
      'A-C-1-a',
      'A-C-2-a',
      'A-C-2-b',
    ]);
    const [entry] = await items(`${OF}/customers/C-2/collections-history?limit=1`);
    expect(entry).toMatchObject({
      type: 'closeActivities',
      changedBy: '000042',
      before: [{ record: 'C-2-a', value: 'open' }, { value: 'open' }],
      after: [{ record: 'C-2-a', value: 'closed' }, { value: 'closed' }],
    });
    const again = { activities: [{ customer: 'C-1', record: 'C-1-b' }, ...activities.slice(1)] };
    expect(await ask(`${OF}/activities/close`, { body: again })).toMatchObject({
      status: 422,
      body: { rule: 'already-closed', pointer: '/activities/1' },
    });
  });
});

describe('a command to the ERP', () => {
  const SETTLE = {
    type: 'settle',
    date: '2026-05-10',
    settlements: [{ transaction: { record: 'i1' }, offset: { record: 'p1' } }],
  };

  test('is sent once, answered by the ERP, and told in the history', async () => {
    const asked = await ask(`${C1}/commands`, { key: 'settle', body: SETTLE });
    const sent = command.parse(asked.body);
    expect([asked.status, sent.state]).toEqual([202, 'sent']);
    await ask(`${C1}/commands`, { key: 'settle', body: SETTLE });
    const queue = { queue: 'erp-commands', session: 'cmd|C-1' };
    const messages = await receiveAll(runtime.connections.serviceBus, queue);
    expect(messages).toMatchObject([
      {
        messageId: sent.id,
        body: {
          id: sent.id,
          type: 'workspace.settle.requested.v1',
          data: { requestedBy: '000042', parameters: { settlements: [{ amount: '30.00' }] } },
        },
      },
    ]);
    expect(await ask(`${C1}/commands`, { body: SETTLE })).toMatchObject({
      status: 422,
      body: { type: 'urn:arrears:problem:command-refused', rule: 'already-pending' },
    });
    const outcome = (body: object) => ask(`commands/${sent.id}/outcome`, { token: ERP, body });
    const accepted = { outcome: 'accepted', at: NOW };
    expect((await outcome(accepted)).body).toMatchObject({ state: 'accepted' });
    const rejected = { outcome: 'rejected', at: NOW, reason: { code: 'CLOSED', text: 'Closed.' } };
    expect((await outcome(rejected)).body).toMatchObject({ state: 'rejected' });
    expect((await outcome(accepted)).body).toMatchObject({ state: 'rejected' });
    const { body } = await ask(`commands/${sent.id}`);
    expect(body).toMatchObject({
      state: 'rejected',
      outcomes: [accepted, { reason: { code: 'CLOSED' } }],
    });
    const [entry] = await items(`${C1}/collections-history?limit=1`);
    expect(entry).toMatchObject({
      type: 'settle',
      state: 'rejected',
      before: [{ record: 'i1' }, { record: 'p1' }],
    });
    // Nothing was left to send.
    await runtime.fireTimer('send-commands');
    expect(await receiveAll(runtime.connections.serviceBus, queue)).toEqual([]);
  });
});

describe('whoever asks', () => {
  test('needs a key of their own making', async () => {
    const kind = async (asked: Asked) => {
      const { status, body } = await ask(`${C1}/commands`, asked);
      return [status, z.looseObject({ type: z.string() }).parse(body).type.split(':').at(-1)];
    };
    const body = { ...PROMISE, note: 'Twice.' };
    expect(await kind({ key: null, body })).toEqual([400, 'idempotency-key-missing']);
    expect(await kind({ key: 'x'.repeat(256), body })).toEqual([400, 'invalid-parameter']);
    const first = await ask(`${C1}/commands`, { key: 'twice', body });
    expect(await ask(`${C1}/commands`, { key: 'twice', body })).toMatchObject({ body: first.body });
    expect(await kind({ key: 'twice', body: PROMISE })).toEqual([422, 'idempotency-key-reused']);
  });

  test('gets one command for two requests at once, or is told that one runs', async () => {
    const asked = { key: 'twins', body: { ...PROMISE, note: 'At once.' } };
    const both = await Promise.all([ask(`${C1}/commands`, asked), ask(`${C1}/commands`, asked)]);
    expect(both.map(({ status }) => status)).toContain(200);
    for (const { status } of both) expect([200, 409]).toContain(status);
    const history = await items(`${C1}/collections-history`);
    const made = history.filter(({ entity, after }) => {
      const text = JSON.stringify(after);
      return entity === 'collectionsStatus' && text.includes('At once.');
    });
    expect(made).toHaveLength(1);
  });

  test('commands only customers within reach', async () => {
    const far = { type: 'changeStatus', transactions: [{ record: 'far' }], status: 'disputed' };
    const close = { activities: [{ customer: 'C-1', record: 'C-1-b' }] };
    const outcome = { outcome: 'accepted', at: NOW };
    const made = command.parse((await ask(`${C1}/commands`, { body: PROMISE })).body);
    const status = async (path: string, asked: Asked) => (await ask(path, asked)).status;
    const activity = { customer: 'C-3', category: 'task', purpose: 'New' };
    expect(await status(`${OF}/customers/C-3/commands`, { body: far })).toBe(404);
    expect(await status(`${OF}/activities`, { body: activity })).toBe(404);
    // An agent without pools, and one who is no agent.
    expect(await status(`${C1}/commands`, { token: BOB, body: PROMISE })).toBe(404);
    expect(await status(`${OF}/activities/close`, { token: BOB, body: close })).toBe(404);
    expect(await status(`commands/${made.id}`, { token: BOB })).toBe(404);
    expect(await status(`commands/${made.id}`, {})).toBe(200);
    expect(await status('commands/bm90aGluZw', {})).toBe(404);
    expect(await status(`${C1}/commands`, { token: ERP, body: PROMISE })).toBe(403);
    expect(await status(`commands/${made.id}/outcome`, { body: outcome })).toBe(403);
    expect(await status(`commands/${made.id}/outcome`, { token: ERP, body: outcome })).toBe(409);
    expect(await status(`commands/x/outcome`, { token: ERP, body: outcome })).toBe(404);
  });

  test('is told when the store stays behind, and what is no token', async () => {
    const token = (revision: number) =>
      Buffer.from(JSON.stringify(['cmd|C-1', revision])).toString('base64url');
    expect((await ask(C1, { consistency: token(1) })).status).toBe(200);
    expect((await ask(C1, { consistency: token(1_000_000) })).status).toBe(503);
    expect((await ask(C1, { consistency: 'nonsense' })).status).toBe(400);
    expect((await ask(`${OF}/customers/C-2`, { consistency: token(1_000_000) })).status).toBe(200);
  });
});

describe('a command of which nobody knows whether it was taken', () => {
  const STATEMENT = {
    type: 'reprint',
    document: { kind: 'statement', from: '2026-05-01', to: '2026-05-09' },
  };

  test('is sent by the timer, and is the same when it is asked for again', async () => {
    const asked = { key: 'lost', body: STATEMENT };
    await runtime.cosmos.inject({ status: 'drop-after-commit', count: 1, operation: 'batch' });
    expect((await ask(`${C1}/commands`, asked)).status).toBe(503);
    await runtime.fireTimer('send-commands');
    const queue = { queue: 'erp-commands', session: 'cmd|C-1' };
    const messages = await receiveAll(runtime.connections.serviceBus, queue);
    const again = await ask(`${C1}/commands`, asked);
    expect(again).toMatchObject({ status: 202, body: { state: 'sent' } });
    expect(messages.map(({ messageId }) => messageId)).toEqual([command.parse(again.body).id]);
    await runtime.fireTimer('send-commands');
    expect(await receiveAll(runtime.connections.serviceBus, queue)).toEqual([]);
  });

  test('is carried along by a rebuild, with all it did', async () => {
    const before = await items(`${C1}/collections-history`);
    const promised = await items(`${C1}/transactions?tab=promised`);
    await arrearsApi(runtime.url).postTo('/api/ops/rebuild', { company: COMPANY, customer: 'C-1' });
    await runtime.idle();
    expect(await items(`${C1}/collections-history`)).toEqual(before);
    expect(await items(`${C1}/transactions?tab=promised`)).toEqual(promised);
  });
});
