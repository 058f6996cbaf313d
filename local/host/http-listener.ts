// HTTP triggers: a server on loopback that turns requests into invocations, and what functions
// return into responses, as the buffered mode of the Functions host does.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpData, Registration, TypedData } from './core-module.ts';
import type { InvocationResult, TriggerData } from './invocation.ts';
import type { Route, RouteTable } from './route.ts';

const LOOPBACK = '127.0.0.1';
/** What the host takes of a request body. */
const BODY_BYTES_MAX = 100 * 1024 * 1024;
const DEFAULT_METHODS = ['GET', 'POST'];

/** Runs a function by name. */
export type RunFunction = (name: string, trigger: TriggerData) => Promise<InvocationResult>;

export type HttpListener = {
  readonly port: number;
  /** Takes no more requests, and resolves when those under way are answered. */
  close(): Promise<void>;
};

/** The route of a function with an HTTP trigger. */
export function routeOf({ metadata }: Registration): Route | null {
  const binding = Object.values(metadata.bindings).find(({ type }) => type === 'httpTrigger');
  if (binding === undefined) return null;
  const { methods, route } = binding;
  return {
    name: metadata.name,
    methods: Array.isArray(methods)
      ? methods.map((method) => String(method).toUpperCase())
      : DEFAULT_METHODS,
    template: typeof route === 'string' ? route : metadata.name,
  };
}

/** Listens on loopback; rejects when the port is taken. */
export async function listenHttp(
  port: number,
  table: RouteTable,
  run: RunFunction,
): Promise<HttpListener> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    void handle(request, response, table, run);
  });
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  return { port: portOf(server), close: () => closeServer(server) };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  table: RouteTable,
  run: RunFunction,
): Promise<void> {
  const method = request.method ?? 'GET';
  const url = urlOf(request);
  const match = url === null ? 'malformed' : matchOf(table, method, url.pathname);
  if (url === null || match === 'malformed') return end(response, 400);
  if (match === null) return end(response, 404);
  const body = await readBody(request);
  if (body === 'aborted') return;
  if (body === 'too-large') return end(response, 413);
  const result = await run(match.name, triggerData(request, method, url, match.params, body));
  if (response.destroyed) return;
  send(response, result);
}

function urlOf(request: IncomingMessage): URL | null {
  const base = `http://${request.headers.host ?? LOOPBACK}`;
  const path = request.url ?? '/';
  // A path of two slashes would be read as a host.
  return URL.canParse(base) && path.startsWith('/') ? new URL(base + path) : null;
}

function matchOf(table: RouteTable, method: string, path: string) {
  try {
    return table.match(method, path);
  } catch (error) {
    if (error instanceof URIError) return 'malformed';
    throw error;
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'aborted' | 'too-large'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      bytes += chunk.length;
      if (bytes > BODY_BYTES_MAX) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    // The caller went away; nobody waits for an answer.
    return 'aborted';
  }
  return Buffer.concat(chunks);
}

function triggerData(
  request: IncomingMessage,
  method: string,
  url: URL,
  params: Readonly<Record<string, string>>,
  body: Buffer,
): TriggerData {
  const query: Record<string, string> = {};
  // The buffered host joins repeated keys with commas.
  for (const [key, value] of url.searchParams) {
    query[key] = query[key] === undefined ? value : `${query[key]},${value}`;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const http: HttpData = {
    method,
    url: url.href,
    nullableHeaders: nullable(headers),
    nullableParams: nullable(params),
    nullableQuery: nullable(query),
    ...(body.length > 0 ? { body: { bytes: body } } : {}),
  };
  const { traceparent } = headers;
  const data = { data: { http }, metadata: {} };
  return traceparent === undefined ? data : { ...data, traceParent: traceparent };
}

function nullable(values: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': '0' });
  response.end();
}

function send(response: ServerResponse, result: InvocationResult): void {
  if (result.kind === 'failed') return end(response, 500);
  const http = result.returnValue?.http;
  if (http === undefined) return end(response, 204);
  const body = bytesOf(http.body);
  const status = Number(http.statusCode ?? 200);
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, {
    ...http.headers,
    ...(hasBody ? { 'content-length': String(body.length) } : {}),
  });
  response.end(hasBody ? body : undefined);
}

function bytesOf(body: TypedData | undefined): Uint8Array {
  if (body?.bytes !== undefined) return body.bytes;
  return Buffer.from(body?.string ?? body?.json ?? '', 'utf8');
}
