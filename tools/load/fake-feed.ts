// A change feed for tests: an HTTP server that keeps what it was sent and fails when told to.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** What happens to a request: `lose` takes its changes and drops the connection unanswered. */
export type Behavior =
  | { readonly kind: 'take' }
  | { readonly kind: 'lose' }
  | { readonly kind: 'never-answer' }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    };

/** A request as it came in; `number` counts from 1. */
export type FeedRequest = {
  readonly number: number;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly lines: readonly string[];
};

export type FakeFeed = {
  readonly url: URL;
  readonly requests: readonly FeedRequest[];
  /** The `id` of each change that was taken, repeats included. */
  readonly taken: readonly string[];
  /** Fulfilled once this many requests came in. */
  readonly requestsReach: (count: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Starts on a free port of loopback. A change whose `data.reject` is true gets a rejected receipt. */
export async function startFakeFeed(
  behaviorOf: (request: FeedRequest) => Behavior = () => ({ kind: 'take' }),
): Promise<FakeFeed> {
  const requests: FeedRequest[] = [];
  const taken: string[] = [];
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const lines = (await text(incoming)).split('\n').filter((line) => line.trim() !== '');
    const { url = '', headers } = incoming;
    const request = { number: requests.length + 1, url, headers, lines };
    requests.push(request);
    answer(behaviorOf(request), lines, taken, response);
    waiting.filter(({ count }) => requests.length >= count).forEach(({ resolve }) => resolve());
    waiting = waiting.filter(({ count }) => requests.length < count);
  };
  const server = createServer((incoming, response) => void serve(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: urlOf(server),
    requests,
    taken,
    requestsReach: (count) =>
      new Promise((resolve) => {
        if (requests.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function urlOf(server: Server): URL {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the feed has no port');
  return new URL(`http://127.0.0.1:${address.port}`);
}

function answer(
  behavior: Behavior,
  lines: readonly string[],
  taken: string[],
  response: ServerResponse,
): void {
  switch (behavior.kind) {
    case 'take':
      return send(response, 202, {}, take(lines, taken));
    case 'lose':
      take(lines, taken);
      response.destroy();
      return;
    case 'never-answer':
      return;
    case 'answer':
      return send(response, behavior.status, behavior.headers ?? {}, behavior.body ?? {});
  }
}

const change = z.object({
  id: z.string(),
  data: z.object({ reject: z.boolean().optional() }).optional(),
});

function take(lines: readonly string[], taken: string[]) {
  const receipts = lines.map((line, index) => {
    const { id, data } = change.parse(JSON.parse(line));
    if (data?.reject === true) {
      const why = { code: 'amount-precision', pointer: '/data/row/amount', detail: 'too precise' };
      return { index, id, status: 'rejected', ...why };
    }
    taken.push(id);
    return { index, id, status: 'accepted' };
  });
  const rejected = receipts.filter(({ status }) => status === 'rejected').length;
  return { accepted: lines.length - rejected, duplicateInRequest: 0, rejected, receipts };
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: unknown,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
