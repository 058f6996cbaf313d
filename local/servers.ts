// The embedded servers, each in a thread of its own, created from topology.json.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { topology } from '../infra/topology.ts';
import type { Broker, BrokerOptions } from './broker/broker.ts';
import type { CosmosServer, CosmosServerOptions } from './cosmos/server.ts';
import { type Remote, type ServerThread, startThread } from './server-thread.ts';

/** Where data live that are gone when the process is. */
export const MEMORY = ':memory:';

/** How the app reaches the servers: the values of its two connection settings. */
export type Connections = { readonly serviceBus: string; readonly cosmos: string };

/** What tests ask of the servers, and do to them. */
export type ServerControls = {
  readonly broker: Pick<Remote<Broker>, 'depths' | 'idle' | 'severConnections' | 'expireLocks'>;
  readonly cosmos: Pick<
    Remote<CosmosServer>,
    'statistics' | 'resetStatistics' | 'isEmpty' | 'inject' | 'idle'
  >;
};

export type Servers = ServerControls & {
  readonly connections: Connections;
  close(): Promise<void>;
};

/**
 * Starts both servers on data in a folder, or in memory; rejects when one cannot start, and leaves
 * the other not running. `failed` is told if one breaks later.
 */
export async function startServers(data: string, failed: (error: Error) => void): Promise<Servers> {
  if (data !== MEMORY) await mkdir(data, { recursive: true });
  const fileIn = (name: string) => (data === MEMORY ? MEMORY : join(data, name));
  const [broker, cosmos] = await allOrNone(
    startThread<Broker>(
      new URL('./broker-worker.ts', import.meta.url),
      {
        queues: topology.serviceBus.queues,
        topics: topology.serviceBus.topics,
        dataFile: fileIn('service-bus.sqlite'),
        port: 0,
      } satisfies BrokerOptions,
      failed,
    ),
    startThread<CosmosServer>(
      new URL('./cosmos-worker.ts', import.meta.url),
      {
        database: topology.cosmos.database,
        containers: topology.cosmos.containers,
        dataFile: fileIn('cosmos.sqlite'),
        port: 0,
      } satisfies CosmosServerOptions,
      failed,
    ),
  );
  return {
    connections: {
      serviceBus: broker.info.connectionString,
      cosmos: cosmos.info.connectionString,
    },
    broker: broker.remote,
    cosmos: cosmos.remote,
    close: async () => {
      await Promise.all([closeThread(broker), closeThread(cosmos)]);
    },
  };
}

/** Both threads; when one cannot start, the other is ended. */
async function allOrNone(
  brokerStarts: Promise<ServerThread<Broker>>,
  cosmosStarts: Promise<ServerThread<CosmosServer>>,
) {
  const both = [brokerStarts, cosmosStarts] as const;
  try {
    return await Promise.all(both);
  } catch (error) {
    for (const start of await Promise.allSettled(both)) {
      if (start.status === 'fulfilled') await closeThread(start.value);
    }
    throw error;
  }
}

async function closeThread(thread: ServerThread<Broker> | ServerThread<CosmosServer>) {
  await thread.remote.close();
  await thread.terminate();
}
