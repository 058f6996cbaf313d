// Commands to the ERP, who may give commands, and what becomes of requests that come again: through
// the bundle and the real protocols.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { arrearsApi, postGood } from './arrears-api.ts';
import {
  type Asked,
  BOB,
  C1,
  command,
  COMMANDED,
  COMPANY,
  ERP,
  frontEnd,
  NOW,
  OF,
  PROMISE,
} from './commanded-company.ts';

let runtime: EmbeddedRuntime;
let front: ReturnType<typeof frontEnd>;

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: NOW });
  front = frontEnd(runtime);
  await postGood(arrearsApi(runtime.url), COMMANDED);
  await runtime.idle();
});

afterAll(() => runtime.stop());

describe('a command to the ERP', () => {
  const SETTLE = {
    type: 'settle',
    date: '2026-05-10',
    settlements: [{ transaction: { record: 'i1' }, offset: { record: 'p1' } }],
  };

  test('is sent once, answered by the ERP, and told in the history', async () => {
    const asked = await front.ask(`${C1}/commands`, { key: 'settle', body: SETTLE });
    const sent = command.parse(asked.body);
    expect([asked.status, sent.state]).toEqual([202, 'sent']);
    await front.ask(`${C1}/commands`, { key: 'settle', body: SETTLE });
    const messages = await front.commanded();
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
    expect(await front.ask(`${C1}/commands`, { body: SETTLE })).toMatchObject({
      status: 422,
      body: { type: 'urn:arrears:problem:command-refused', rule: 'already-pending' },
    });
    const outcome = (body: object) =>
      front.ask(`commands/${sent.id}/outcome`, { token: ERP, body });
    const accepted = { outcome: 'accepted', at: NOW };
    expect((await outcome(accepted)).body).toMatchObject({ state: 'accepted' });
    const rejected = { outcome: 'rejected', at: NOW, reason: { code: 'CLOSED', text: 'Closed.' } };
    expect((await outcome(rejected)).body).toMatchObject({ state: 'rejected' });
    expect((await outcome(accepted)).body).toMatchObject({ state: 'rejected' });
    const { body } = await front.ask(`commands/${sent.id}`);
    expect(body).toMatchObject({
      state: 'rejected',
      outcomes: [accepted, { reason: { code: 'CLOSED' } }],
    });
    const [entry] = await front.items(`${C1}/collections-history?limit=1`);
    expect(entry).toMatchObject({
      type: 'settle',
      state: 'rejected',
      before: [{ record: 'i1' }, { record: 'p1' }],
    });
    // Nothing was left to send.
    await runtime.fireTimer('send-commands');
    expect(await front.commanded()).toEqual([]);
  });
});

describe('whoever asks', () => {
  test('needs a key of their own making', async () => {
    const kind = async (asked: Asked) => {
      const { status, body } = await front.ask(`${C1}/commands`, asked);
      return [status, z.looseObject({ type: z.string() }).parse(body).type.split(':').at(-1)];
    };
    const body = { ...PROMISE, note: 'Twice.' };
    expect(await kind({ key: null, body })).toEqual([400, 'idempotency-key-missing']);
    expect(await kind({ key: 'x'.repeat(256), body })).toEqual([400, 'invalid-parameter']);
    const first = await front.ask(`${C1}/commands`, { key: 'twice', body });
    expect(await front.ask(`${C1}/commands`, { key: 'twice', body })).toMatchObject({
      body: first.body,
    });
    expect(await kind({ key: 'twice', body: PROMISE })).toEqual([422, 'idempotency-key-reused']);
  });

  test('gets one command for two requests at once, or is told that one runs', async () => {
    const asked = { key: 'twins', body: { ...PROMISE, note: 'At once.' } };
    const both = await Promise.all([
      front.ask(`${C1}/commands`, asked),
      front.ask(`${C1}/commands`, asked),
    ]);
    expect(both.map(({ status }) => status)).toContain(200);
    for (const { status } of both) expect([200, 409]).toContain(status);
    const history = await front.items(`${C1}/collections-history`);
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
    const made = command.parse((await front.ask(`${C1}/commands`, { body: PROMISE })).body);
    const status = async (path: string, asked: Asked) => (await front.ask(path, asked)).status;
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
    expect((await front.ask(C1, { consistency: token(1) })).status).toBe(200);
    expect((await front.ask(C1, { consistency: token(1_000_000) })).status).toBe(503);
    expect((await front.ask(C1, { consistency: 'nonsense' })).status).toBe(400);
    expect((await front.ask(`${OF}/customers/C-2`, { consistency: token(1_000_000) })).status).toBe(
      200,
    );
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
    expect((await front.ask(`${C1}/commands`, asked)).status).toBe(503);
    await runtime.fireTimer('send-commands');
    const messages = await front.commanded();
    const again = await front.ask(`${C1}/commands`, asked);
    expect(again).toMatchObject({ status: 202, body: { state: 'sent' } });
    expect(messages.map(({ messageId }) => messageId)).toEqual([command.parse(again.body).id]);
    await runtime.fireTimer('send-commands');
    expect(await front.commanded()).toEqual([]);
  });

  test('is carried along by a rebuild, with all it did', async () => {
    const before = await front.items(`${C1}/collections-history`);
    const promised = await front.items(`${C1}/transactions?tab=promised`);
    await arrearsApi(runtime.url).postTo('/api/ops/rebuild', { company: COMPANY, customer: 'C-1' });
    await runtime.idle();
    expect(await front.items(`${C1}/collections-history`)).toEqual(before);
    expect(await front.items(`${C1}/transactions?tab=promised`)).toEqual(promised);
  });
});
