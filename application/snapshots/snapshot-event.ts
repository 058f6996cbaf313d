// What a source tells of a snapshot as such: that it has begun, and that it is complete (SPEC §2.1).
import type { Entity } from '../../domain/change.ts';
import type { SnapshotKey } from '../../domain/snapshot.ts';
import type { Version } from '../../domain/version.ts';

/** A control event; its version is the high water. */
export type SnapshotEvent = SnapshotKey &
  Version & {
    readonly control: 'started' | 'completed';
    readonly entity: Entity;
    /** Distinct records the snapshot carries; null where a start does not say. */
    readonly rowCount: number | null;
    readonly time: string;
  };

export const SNAPSHOT_EVENTS = 'snapshot-events';

/** Control events of one company, on the queue `changes`. */
export type SnapshotEventsMessage = {
  readonly kind: typeof SNAPSHOT_EVENTS;
  readonly company: string;
  readonly customer: null;
  readonly events: readonly SnapshotEvent[];
};
