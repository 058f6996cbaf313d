// The documents of the container `customers`, behind the back of the app: through the Cosmos DB SDK
// alone. For tests that compare what is stored, or spoil it.
import { CosmosClient } from '@azure/cosmos';
import { z } from 'zod';
import type { StoredCustomerDocument } from '../../application/ports.ts';
import { decodeStored } from '../../adapters/cosmos/documents.ts';
import { topology } from '../../infra/topology.ts';
import { groupsOf } from './arrears-api.ts';
import { spoiled } from '../support/corruption.ts';

const KINDS: readonly StoredCustomerDocument['kind'][] = [
  'header',
  'histogram',
  'insight',
  'customer',
  'transaction',
  'settlement',
  'installment',
  'collectionsStatus',
  'contact',
  'collectionLetter',
  'activity',
  'history',
  'tally',
  'poolMember',
];

/** Documents written at once. */
const AT_ONCE = 25;

const parts = z.object({ endpoint: z.string(), key: z.string() });

export type StoredDocuments = {
  /** Every document by partition and id, without what tells how often it was written. */
  all(): Promise<Readonly<Record<string, object>>>;
  /** Spoils what is derived in every document of these customers; gives how many there were. */
  spoil(isHit: (pk: string) => boolean): Promise<number>;
  close(): void;
};

/** The documents of the server with this connection string. */
export function storedDocuments(connection: string): StoredDocuments {
  const [, endpoint, key] = /AccountEndpoint=([^;]+);AccountKey=([^;]+)/.exec(connection) ?? [];
  const client = new CosmosClient(parts.parse({ endpoint, key }));
  const container = client.database(topology.cosmos.database).container('customers');
  const read = async () => {
    const { resources } = await container.items.query<object>('SELECT * FROM c').fetchAll();
    return resources.map((one) => decodeStored<StoredCustomerDocument>(one, KINDS).document);
  };
  return {
    async all() {
      const documents = await read();
      return Object.fromEntries(
        documents.map((one) => [
          `${one.pk} ${one.id}`,
          one.kind === 'header' ? { ...one, revision: 'any', lists: one.lists.pools } : one,
        ]),
      );
    },
    async spoil(isHit) {
      const documents = (await read()).filter(({ pk }) => isHit(pk));
      for (const some of groupsOf(documents, AT_ONCE)) {
        await Promise.all(
          some.map((one) =>
            container.item(one.id, one.pk).replace({ ...spoiled(one), id: one.id }),
          ),
        );
      }
      return documents.length;
    },
    close: () => client.dispose(),
  };
}
