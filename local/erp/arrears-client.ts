// Speaks to Arrears over its public HTTP API alone, with the role of a feed. What is not answered is
// sent again until it is, or until the ERP stops.
import { setTimeout as delay } from 'node:timers/promises';
import type { ErpEvent } from './books.ts';
import type { Outcome } from './outcome.ts';

/** What came of a request. */
export type Sent =
  | { readonly kind: 'taken' }
  /** It will not be taken, however often it is sent. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The ERP stops. */
  | { readonly kind: 'stopped' };

export type ArrearsClient = {
  tell(events: readonly ErpEvent[]): Promise<Sent>;
  report(command: string, outcome: Outcome & { readonly at: string }): Promise<Sent>;
};

/** The embedded host makes a token of it: a user of its own, with the role of a feed. */
const AUTHORIZATION = 'Bearer dev:sample-erp:Feed.Write';
const PAUSE_MS = 500;
/** No answer within this time counts as a lost connection. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Statuses after which the same request is sent again (SPEC §2.2). */
const RETRIED: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** A client of the host at an address such as `http://127.0.0.1:7071`. */
export function arrearsClient(url: string, stopping: AbortSignal): ArrearsClient {
  const post = (path: string, contentType: string, body: unknown) =>
    untilAnswered(`${url}${path}`, contentType, JSON.stringify(body), stopping);
  return {
    tell: (events) => post('/api/changes', 'application/cloudevents-batch+json', events),
    report: (command, outcome) =>
      post(`/api/commands/${encodeURIComponent(command)}/outcome`, 'application/json', outcome),
  };
}

async function untilAnswered(
  url: string,
  contentType: string,
  body: string,
  stopping: AbortSignal,
): Promise<Sent> {
  while (!stopping.aborted) {
    const sent = await attempt(url, contentType, body, stopping);
    if (sent !== 'again') return sent;
    await delay(PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
  return { kind: 'stopped' };
}

async function attempt(
  url: string,
  contentType: string,
  body: string,
  stopping: AbortSignal,
): Promise<Sent | 'again'> {
  let status: number;
  let answer: unknown;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType, authorization: AUTHORIZATION },
      body,
      signal: AbortSignal.any([stopping, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    ({ status } = response);
    const text = await response.text();
    if (RETRIED.has(status)) return 'again';
    answer = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null;
  } catch {
    return 'again';
  }
  const { rejected, type }: Record<string, unknown> = Object(answer);
  if (status >= 400) return { kind: 'refused', reason: `${status} ${String(type)}` };
  if (typeof rejected === 'number' && rejected > 0) {
    return { kind: 'refused', reason: `${rejected} changes were rejected` };
  }
  return { kind: 'taken' };
}
