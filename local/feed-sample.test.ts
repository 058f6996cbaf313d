import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type FeedOutcome, feedSample } from './feed-sample.ts';

type Answer = (response: ServerResponse) => void;

const ACCEPTED = { receipts: [{ status: 'accepted' }] };

function answers(status: number, body: object): Answer {
  return (response) => response.writeHead(status).end(JSON.stringify(body));
}

/** Feeds changes to a server that gives these answers, then accepts; and what it was sent. */
async function fedTo(given: readonly Answer[], count: number) {
  const sizes: number[] = [];
  const waiting = [...given];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    sizes.push(Object(JSON.parse(await text(request))).length);
    (waiting.shift() ?? answers(202, ACCEPTED))(response);
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const taken: number[] = [];
  const outcome: FeedOutcome = await feedSample({
    url: `http://127.0.0.1:${Object(server.address()).port}`,
    events: Array.from({ length: count }, (_, id) => ({ id })),
    from: 0,
    signal: new AbortController().signal,
    taken: (so) => taken.push(so),
  });
  return { outcome, sizes, taken };
}

describe('feedSample', () => {
  test('sends requests of a thousand, and tells after each how far it came', async () => {
    const { outcome, sizes, taken } = await fedTo([], 2_001);

    expect(outcome).toEqual({ kind: 'complete', rejected: [] });
    expect(sizes).toEqual([1_000, 1_000, 1]);
    expect(taken).toEqual([1_000, 2_000, 2_001]);
  });

  test('sends a request again after a 503 and after a lost connection', async () => {
    const lost: Answer = (response) => response.destroy();
    const { outcome, sizes, taken } = await fedTo([answers(503, {}), lost], 1_500);

    expect(outcome.kind).toBe('complete');
    expect(sizes).toEqual([1_000, 1_000, 1_000, 500]);
    expect(taken).toEqual([1_000, 1_500]);
  });

  test('names what was rejected, and goes on', async () => {
    const rejection = { status: 'rejected', id: 'a', code: 'missing', pointer: '/data/customer' };
    const { outcome, taken } = await fedTo([answers(202, { receipts: [rejection] })], 1_001);

    expect(outcome).toEqual({ kind: 'complete', rejected: ['a: missing at /data/customer'] });
    expect(taken).toEqual([1_000, 1_001]);
  });

  test.each([
    [answers(413, {}), 'the feed answered 413'],
    [answers(200, {}), 'what answers is no feed'],
  ])('gives up on an answer that will not change', async (answer, reason) => {
    const { outcome, sizes } = await fedTo([answer], 1_001);

    expect(outcome).toEqual({ kind: 'refused', reason });
    expect(sizes).toEqual([1_000]);
  });
});
