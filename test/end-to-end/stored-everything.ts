// Every document of every container, behind the back of the app: through the Cosmos DB SDK alone.
import { CosmosClient } from '@azure/cosmos';
import { z } from 'zod';
import { topology } from '../../infra/topology.ts';

const parts = z.object({ endpoint: z.string(), key: z.string() });

/** The documents as text, by container. */
export async function storedTexts(
  connection: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const [, endpoint, key] = /AccountEndpoint=([^;]+);AccountKey=([^;]+)/.exec(connection) ?? [];
  const client = new CosmosClient(parts.parse({ endpoint, key }));
  try {
    const database = client.database(topology.cosmos.database);
    const found = topology.cosmos.containers.map(async ({ name }) => {
      const all = database.container(name).items.query<object>('SELECT * FROM c');
      const { resources } = await all.fetchAll();
      return [name, resources.map((one) => JSON.stringify(one))] as const;
    });
    return Object.fromEntries(await Promise.all(found));
  } finally {
    client.dispose();
  }
}
