// What is kept of snapshots in the container `feed`, and the port to it: what was told of each, how
// many records each has carried, and which are in effect.
import { COMPANY_ENTITIES } from '../../domain/change.ts';
import { encodeKeyPart } from '../../domain/key.ts';
import {
  type Completions,
  entityOfKey,
  NO_COMPLETIONS,
  snapshotDocumentId,
  type SnapshotKey,
} from '../../domain/snapshot.ts';
import { sessionOf } from '../change-message.ts';
import type { CommitResult, Stored, Write } from '../ports.ts';

/** That a snapshot was told to be complete, at one high water. */
export type ToldCompletion = {
  /** The least number of records told. */
  readonly rowCount: number;
  /** The latest time it was told with. */
  readonly time: string;
  /** Whether so many records were carried: from then on it stays so. */
  readonly isInEffect: boolean;
};

/** One snapshot; every field only ever grows, or shrinks, so that order does not matter. */
export type SnapshotDocument = SnapshotKey & {
  readonly id: string;
  readonly kind: 'snapshot';
  /** The earliest start told, and the greatest number of records it announced. */
  readonly startedAt: string | null;
  readonly announced: number | null;
  /** By high water: a source that contradicts itself tells more than one. */
  readonly completions: { readonly [version: string]: ToldCompletion };
};

/** The newest snapshots in effect of a company, and those of them whose runs were started. */
export type EffectiveDocument = {
  readonly id: typeof EFFECTIVE_ID;
  readonly kind: 'effective';
  readonly completions: Completions;
  readonly spread: Completions;
  /** The run that carries each to the customers. */
  readonly runs: { readonly [of: string]: string };
};

export const EFFECTIVE_ID = 'effective';

/** Records of one owner – a customer, or the company itself – that a snapshot has carried. */
export type OwnerTally = {
  readonly id: string;
  readonly kind: 'owner-tally';
  readonly records: number;
};

/** The same for all owners of a shard, so that a sum costs a few documents. */
export type ShardTally = {
  readonly id: string;
  readonly kind: 'shard-tally';
  readonly records: number;
};

/** Tallies that are written side by side; summed up at every delivery that may complete. */
const TALLY_SHARDS = 16;

export type SnapshotStore = {
  find(company: string, id: string): Promise<Stored<SnapshotDocument> | null>;
  effective(company: string): Promise<Stored<EffectiveDocument> | null>;
  /** Snapshots of a company by id, from the first that follows `after`. */
  list(company: string, after: string | null, limit: number): Promise<readonly SnapshotDocument[]>;
  /** All writes or none; a conflict when a document is not as it was read. */
  commit(
    company: string,
    writes: readonly Write<SnapshotDocument | EffectiveDocument>[],
  ): Promise<CommitResult>;
  readOwner(tallies: string, id: string): Promise<Stored<OwnerTally> | null>;
  readShard(tallies: string, id: string): Promise<Stored<ShardTally> | null>;
  shards(tallies: string): Promise<readonly ShardTally[]>;
  commitTallies(
    tallies: string,
    writes: readonly Write<OwnerTally | ShardTally>[],
  ): Promise<CommitResult>;
};

/** Under which key the tallies of a snapshot are kept. */
export function talliesKey(key: SnapshotKey): string {
  return `${encodeKeyPart(key.company)}|${snapshotDocumentId(key)}`;
}

/** A snapshot of which nothing was told yet but rows. */
export function newSnapshot(key: SnapshotKey): SnapshotDocument {
  const { company, entity, source, epoch, snapshotId } = key;
  return {
    id: snapshotDocumentId(key),
    kind: 'snapshot',
    company,
    entity,
    source,
    epoch,
    snapshotId,
    startedAt: null,
    announced: null,
    completions: {},
  };
}

/** Nothing is in effect. */
export const NOTHING_EFFECTIVE: EffectiveDocument = {
  id: EFFECTIVE_ID,
  kind: 'effective',
  completions: NO_COMPLETIONS,
  spread: NO_COMPLETIONS,
  runs: {},
};

/** Whether a {@link completionKey} is about reference data of a company. */
export function isOfCompany(key: string): boolean {
  return COMPANY_ENTITIES.some((entity) => entity === entityOfKey(key));
}

/**
 * The snapshots in effect of entities that belong to customers, as they are now. Throws Unavailable.
 */
export async function effectiveIn(
  company: string,
  snapshots: Pick<SnapshotStore, 'effective'>,
): Promise<Completions> {
  const stored = await snapshots.effective(company);
  const all = Object.entries(stored?.document.completions ?? NO_COMPLETIONS);
  return Object.fromEntries(all.filter(([key]) => !isOfCompany(key)));
}

/** How many records a snapshot has carried. Throws Unavailable. */
export async function recordsCarried(
  key: SnapshotKey,
  snapshots: Pick<SnapshotStore, 'shards'>,
): Promise<number> {
  const shards = await snapshots.shards(talliesKey(key));
  return shards.reduce((sum, { records }) => sum + records, 0);
}

/**
 * Counts so many records of an owner, which only ever become more: telling it again changes nothing.
 * A conflict means that another was faster. Throws Unavailable.
 */
export async function tellCarried(
  key: SnapshotKey,
  owner: string,
  records: number,
  snapshots: SnapshotStore,
): Promise<CommitResult> {
  const tallies = talliesKey(key);
  const [ownerId, shardId] = [
    `owner|${encodeKeyPart(owner)}`,
    `shard|${sessionOf(owner, TALLY_SHARDS)}`,
  ];
  const [known, shard] = await Promise.all([
    snapshots.readOwner(tallies, ownerId),
    snapshots.readShard(tallies, shardId),
  ]);
  const more = records - (known?.document.records ?? 0);
  if (more <= 0) return 'committed';
  const sum = (shard?.document.records ?? 0) + more;
  const ofOwner: OwnerTally = { id: ownerId, kind: 'owner-tally', records };
  const ofShard: ShardTally = { id: shardId, kind: 'shard-tally', records: sum };
  return snapshots.commitTallies(tallies, [
    { id: ownerId, document: ofOwner, etag: known?.etag ?? null },
    { id: shardId, document: ofShard, etag: shard?.etag ?? null },
  ]);
}
