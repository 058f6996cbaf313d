// What an HTTP trigger hands to a function, as the buffered mode of the Functions host does it.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { HttpData } from './core-module.ts';
import type { TriggerData } from './invocation.ts';

/** A request whose body has come in. */
export type WholeRequest = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Values of the route's parameters. */
  readonly params: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
};

/** The URL a request was sent to; null when it is none. */
export function urlOf(request: IncomingMessage, fallbackHost: string): URL | null {
  const base = `http://${request.headers.host ?? fallbackHost}`;
  const target = request.url ?? '/';
  // Joined as text, since a target of two slashes would be resolved to another host.
  if (!target.startsWith('/') || !URL.canParse(base + target)) return null;
  const url = new URL(base + target);
  return url.username === '' && url.password === '' ? url : null;
}

/** The body; the rest of one that is too large is dropped, so that the caller hears the answer. */
export function readBody(
  request: IncomingMessage,
  bytesMax: number,
): Promise<Buffer | 'aborted' | 'too-large'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => resolve(bytes > bytesMax ? 'too-large' : Buffer.concat(chunks)));
    request.on('error', () => resolve('aborted'));
    request.on('close', () => resolve('aborted'));
  });
}

/** The request as the worker's protocol carries it; header names are in lower case already. */
export function httpTriggerData(request: WholeRequest): TriggerData {
  const { method, url, headers, params, body } = request;
  // GET and HEAD have no body for a function, whatever was sent.
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0;
  const http: HttpData = {
    method,
    url: url.href,
    nullableHeaders: nullable(textsOf(headers)),
    nullableParams: nullable(params),
    nullableQuery: nullable(joinedQuery(url.searchParams)),
    ...(hasBody ? { body: { bytes: body } } : {}),
  };
  const { traceparent, tracestate } = headers;
  const trace = {
    ...(typeof traceparent === 'string' ? { traceParent: traceparent } : {}),
    ...(typeof tracestate === 'string' ? { traceState: tracestate } : {}),
  };
  return { data: { http }, metadata: {}, trace };
}

function textsOf(headers: IncomingHttpHeaders): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) texts.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return texts;
}

/** Names are told apart without case; values of one name are joined by commas. */
function joinedQuery(query: URLSearchParams): Map<string, string> {
  const names = new Map<string, string>();
  const joined = new Map<string, string>();
  for (const [name, value] of query) {
    const key = name.toLowerCase();
    const first = names.get(key);
    if (first === undefined) names.set(key, name);
    const before = first === undefined ? undefined : joined.get(first);
    joined.set(first ?? name, before === undefined ? value : `${before},${value}`);
  }
  return joined;
}

function nullable(values: ReadonlyMap<string, string>) {
  return Object.fromEntries([...values].map(([key, value]) => [key, { value }]));
}
