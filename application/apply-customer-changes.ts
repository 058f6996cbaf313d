// Applies the changes of one message to their customer (DESIGN 2, 5): reads the header and the
// documents touched, folds, and commits all of it at once, guarded by the tags it read. Safe to
// run twice, and at the same time as another.
import type { CustomerChange } from '../domain/change.ts';
import { EMPTY_HEADER, type Header } from '../domain/header.ts';
import { utf8Length } from '../domain/json.ts';
import { customerKey } from '../domain/key.ts';
import type { Hash, Outcome } from '../domain/record.ts';
import type { Completions } from '../domain/snapshot.ts';
import { Reading } from './customer-reading.ts';
import { readHeader } from './open-customer.ts';
import type { CustomerStore, StoredCustomerDocument, Write } from './ports.ts';
import { snapshotsFor, type SnapshotsForPorts } from './snapshots/snapshots-for.ts';

/** Operations and bytes of one transactional batch; the store takes 100 and 2 MB (DESIGN 5). */
export const BATCH_OPERATIONS_MAX = 100;
export const BATCH_BYTES_MAX = 1_500_000;

/**
 * A batch that replaces so few documents need not be measured: each holds at most four changes of
 * 64 KiB, and those it creates hold only what the message brought.
 */
const REPLACED_UNMEASURED_MAX = 3;

/** What became of the changes of a message. */
export type Applied = {
  readonly applied: number;
  readonly duplicates: number;
  readonly conflicts: number;
};

/** A batch could not be committed because others were faster: read again and retry. */
export type ChunkResult =
  | {
      readonly kind: 'committed';
      readonly outcomes: readonly Outcome[];
      readonly header: Header;
      /** Ids of the activities that are to be looked at on their lists. */
      readonly activities: readonly string[];
    }
  | { readonly kind: 'conflict' };

/** What is committed in the very batch of the first `count` changes, and is no record. */
export type Besides = (count: number) => readonly Write<StoredCustomerDocument>[];

const NOTHING_BESIDES: Besides = () => [];

export type ChunkPorts = SnapshotsForPorts & {
  readonly customers: CustomerStore;
  readonly hash: Hash;
};

/**
 * Applies as many of the changes as fit one batch, at least one, and tells how each came out; the
 * header learns of the snapshots in effect that are `told`. Throws Unavailable when the store does
 * not answer.
 */
export async function applyChunk(
  company: string,
  customer: string,
  changes: readonly CustomerChange[],
  ports: ChunkPorts,
  told: Completions | null = null,
  besides: Besides = NOTHING_BESIDES,
): Promise<ChunkResult> {
  const { customers: store, hash } = ports;
  const identity = { pk: customerKey(company, customer), company, customer };
  const reading = await Reading.begin(identity, changes, store);
  reading.learn(told ?? (await snapshotsFor(identity, reading.before(), ports)));
  for (let count = changes.length; ; count = Math.ceil(count / 2)) {
    const outcomes = await reading.fold(changes.slice(0, count), hash);
    const writes = await reading.writes(besides(count));
    if (!fits(writes) && count > 1) continue;
    if (writes.length === 0) {
      // The documents may have come with a later header than the one that was read before them.
      const header = (await readHeader(identity.pk, store)) ?? EMPTY_HEADER;
      return { kind: 'committed', outcomes, header, activities: reading.activities() };
    }
    const result = await store.commit(identity.pk, writes);
    return result === 'committed'
      ? { kind: 'committed', outcomes, header: reading.header(), activities: reading.activities() }
      : { kind: 'conflict' };
  }
}

function fits(writes: readonly Write<StoredCustomerDocument>[]): boolean {
  if (writes.length > BATCH_OPERATIONS_MAX) return false;
  const replaced = writes.filter(({ etag }) => etag !== null).length;
  return replaced <= REPLACED_UNMEASURED_MAX || bytesOf(writes) <= BATCH_BYTES_MAX;
}

function bytesOf(writes: readonly Write<StoredCustomerDocument>[]): number {
  return writes.reduce((sum, { document }) => sum + utf8Length(JSON.stringify(document)), 0);
}
