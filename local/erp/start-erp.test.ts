// The ERP between a real broker and something that answers as Arrears does.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { topology } from '../../infra/topology.ts';
import { openBroker } from '../broker/fixtures/test-broker.ts';
import { messageOf, type Request } from './fixtures/requests.ts';
import { ERP_QUEUES, startErp } from './start-erp.ts';

const DATE = '2026-11-24';
/** Few, so that it does not take long until a message is a dead letter. */
const DELIVERIES = 3;
const ACCOUNT = { company: 'usmf', customer: 'US-0001' };
const STATEMENT: Request = {
  type: 'workspace.reprint.requested.v1',
  parameters: { document: { kind: 'statement', from: '2026-01-01', to: '2026-03-31' } },
};
/** An invoice of the sample, all of it open. */
const WRITE_OFF: Request = {
  type: 'workspace.writeOff.requested.v1',
  parameters: {
    transactions: [
      { source: '/erp/sample', record: '5637147027', currency: 'USD', amount: '14023.70' },
    ],
    date: DATE,
    reason: 'Uncollectible',
  },
};
const ACTIVITY = {
  id: 'e-1',
  type: 'erp.activity.changed.v1',
  data: { op: 'upsert', ...ACCOUNT, record: 'w-1', causedBy: 'c-9', row: { number: 'W-1' } },
};

type Asked = { readonly path: string; readonly authorization: string; readonly body: unknown };
type Answer = 'never' | { readonly status: number; readonly body: object };

const TAKEN: Answer = { status: 202, body: { accepted: 1, rejected: 0 } };

