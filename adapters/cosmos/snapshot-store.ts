// Snapshots in the container `feed` (DESIGN, Cosmos DB): one partition for those of a company, and
// one for the tallies of each.
import type { OpenContainer } from './client.ts';
import type { Stored, Write } from '../../application/ports.ts';
import {
  EFFECTIVE_ID,
  type EffectiveDocument,
  type OwnerTally,
  type ShardTally,
  type SnapshotDocument,
  type SnapshotStore,
} from '../../application/snapshots/snapshot-store.ts';
import { encodeKeyPart } from '../../domain/key.ts';
import { commit } from './commit.ts';
import { decodeStored } from './documents.ts';
import { asking } from './failure.ts';
import { runQuery } from './query.ts';

function snapshotsKey(company: string): string {
  return `snapshots|${encodeKeyPart(company)}`;
}

/** Other parts of the feed have their partitions in the same container. */
function tallyKey(tallies: string): string {
  return `tallies|${tallies}`;
}

/** The store over its container. */
export function snapshotStore(container: OpenContainer): SnapshotStore {
  const read = async <T extends { readonly kind: string }>(
    key: string,
    id: string,
    kind: T['kind'],
  ): Promise<Stored<T> | null> => {
    const { resource } = await asking(async () => (await container()).item(id, key).read<object>());
    return resource === undefined ? null : withoutKey(decodeStored<T>(resource, [kind]));
  };
  const save = (key: string, writes: readonly Write<object>[]) =>
    commit(
      container,
      key,
      writes.map(({ id, document, etag }) => ({
        id,
        document: document === null ? null : { ...document, key },
        etag,
      })),
    );
  return {
    find: (company, id) => read<SnapshotDocument>(snapshotsKey(company), id, 'snapshot'),
    effective: (company) =>
      read<EffectiveDocument>(snapshotsKey(company), EFFECTIVE_ID, 'effective'),
    async list(company, after, limit) {
      const key = snapshotsKey(company);
      const text =
        'SELECT * FROM c WHERE c.key = @key AND c.kind = @kind AND c.id > @after ORDER BY c.id';
      const query = { text, parameters: { key, kind: 'snapshot', after: after ?? '' } };
      const found = await runQuery(container, key, query, limit);
      return found.map(
        (one) => withoutKey(decodeStored<SnapshotDocument>(one, ['snapshot'])).document,
      );
    },
    commit: (company, writes) => save(snapshotsKey(company), writes),
    readOwner: (tallies, id) => read<OwnerTally>(tallyKey(tallies), id, 'owner-tally'),
    readShard: (tallies, id) => read<ShardTally>(tallyKey(tallies), id, 'shard-tally'),
    async shards(tallies) {
      const key = tallyKey(tallies);
      const text = 'SELECT * FROM c WHERE c.key = @key AND c.id >= @from AND c.id < @to';
      const query = { text, parameters: { key, from: 'shard|', to: 'shard}' } };
      const found = await runQuery(container, key, query, Number.POSITIVE_INFINITY);
      return found.map((one) => decodeStored<ShardTally>(one, ['shard-tally']).document);
    },
    commitTallies: (tallies, writes) => save(tallyKey(tallies), writes),
  };
}

/** The partition key is the store's own, not part of what was kept. */
function withoutKey<T extends object>({ document, etag }: Stored<T & { key?: string }>): Stored<T> {
  const copy = { ...document };
  delete copy.key;
  return { document: copy, etag };
}
