// How many records of a customer a snapshot has carried: kept with the customer, in the batch that
// marks the records, so that it is exact however often a row is told (SPEC §2.1, rowCount).
import type { CustomerEntity } from './change.ts';
import { encodeKeyPart } from './key.ts';
import type { RecordDocument } from './record.ts';
import type { SnapshotKey } from './snapshot.ts';

/** `record` is the snapshot's id, and there are no parts. */
export type SnapshotTally = RecordDocument<'tally'> & {
  readonly pk: string;
  readonly entity: CustomerEntity;
  readonly epoch: string;
  /** Records, each once. */
  readonly records: number;
};

type TallyKey = Omit<SnapshotKey, 'company'> & { readonly entity: CustomerEntity };

/** The id of a snapshot's tally within its customer. */
export function tallyId({ entity, source, epoch, snapshotId }: TallyKey): string {
  return `tally|${entity}|${encodeKeyPart(source)}|${epoch}|${encodeKeyPart(snapshotId)}`;
}

/** The tally with one record more; null where there is none yet. */
export function withCarriedRecord(
  stored: SnapshotTally | null,
  key: TallyKey,
  pk: string,
): SnapshotTally {
  if (stored !== null) return { ...stored, records: stored.records + 1 };
  const { entity, source, epoch, snapshotId } = key;
  return {
    id: tallyId(key),
    pk,
    kind: 'tally',
    source,
    record: snapshotId,
    parts: {},
    changedAt: null,
    entity,
    epoch,
    records: 1,
  };
}
