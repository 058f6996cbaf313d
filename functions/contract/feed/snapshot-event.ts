// The control events of a snapshot (SPEC §2.1): that it has begun, and that it is complete.
import * as z from 'zod';
import type { Rejection } from '../../../application/ingest-changes.ts';
import type { SnapshotEvent } from '../../../application/snapshots/snapshot-event.ts';
import type { Entity } from '../../../domain/change.ts';
import { withoutLeadingZeros } from '../../../domain/version.ts';
import { optional, recordKey, version } from './fields.ts';
import { COMPANY_LENGTH_MAX } from './limits.ts';
import { rejectionOf } from './rejection.ts';
import { FEED_ENTITIES } from './rows.ts';

const rowCount = z.number().refine((count) => Number.isSafeInteger(count) && count >= 0, {
  error: 'A row count is a whole number from 0: how many distinct records the snapshot carries.',
  params: { code: 'row-count-invalid' },
});

const shared = {
  snapshotId: recordKey,
  company: z.string().min(1).max(COMPANY_LENGTH_MAX),
  entity: z.string().refine((text) => entityNamed(text) !== undefined, {
    error: `An entity is one of ${FEED_ENTITIES.join(', ')}.`,
    params: { code: 'entity-unknown' },
  }),
};

/** What the data of each control event hold; a start may leave out what is not known yet. */
export const snapshotData = {
  started: z.looseObject({
    ...shared,
    rowCount: optional(rowCount),
    highWaterVersion: optional(version),
  }),
  completed: z.looseObject({ ...shared, rowCount, highWaterVersion: version }),
} as const;

type Control = keyof typeof snapshotData;

const CONTROLS: readonly Control[] = ['started', 'completed'];

/** The type of a control event. */
export function snapshotType(control: Control): string {
  return `erp.snapshot.${control}.v1`;
}

export const SNAPSHOT_TYPES = CONTROLS.map(snapshotType);

/** Which control event a type is; null when it is none. */
export function controlOf(type: string): Control | null {
  return CONTROLS.find((control) => snapshotType(control) === type) ?? null;
}

function entityNamed(text: string): Entity | undefined {
  return FEED_ENTITIES.find((known) => known === text);
}

type Origin = Pick<SnapshotEvent, 'source' | 'epoch' | 'time'>;

/** The control event of some data, or the one reason why it is none. */
export function readSnapshotEvent(
  control: Control,
  sent: unknown,
  origin: Origin,
): { readonly event: SnapshotEvent } | { readonly rejection: Rejection } {
  const parsed = snapshotData[control].safeParse(sent);
  if (!parsed.success) return { rejection: rejectionOf(parsed.error, sent, ['data']) };
  const { snapshotId, company, entity: name, rowCount: count, highWaterVersion } = parsed.data;
  const entity = entityNamed(name);
  if (entity === undefined) throw new Error('an entity passed its check and is none');
  const highWater = withoutLeadingZeros(highWaterVersion ?? '0');
  const key = { company, entity, snapshotId, ...origin };
  return { event: { control, ...key, version: highWater, rowCount: count ?? null } };
}
