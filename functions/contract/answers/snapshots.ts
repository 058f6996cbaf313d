// The answer of …/changes/snapshots (SPEC §2.1).
import type { Snapshot } from '../../../application/snapshots/list-snapshots.ts';
import type { AnswerOf } from './answer-of.ts';
import type { snapshotList } from './snapshots-schema.ts';

/** A page of snapshots; `cursor` is null on the last. */
export function snapshotListAnswer(
  items: readonly Snapshot[],
  cursor: string | null,
): AnswerOf<typeof snapshotList> {
  return {
    items: items.map(({ company, entity, source, epoch, snapshotId, state, run, ...told }) => ({
      company,
      entity,
      source: `${source}/${epoch}`,
      snapshotId,
      state,
      startedAt: told.startedAt,
      completedAt: told.completedAt,
      rowCount: told.rowCount,
      carried: told.carried,
      highWaterVersion: told.highWaterVersion,
      customers:
        run === null
          ? null
          : {
              state: run.state,
              enqueued: run.enqueued,
              done: run.done,
              failed: run.failed,
              failures: [...run.failures],
            },
    })),
    cursor,
  };
}
