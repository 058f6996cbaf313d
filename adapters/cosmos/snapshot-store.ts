// Snapshots in the container `feed` (DESIGN, Cosmos DB): one partition for those of a company, and
// one for the tallies of each.
import type { OpenContainer } from './client.ts';
import type { Write } from '../../application/ports.ts';
import {
  EFFECTIVE_ID,
  type EffectiveDocument,
  type OwnerTally,
  type ShardTally,
  type SnapshotDocument,
  type SnapshotStore,
} from '../../application/snapshots/snapshot-store.ts';
import { encodeKeyPart } from '../../domain/key.ts';
import { decodeStored } from './documents.ts';
import { commitKeyed, decodeKeyed, readKeyed } from './feed-documents.ts';
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
  const read = <T extends { readonly kind: string }>(key: string, id: string, kind: T['kind']) =>
    readKeyed<T>(container, key, id, kind);
  const save = (key: string, writes: readonly Write<object>[]) =>
    commitKeyed(container, key, writes);
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
      return found.map((one) => decodeKeyed<SnapshotDocument>(one, 'snapshot').document);
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
