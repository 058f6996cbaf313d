// Posts one chunk until the server has answered for good. What got 202 is durable; a 503 may have
// accepted some, so each attempt sends the whole chunk again (SPEC 2.2).
import { backOffMs, retryAfterMsOf } from './back-off.ts';
import { ATTEMPTS_MAX, REQUEST_TIMEOUT_MS } from './limits.ts';
import { problemText } from './problem-text.ts';
import { type Receipts, receiptsOf } from './receipts.ts';

/** The world as the loader sees it; `wait` ends early, without an error, when the signal aborts. */
export type LoadPorts = {
  readonly fetch: typeof globalThis.fetch;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** Where to post, with what token, and until when. */
export type Destination = {
  readonly url: URL;
  /** An access token with the role `Feed.Write`; null where the host signs requests itself. */
  readonly token: string | null;
  readonly signal: AbortSignal;
};

/** What became of a chunk, once retrying does not help or is not needed. */
export type ChunkOutcome =
  | { readonly kind: 'answered'; readonly receipts: Receipts }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'interrupted' };

type Attempt =
  | ChunkOutcome
  | { readonly kind: 'retry'; readonly reason: string; readonly retryAfterMs: number | null };

/** 502 and 504 come from what stands before the server and mean the same as its 503. */
const RETRIED_STATUSES = new Set([429, 502, 503, 504]);

/** Posts a chunk, again and again within {@link ATTEMPTS_MAX} while the server is not available. */
export async function postChunk(
  body: Uint8Array<ArrayBuffer>,
  destination: Destination,
  ports: LoadPorts,
): Promise<ChunkOutcome> {
  for (let number = 1; ; number += 1) {
    const attempt = await post(body, destination, ports);
    if (attempt.kind !== 'retry') return attempt;
    if (destination.signal.aborted) return { kind: 'interrupted' };
    if (number === ATTEMPTS_MAX) {
      return { kind: 'unreachable', reason: `${attempt.reason}, ${ATTEMPTS_MAX} attempts` };
    }
    await ports.wait(backOffMs(number, ports.random(), attempt.retryAfterMs), destination.signal);
    if (destination.signal.aborted) return { kind: 'interrupted' };
  }
}

async function post(
  body: Uint8Array<ArrayBuffer>,
  { url, token, signal }: Destination,
  ports: LoadPorts,
): Promise<Attempt> {
  const headers = new Headers({ 'content-type': 'application/x-ndjson' });
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  try {
    const response = await ports.fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    return outcomeOf(response, await response.text(), ports.now());
  } catch (error) {
    return { kind: 'retry', reason: connectionErrorText(error), retryAfterMs: null };
  }
}

function outcomeOf(response: Response, text: string, nowMs: number): Attempt {
  const body = jsonOrNull(text);
  if (RETRIED_STATUSES.has(response.status)) {
    const retryAfterMs = retryAfterMsOf(response.headers.get('retry-after'), nowMs);
    return { kind: 'retry', reason: problemText(response.status, body), retryAfterMs };
  }
  if (!response.ok) return { kind: 'refused', reason: problemText(response.status, body) };
  const receipts = receiptsOf(body);
  return receipts === null
    ? { kind: 'refused', reason: `HTTP ${response.status} without receipts: not a change feed` }
    : { kind: 'answered', receipts };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function connectionErrorText(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
