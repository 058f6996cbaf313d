// A server in memory with the real SDK in front of it, for tests.
import { request as httpRequest } from 'node:http';
import { CosmosClient } from '@azure/cosmos';
import type { Container } from '@azure/cosmos';
import type { ContainerTopology } from '../../infra/topology.ts';
import { startCosmosServer } from './server.ts';
import type { CosmosServer } from './server.ts';
import { signedHeaders } from './test-signature.ts';

/** A request the SDK would never send. */
export type RawRequest = {
  readonly method?: string;
  /** As it stands in the request line; the documents of the first container unless given. */
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** The status, and the text of the reply. */
export type RawReply = { readonly status: number; readonly text: string };

/** A running server with its client. */
export type TestServer = {
  readonly server: CosmosServer;
  readonly client: CosmosClient;
  container(name: string): Container;
  send(request: RawRequest): Promise<RawReply>;
  close(): Promise<void>;
};

/** The database of every test server. */
export const TEST_DATABASE = 'arrears';

/** Starts a server in memory, or on a data file. */
export async function startTestServer(
  containers: readonly ContainerTopology[],
  options: { readonly dataFile?: string; readonly now?: () => number } = {},
): Promise<TestServer> {
  const server = await startCosmosServer({
    database: TEST_DATABASE,
    containers,
    dataFile: ':memory:',
    port: 0,
    ...options,
  });
  const client = new CosmosClient(server.connectionString);
  const documents = `/dbs/${TEST_DATABASE}/colls/${containers[0]?.name}/docs`;
  return {
    server,
    client,
    container: (name) => client.database(TEST_DATABASE).container(name),
    send: (request) => sendRaw(server, { target: documents, ...request }),
    close: async () => {
      client.dispose();
      await server.close();
    },
  };
}

function sendRaw(
  { endpoint, key }: CosmosServer,
  { method = 'POST', target = '/', headers = {}, body = '' }: RawRequest,
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const signed = { ...signedHeaders(method, target, key), ...headers };
    const sent = httpRequest(endpoint + target, { method, headers: signed }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
