// The store of snapshots in memory: documents go through JSON, and tags are checked.
import type {
  EffectiveDocument,
  OwnerTally,
  ShardTally,
  SnapshotDocument,
  SnapshotStore,
} from '../../application/snapshots/snapshot-store.ts';
import { Partitions } from './partitions.ts';

export type MemorySnapshots = SnapshotStore & {
  /** Every document of a company's snapshots by id. */
  documents(company: string): Record<string, SnapshotDocument | EffectiveDocument>;
};

/** An empty store. */
export function memorySnapshots(): MemorySnapshots {
  const snapshots = new Partitions<SnapshotDocument | EffectiveDocument>();
  const tallies = new Partitions<OwnerTally | ShardTally>();
  return {
    documents: (company) =>
      Object.fromEntries([...snapshots.of(company)].map(([id, { document }]) => [id, document])),
    async find(company, id) {
      const stored = snapshots.of(company).get(id);
      return stored?.document.kind === 'snapshot'
        ? { document: stored.document, etag: stored.etag }
        : null;
    },
    async effective(company) {
      const stored = snapshots.of(company).get('effective');
      return stored?.document.kind === 'effective'
        ? { document: stored.document, etag: stored.etag }
        : null;
    },
    async list(company, after, limit) {
      const all = [...snapshots.of(company).values()].flatMap(({ document }) =>
        document.kind === 'snapshot' && (after === null || document.id > after) ? [document] : [],
      );
      return all.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
    },
    commit: async (company, writes) => snapshots.commit(company, writes),
    async readOwner(key, id) {
      const stored = tallies.of(key).get(id);
      return stored?.document.kind === 'owner-tally'
        ? { document: stored.document, etag: stored.etag }
        : null;
    },
    async readShard(key, id) {
      const stored = tallies.of(key).get(id);
      return stored?.document.kind === 'shard-tally'
        ? { document: stored.document, etag: stored.etag }
        : null;
    },
    shards: async (key) =>
      [...tallies.of(key).values()].flatMap(({ document }) =>
        document.kind === 'shard-tally' ? [document] : [],
      ),
    commitTallies: async (key, writes) => tallies.commit(key, writes),
  };
}
