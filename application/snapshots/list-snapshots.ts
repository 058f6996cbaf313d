// What became of the snapshots a source told of (SPEC §2.1): an incomplete one deletes nothing, and
// must be seen.
import { completionKey, type Completions, isNewerCompletion } from '../../domain/snapshot.ts';
import type { RunStore } from '../ports.ts';
import { type Progress, progressOf } from '../run.ts';
import {
  NOTHING_EFFECTIVE,
  recordsCarried,
  type SnapshotDocument,
  type SnapshotStore,
} from './snapshot-store.ts';

/**
 * `open`: rows or a start were told, no completion. `incomplete`: it was told to be complete, and has
 * not carried so many records. `inEffect`: what it did not carry is gone. `superseded`: it was in
 * effect, or would be, but for a newer one.
 */
export type SnapshotState = 'open' | 'incomplete' | 'inEffect' | 'superseded';

export type Snapshot = Pick<
  SnapshotDocument,
  'company' | 'entity' | 'source' | 'epoch' | 'snapshotId' | 'startedAt'
> & {
  readonly id: string;
  readonly state: SnapshotState;
  readonly completedAt: string | null;
  /** Null while nobody told. */
  readonly rowCount: number | null;
  readonly highWaterVersion: string | null;
  /** Distinct records carried so far. */
  readonly carried: number;
  /** The run that judges the customers by it; null for reference data, which needs none. */
  readonly run: Progress | null;
};

export type SnapshotReadPorts = {
  readonly snapshots: SnapshotStore;
  readonly runs: RunStore;
};

/** One page of a company's snapshots, by entity, source and id. Throws Unavailable. */
export async function listSnapshots(
  company: string,
  after: string | null,
  limit: number,
  { snapshots, runs }: SnapshotReadPorts,
): Promise<readonly Snapshot[]> {
  const [documents, stored] = await Promise.all([
    snapshots.list(company, after, limit),
    snapshots.effective(company),
  ]);
  const effective = stored?.document ?? NOTHING_EFFECTIVE;
  const found: Snapshot[] = [];
  // One after the other: a page is small, and each asks for a handful of documents.
  for (const document of documents) {
    const told = tellingCompletion(document);
    const state = stateOf(document, effective.completions);
    const key = completionKey(document.entity, document.source);
    const run = state === 'inEffect' ? effective.runs[key] : undefined;
    const { id, entity, source, epoch, snapshotId, startedAt, announced } = document;
    found.push({
      id,
      company,
      entity,
      source,
      epoch,
      snapshotId,
      state,
      startedAt,
      completedAt: told?.time ?? null,
      rowCount: told?.rowCount ?? announced,
      highWaterVersion: told?.version ?? null,
      carried: await recordsCarried(document, snapshots),
      run: run === undefined ? null : await progressOf(run, runs),
    });
  }
  return found;
}

/** Of the completions told that which counts: the newest in effect, else the newest. */
function tellingCompletion({ completions, epoch, snapshotId }: SnapshotDocument) {
  const all = Object.entries(completions).map(([version, told]) => ({
    ...told,
    version,
    epoch,
    snapshotId,
  }));
  const inEffect = all.filter(({ isInEffect }) => isInEffect);
  return (inEffect.length > 0 ? inEffect : all).reduce<(typeof all)[number] | null>(
    (newest, one) => (newest === null || isNewerCompletion(one, newest) ? one : newest),
    null,
  );
}

function stateOf(document: SnapshotDocument, effective: Completions): SnapshotState {
  const told = tellingCompletion(document);
  if (told === null) return 'open';
  const newest = effective[completionKey(document.entity, document.source)];
  if (newest !== undefined && isNewerCompletion(newest, told)) return 'superseded';
  return told.isInEffect ? 'inEffect' : 'incomplete';
}
