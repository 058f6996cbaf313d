import { describe, expect, test } from 'vitest';
import { type Behavior, type FeedRequest, startFakeFeed } from './fake-feed.ts';
import { ATTEMPTS_MAX, RETRY_AFTER_MAX_MS } from './limits.ts';
import { type LoadPorts, postChunk } from './post-chunk.ts';

const BODY = Buffer.from('{"id":"a"}\n');

async function post(
  behaviorOf: (request: FeedRequest) => Behavior,
  { token = null, signal = new AbortController().signal }: Partial<Options> = {},
) {
  const feed = await startFakeFeed(behaviorOf);
  const waits: number[] = [];
  const ports: LoadPorts = {
    fetch: globalThis.fetch,
    wait: async (ms) => void waits.push(ms),
    random: () => 0.5,
    now: () => 0,
  };
  try {
    const url = new URL('/api/changes', feed.url);
    const outcome = await postChunk(BODY, { url, token, signal }, ports);
    return { outcome, waits, requests: feed.requests };
  } finally {
    await feed.close();
  }
}

type Options = { readonly token: string | null; readonly signal: AbortSignal };

const failing = (times: number, behavior: Behavior) => (request: FeedRequest) =>
  request.number <= times ? behavior : ({ kind: 'take' } as const);

describe('postChunk', () => {
  test('gives the receipts of a 202', async () => {
    const { outcome, waits, requests } = await post(() => ({ kind: 'take' }), { token: 'secret' });

    expect(outcome).toMatchObject({ kind: 'answered', receipts: { totals: { accepted: 1 } } });
    expect(waits).toEqual([]);
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      authorization: 'Bearer secret',
    });
  });

  test.each([429, 502, 503, 504])('tries again after a %i', async (status) => {
    const { outcome, waits } = await post(failing(3, { kind: 'answer', status }));

    expect(outcome.kind).toBe('answered');
    expect(waits).toEqual([188, 375, 750]);
  });

  test('sends the same bytes again after a lost answer', async () => {
    const { outcome, requests } = await post(failing(2, { kind: 'lose' }));

    expect(outcome.kind).toBe('answered');
    const line = '{"id":"a"}';
    expect(requests.map(({ lines }) => lines)).toEqual([[line], [line], [line]]);
  });

  test('waits as long as the server asks, within reason', async () => {
    const headers = (field: string) => ({ 'retry-after': field });
    const asked = (field: string): Behavior => ({
      kind: 'answer',
      status: 503,
      headers: headers(field),
    });

    expect((await post(failing(1, asked('3')))).waits).toEqual([3000]);
    expect((await post(failing(1, asked('86400')))).waits).toEqual([RETRY_AFTER_MAX_MS]);
  });

  test('gives up after the last attempt', async () => {
    const { outcome, waits, requests } = await post(() => ({ kind: 'answer', status: 503 }));

    expect(outcome).toEqual({
      kind: 'unreachable',
      reason: `HTTP 503, ${ATTEMPTS_MAX} attempts`,
    });
    expect(requests).toHaveLength(ATTEMPTS_MAX);
    expect(waits).toHaveLength(ATTEMPTS_MAX - 1);
  });

  test('stops at a problem and tells its text', async () => {
    const body = {
      type: 'https://example.com/problems/malformed-json',
      title: 'Malformed JSON',
      detail: 'Line 2 is not JSON.',
      traceId: '4bf92f',
    };

    const { outcome, requests } = await post(() => ({ kind: 'answer', status: 400, body }));

    expect(outcome).toEqual({
      kind: 'refused',
      reason:
        'HTTP 400 Malformed JSON: Line 2 is not JSON. ' +
        '(https://example.com/problems/malformed-json, trace 4bf92f)',
    });
    expect(requests).toHaveLength(1);
  });

  test('does not take a stranger for a change feed', async () => {
    const elsewhere = { kind: 'answer', status: 302, headers: { location: '/login' } } as const;

    expect((await post(() => elsewhere)).outcome).toEqual({ kind: 'refused', reason: 'HTTP 302' });
    expect((await post(() => ({ kind: 'answer', status: 200 }))).outcome).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('not a change feed'),
    });
  });

  test('ends at once when interrupted, also during a request', async () => {
    const interruption = new AbortController();
    const { outcome } = await post(
      () => {
        interruption.abort();
        return { kind: 'never-answer' };
      },
      { signal: interruption.signal },
    );

    expect(outcome).toEqual({ kind: 'interrupted' });
  });
});
