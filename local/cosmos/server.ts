// The local Cosmos DB server: REST over node:http, documents in SQLite. Listens on loopback only
// and never speaks TLS; its key is public.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { ContainerTopology } from '../../infra/topology.ts';
import { openDocumentStore } from './document-store.ts';
import { createFaultQueue } from './faults.ts';
import type { Fault } from './faults.ts';
import { failureReply } from './reply.ts';
import type { Reply } from './reply.ts';
import { answerRequest } from './request-dispatch.ts';
import type { ServerState } from './request-dispatch.ts';
import { createStatisticsCounter } from './statistics.ts';
import type { Statistics } from './statistics.ts';

export type { Fault } from './faults.ts';
export type { Statistics } from './statistics.ts';

/** What to serve and where; all but `now` can be sent to a worker thread. */
export type CosmosServerOptions = {
  readonly database: string;
  readonly containers: readonly ContainerTopology[];
  /** Path of the SQLite file, or `:memory:`. */
  readonly dataFile: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Address to listen on; loopback unless given. */
  readonly host?: string;
  /** Milliseconds since 1970, for `_ts`. */
  readonly now?: () => number;
};

/** A running server. */
export type CosmosServer = {
  readonly port: number;
  readonly endpoint: string;
  readonly key: string;
  /** `AccountEndpoint=…;AccountKey=…;` */
  readonly connectionString: string;
  statistics(): Statistics;
  resetStatistics(): void;
  /** Whether no container holds a document. */
  isEmpty(): boolean;
  /** Makes coming requests fail, after the faults already waiting. */
  inject(fault: Fault): void;
  /** Resolves when no request is being received or answered. */
  idle(): Promise<void>;
  /** Answers what is in flight, closes all connections and the data file. */
  close(): Promise<void>;
};

/** The key of every local server: it protects nothing, the SDK insists on one. */
export const LOCAL_KEY = Buffer.from('local cosmos db server, not a secret').toString('base64');

/** Largest request body received, in bytes: what the service refuses must still fit in. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Opens the data file and listens; rejects when either fails. */
export async function startCosmosServer(options: CosmosServerOptions): Promise<CosmosServer> {
  const host = options.host ?? '127.0.0.1';
  const state: ServerState = {
    database: options.database,
    key: Buffer.from(LOCAL_KEY, 'base64'),
    store: openDocumentStore(options.dataFile, options.containers),
    faults: createFaultQueue(),
    statistics: createStatisticsCounter(),
    now: options.now ?? Date.now,
    newEtag: () => `"${randomUUID()}"`,
  };
  const inFlight = createInFlightCounter();
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    inFlight.enter();
    response.on('close', inFlight.leave);
    serve(state, request, response);
  });
  // A pooled connection closed while the client writes to it would look like a lost reply.
  server.keepAliveTimeout = 0;
  const port = await listen(server, options.port, host).catch((error: unknown) => {
    state.store.close();
    throw error;
  });
  const endpoint = `http://${host}:${port}`;
  return {
    port,
    endpoint,
    key: LOCAL_KEY,
    connectionString: `AccountEndpoint=${endpoint};AccountKey=${LOCAL_KEY};`,
    statistics: () => state.statistics.read(),
    resetStatistics: () => state.statistics.reset(),
    isEmpty: () => state.store.isEmpty(),
    inject: (fault) => state.faults.add(fault),
    idle: inFlight.idle,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await inFlight.idle();
      server.closeAllConnections();
      await closed;
      state.store.close();
    },
  };
}

const MAX_HEADER_BYTES = 64 * 1024;

function serve(state: ServerState, request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  let received = 0;
  request.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    if (received > MAX_BODY_BYTES) {
      send(response, failureReply(413, { message: 'Request size is too large.' }));
      return;
    }
    answer(state, request, Buffer.concat(chunks), response);
  });
  // A client that goes away is no fault of the server; `close` counts the request out.
  request.on('error', () => response.destroy());
}

function answer(
  state: ServerState,
  { method = '', url = '/', headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const reply = answerSafely(state, { method, url, headers, body });
  if (reply === 'dropped') response.destroy();
  else send(response, reply);
}

// A defect in one request must not take the process and all other requests with it.
function answerSafely(
  state: ServerState,
  request: Parameters<typeof answerRequest>[1],
): Reply | 'dropped' {
  try {
    return answerRequest(state, request);
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return failureReply(500, { message: `The local Cosmos DB server failed: ${detail}` });
  }
}

function send(response: ServerResponse, reply: Reply): void {
  const { status, charge, headers, body } = reply;
  const bytes = body === undefined ? undefined : Buffer.from(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-ms-request-charge': String(charge),
    'x-ms-activity-id': randomUUID(),
    'x-ms-session-token': SESSION_TOKEN,
    'x-ms-version': '2020-07-15',
    ...(bytes === undefined ? {} : { 'content-length': bytes.length }),
    ...headers,
  });
  response.end(bytes);
}

/** Partition key range 0 at version -1: every read here sees every write, so it never advances. */
const SESSION_TOKEN = '0:-1#1';

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function createInFlightCounter() {
  let active = 0;
  let waiting: (() => void)[] = [];
  return {
    enter: () => {
      active += 1;
    },
    leave: () => {
      active -= 1;
      if (active > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    idle: (): Promise<void> =>
      active === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  };
}
