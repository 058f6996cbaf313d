// Feeds the sample companies through the change feed of a running host, as an ERP would: what got
// 202 is durable, a 503 is sent again.
import { setTimeout as delay } from 'node:timers/promises';

/** What to feed, and where to. */
export type SampleFeed = {
  /** Address of the host: `http://127.0.0.1:7071`. */
  readonly url: string;
  readonly events: readonly object[];
  /** How many were taken before: the rest is fed. */
  readonly from: number;
  readonly signal: AbortSignal;
  /** Told after each request how many have been taken so far; before the next is sent. */
  readonly taken: (count: number) => void;
};

export type FeedOutcome =
  /** Every sample change is a good one: what is rejected is a defect of ours, with its place. */
  | { readonly kind: 'complete'; readonly rejected: readonly string[] }
  /** Cut off by the signal. */
  | { readonly kind: 'interrupted' }
  /** A sentence that says why the feed does not take it. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A fifth of what the feed takes, so that what comes in between is not kept waiting long. */
const CHANGES_PER_REQUEST = 1_000;
const ATTEMPTS_MAX = 60;
const PAUSE_MS = 1_000;
/** No answer within this time counts as a lost connection. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Statuses after which the same request is sent again (SPEC §2.2). */
const RETRIED = new Set([429, 502, 503, 504]);

/** Feeds what has not been taken yet, a request after the other. */
export async function feedSample(feed: SampleFeed): Promise<FeedOutcome> {
  const { events, signal, taken } = feed;
  const rejected: string[] = [];
  for (let from = feed.from; from < events.length; from += CHANGES_PER_REQUEST) {
    const batch = events.slice(from, from + CHANGES_PER_REQUEST);
    const outcome = await post(feed, JSON.stringify(batch));
    if (signal.aborted) return { kind: 'interrupted' };
    if (outcome.kind === 'refused') return outcome;
    rejected.push(...outcome.rejected);
    taken(from + batch.length);
  }
  return { kind: 'complete', rejected };
}

async function post({ url, signal }: SampleFeed, body: string): Promise<Answered> {
  let reason = '';
  for (let attempt = 1; attempt <= ATTEMPTS_MAX && !signal.aborted; attempt += 1) {
    const answer = await attemptOf(url, body, signal);
    if (answer.kind !== 'again') return answer;
    ({ reason } = answer);
    await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
  return { kind: 'refused', reason };
}

type Answered = Exclude<FeedOutcome, { readonly kind: 'interrupted' }>;
type Attempt = Answered | { readonly kind: 'again'; readonly reason: string };

async function attemptOf(url: string, body: string, signal: AbortSignal): Promise<Attempt> {
  try {
    const response = await fetch(`${url}/api/changes`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    const text = await response.text();
    const reason = `the feed answered ${response.status}`;
    if (RETRIED.has(response.status)) return { kind: 'again', reason };
    return response.ok ? receiptsOutcome(text) : { kind: 'refused', reason };
  } catch (error) {
    return { kind: 'again', reason: error instanceof Error ? error.message : String(error) };
  }
}

function receiptsOutcome(text: string): Attempt {
  const { receipts }: Record<string, unknown> = Object(JSON.parse(text));
  if (!Array.isArray(receipts)) return { kind: 'refused', reason: 'what answers is no feed' };
  const rejected = receipts
    .map((receipt): Record<string, unknown> => Object(receipt))
    .filter(({ status }) => status === 'rejected')
    .map(({ id, code, pointer }) => `${String(id)}: ${String(code)} at ${String(pointer)}`);
  return { kind: 'complete', rejected };
}
