// The Cosmos DB client: one per process, with bounded sockets, time and retries. The library is
// loaded when a container is first asked, so that a start, which reads nothing, is not kept waiting.
import { Agent } from 'node:https';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Container, CosmosClient, CosmosClientOptions } from '@azure/cosmos';
import { NO_TELEMETRY, type Telemetry } from '../../application/telemetry.ts';
import type { Connection } from '../config.ts';
import { platformCredential } from '../credential.ts';
import { tracedHttpClient } from './traced-http-client.ts';

/** Milliseconds one request may take; the SDK's own default is a minute. */
const REQUEST_TIMEOUT = 10_000;
/** Throttled requests are repeated by the SDK this often and this long, in seconds. */
const THROTTLE_RETRIES_MAX = 9;
const THROTTLE_SECONDS_MAX = 20;
const SOCKETS_MAX = 64;

/** A container, once the library is loaded. */
export type OpenContainer = () => Promise<Container>;

/** A database: its containers, and one client for all of them. */
export type CosmosDatabase = {
  container(name: string): OpenContainer;
  /** Lets go of the connections, if there are any. */
  close(): Promise<void>;
};

/** The database of the connection; nothing is connected before it is used. */
export function cosmosDatabase(
  connection: Connection,
  database: string,
  telemetry: Telemetry = NO_TELEMETRY,
): CosmosDatabase {
  let opened: Promise<CosmosClient> | null = null;
  const client = () => (opened ??= clientOf(connection, telemetry));
  return {
    container: (name) => async () => (await client()).database(database).container(name),
    close: async () => (await opened)?.dispose(),
  };
}

async function clientOf(connection: Connection, telemetry: Telemetry): Promise<CosmosClient> {
  const { CosmosClient } = await import('@azure/cosmos');
  const { endpoint, ...authentication } = addressOf(connection);
  return new CosmosClient({
    endpoint,
    ...authentication,
    ...agentOf(endpoint),
    ...(telemetry.isOn ? { httpClient: await tracedClient(telemetry) } : {}),
    connectionPolicy: {
      requestTimeout: REQUEST_TIMEOUT,
      enableEndpointDiscovery: false,
      retryOptions: {
        maxRetryAttemptCount: THROTTLE_RETRIES_MAX,
        maxWaitTimeInSeconds: THROTTLE_SECONDS_MAX,
      },
    },
  });
}

async function tracedClient(telemetry: Telemetry): Promise<HttpClient> {
  const { createDefaultHttpClient } = await import('@azure/core-rest-pipeline');
  return tracedHttpClient(createDefaultHttpClient(), telemetry);
}

/** Bounds the sockets to a real account. With an agent the SDK refuses plain http, as on loopback. */
function agentOf(endpoint: string): Pick<CosmosClientOptions, 'agent'> {
  if (!endpoint.startsWith('https:')) return {};
  return { agent: new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX }) };
}

function addressOf(
  connection: Connection,
): { endpoint: string } & Pick<CosmosClientOptions, 'key' | 'aadCredentials'> {
  switch (connection.kind) {
    case 'identity':
      return {
        endpoint: connection.address,
        aadCredentials: platformCredential(connection.clientId),
      };
    case 'connection-string': {
      const part = (name: string) =>
        new RegExp(`(?:^|;)\\s*${name}=([^;]+)`, 'i').exec(connection.connectionString)?.[1] ?? '';
      return { endpoint: part('AccountEndpoint'), key: part('AccountKey') };
    }
  }
}
