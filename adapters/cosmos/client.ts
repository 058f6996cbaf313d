// The Cosmos DB client: one per process, with bounded sockets, time and retries.
import { Agent } from 'node:https';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { CosmosClient, type CosmosClientOptions } from '@azure/cosmos';
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

/** A client for the connection. The caller disposes of it when the process ends. */
export function cosmosClient(
  connection: Connection,
  telemetry: Telemetry = NO_TELEMETRY,
): CosmosClient {
  const { endpoint, ...authentication } = addressOf(connection);
  return new CosmosClient({
    endpoint,
    ...authentication,
    ...agentOf(endpoint),
    ...(telemetry.isOn
      ? { httpClient: tracedHttpClient(createDefaultHttpClient(), telemetry) }
      : {}),
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
