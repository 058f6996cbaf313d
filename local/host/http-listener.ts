// HTTP triggers: a server on loopback that turns requests into invocations and answers with what
// they return. Whatever a request holds, it must never end the process.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { SignIn } from '../issuer/development-sign-in.ts';
import type { Log } from './core-module.ts';
import { endedOrAborted } from './ended-or-aborted.ts';
import { httpTriggerData, readBody, urlOf } from './http-request.ts';
import { sendResult, sendStatus } from './http-response.ts';
import { InFlight } from './in-flight.ts';
import { type InvocationResult, textOf, type TriggerData } from './invocation.ts';
import type { RouteTable } from './route.ts';

const LOOPBACK = '127.0.0.1';
/** What the host takes of a request body. */
const BODY_BYTES_MAX = 100 * 1024 * 1024;
/** Milliseconds a connection is kept for the next request. */
const KEEP_ALIVE = 60_000;

/** Runs a function by name. */
export type RunFunction = (name: string, trigger: TriggerData) => Promise<InvocationResult>;

export type HttpOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  readonly routes: RouteTable;
  readonly run: RunFunction;
  readonly log: Log;
  readonly bodyBytesMax?: number;
  readonly signIn?: SignIn;
};

export type HttpListener = {
  readonly port: number;
  /** Takes no more requests; those under way are answered, unless the deadline comes first. */
  close(deadline: AbortSignal): Promise<void>;
};

/** Listens on loopback; rejects when the port is taken. */
export async function listenHttp(options: HttpOptions): Promise<HttpListener> {
  const requests = new InFlight();
  const server: Server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (request, response) => {
    // A caller that goes on over the same connection would hold a server that closes.
    if (!server.listening) response.setHeader('connection', 'close');
    void requests.track(() => answer(request, response, options));
  });
  server.listen(options.port, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  return {
    port: address.port,
    async close(deadline) {
      const closed = once(server, 'close');
      server.close();
      await endedOrAborted(requests.idle(), deadline);
      // Connections that are kept for a next request, or never had one.
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers one request; never rejects, and resolves when the answer has gone out. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions,
): Promise<void> {
  const gone = new Promise<void>((resolve) => response.once('close', () => resolve()));
  try {
    await dispatch(request, response, options);
  } catch (error) {
    options.log('error', `${request.method} ${request.url} failed: ${textOf(error)}`);
    if (response.headersSent) response.destroy();
    else sendStatus(response, 500);
  }
  await gone;
}

async function dispatch(
  request: IncomingMessage,
  response: ServerResponse,
  { routes, run, signIn, bodyBytesMax = BODY_BYTES_MAX }: HttpOptions,
): Promise<void> {
  const { method = 'GET' } = request;
  const url = urlOf(request, LOOPBACK);
  const match = url === null ? 'malformed' : routes.match(method, url.pathname);
  if (url === null || match === 'malformed') return refuse(request, response, 400);
  if (match === null) return refuse(request, response, 404);
  const body = await readBody(request, bodyBytesMax);
  if (body === 'aborted') return;
  if (body === 'too-large') return sendStatus(response, 413);
  const { name, params } = match;
  const headers =
    signIn === undefined
      ? request.headers
      : { ...request.headers, authorization: await signIn(request.headers.authorization) };
  const result = await run(name, httpTriggerData({ method, url, headers, params, body }));
  if (!response.destroyed) sendResult(response, result);
}

/** The body is let in unread: a caller still sending it would see a reset instead of the answer. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  request.resume();
  sendStatus(response, status);
}