/** Answers by path as told, else takes everything. */
async function arrears(answers: Readonly<Record<string, readonly Answer[]>> = {}) {
  const asked: Asked[] = [];
  const waiting = Object.fromEntries(Object.entries(answers).map(([path, of]) => [path, [...of]]));
  const arrivals: (() => void)[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { url: path = '', headers } = request;
    const body: unknown = JSON.parse(await text(request));
    asked.push({ path, authorization: headers.authorization ?? '', body });
    for (const arrived of arrivals.splice(0)) arrived();
    const told = waiting[path]?.shift() ?? TAKEN;
    if (told === 'never') return;
    response.writeHead(told.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(told.body));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${Object(server.address()).port}`;
  return { url, asked, nextRequest: () => new Promise<void>((resolve) => arrivals.push(resolve)) };
}

async function given(answers: Parameters<typeof arrears>[0] = {}) {
  const { queues, topics } = topology.serviceBus;
  const { broker, passTime, send } = await openBroker({
    queues: queues.map((queue) => ({ ...queue, maxDeliveryCount: DELIVERIES })),
    topics,
  });
  const server = await arrears(answers);
  const folder = mkdtempSync(join(tmpdir(), 'erp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const warnings: string[] = [];
  const start = () => {
    const erp = startErp(
      {
        url: server.url,
        serviceBus: broker.connectionString,
        dataFile: join(folder, 'erp.sqlite'),
        sampleDate: DATE,
        businessNow: `${DATE}T20:00:00Z`,
      },
      (level, message) => {
        if (level === 'warning') warnings.push(message);
      },
    );
    let stopped: Promise<void> | null = null;
    const stop = () => (stopped ??= erp.stop());
    onTestFinished(stop);
    return { stop };
  };
  const sendCommand = (id: string, request: Request) =>
    send('erp-commands', {
      body: Buffer.from(JSON.stringify(messageOf(ACCOUNT, request, id))),
      messageId: id,
      sessionId: 'usmf|US-0001',
    });
  return { ...server, broker, passTime, send, start, sendCommand, warnings };
}

const pathsOf = (asked: readonly Asked[]) => asked.map(({ path }) => path);

describe('a command', () => {
  test('is answered with its changes and then its outcome, by a caller with a role of its own', async () => {
    const { broker, asked, start, sendCommand, warnings } = await given();
    start();
    await sendCommand('c/1', WRITE_OFF);
    await broker.idle(ERP_QUEUES);

    expect(pathsOf(asked)).toEqual(['/api/changes', '/api/commands/c%2F1/outcome']);
    expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer dev:sample-erp:Feed.Write']),
    );
    expect(asked[0]?.body).toMatchObject([
      { data: { record: expect.any(String), causedBy: 'c/1', row: { type: 'writeOff' } } },
      { type: 'erp.settlement.changed.v1' },
      { data: { record: '5637147027', row: { settled: '14023.70', closedDate: DATE } } },
    ]);
    expect(asked[1]?.body).toMatchObject({ outcome: 'completed' });
    expect(warnings).toEqual([]);
  });

  test('that comes again when the broker has forgotten it is answered as before', async () => {
    const { broker, asked, start, sendCommand, passTime } = await given();
    start();
    await sendCommand('c-1', WRITE_OFF);
    await broker.idle(ERP_QUEUES);
    passTime(2 * 86_400_000);
    await sendCommand('c-1', WRITE_OFF);
    await broker.idle(ERP_QUEUES);

    expect(asked).toHaveLength(4);
    expect(asked.slice(2)).toEqual(asked.slice(0, 2));
  });

  test('is told again until it is taken', async () => {
    const busy: Answer = { status: 503, body: {} };
    const outcome = '/api/commands/c-1/outcome';
    const { broker, asked, start, sendCommand } = await given({
      '/api/changes': [busy],
      [outcome]: [busy],
    });
    start();
    await sendCommand('c-1', WRITE_OFF);
    await broker.idle(ERP_QUEUES);

    expect(pathsOf(asked)).toEqual(['/api/changes', '/api/changes', outcome, outcome]);
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[3]).toEqual(asked[2]);
  });

  test('cut off on the way is told by the next start, in the same words', async () => {
    const { broker, asked, nextRequest, start, sendCommand } = await given({
      '/api/changes': ['never'],
    });
    const first = start();
    const arrived = nextRequest();
    await sendCommand('c-1', WRITE_OFF);
    await arrived;
    await first.stop();

    start();
    await broker.idle(ERP_QUEUES);
    expect(pathsOf(asked)).toEqual(['/api/changes', '/api/changes', '/api/commands/c-1/outcome']);
    expect(asked[1]).toEqual(asked[0]);
  });

  test('without changes has an outcome alone', async () => {
    const { broker, asked, start, sendCommand } = await given();
    start();
    await sendCommand('c-1', STATEMENT);
    await broker.idle(ERP_QUEUES);

    expect(asked).toMatchObject([
      {
        path: '/api/commands/c-1/outcome',
        body: {
          outcome: 'completed',
          documentUrl: expect.stringContaining('US-0001-2026-01-01-2026-03-31.pdf'),
        },
      },
    ]);
  });

  test('that nobody knows any more is done with', async () => {
    const gone: Answer = { status: 404, body: { type: 'not-found' } };
    const { broker, start, sendCommand, warnings } = await given({
      '/api/commands/c-1/outcome': [gone],
    });
    start();
    await sendCommand('c-1', STATEMENT);
    await broker.idle(ERP_QUEUES);

    expect(broker.depths()['erp-commands']).toMatchObject({ active: 0, deadLetter: 0 });
    expect(warnings).toEqual(['sample ERP: an outcome got 404 not-found']);
  });

  test('whose changes are refused ends among the dead letters, and so does what is none', async () => {
    const refused: Answer = { status: 202, body: { rejected: 1 } };
    const { broker, send, start, sendCommand } = await given({
      '/api/changes': Array.from({ length: DELIVERIES }, () => refused),
    });
    start();
    await sendCommand('c-1', WRITE_OFF);
    await send('erp-commands', { body: Buffer.from('{'), sessionId: 'x' });
    await broker.idle(ERP_QUEUES);

    expect(broker.depths()['erp-commands']).toMatchObject({ active: 0, deadLetter: 2 });
  });
});

test('an announcement comes back as a row of the ERP', async () => {
  const { broker, asked, send, start } = await given();
  start();
  await send('collections-events', {
    body: Buffer.from(JSON.stringify(ACTIVITY)),
    messageId: 'e-1',
  });
  await send('collections-events', { body: Buffer.from('{}'), messageId: 'e-2' });
  await broker.idle(ERP_QUEUES);

  expect(asked).toMatchObject([
    { path: '/api/changes', body: [{ source: '/erp/sample/1', data: { causedBy: 'c-9' } }] },
  ]);
});
