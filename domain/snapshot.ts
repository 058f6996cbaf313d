// Snapshots of a source (SPEC §2.1): which of a record's rows count once a snapshot is in effect. It
// is a function of facts alone – rows, in which snapshots a record was carried, and which snapshots
// are in effect – so that it does not matter which of them came first.
import { type Change, type Entity, MAIN_FACET } from './change.ts';
import { inOrderOfNames } from './json.ts';
import { encodeKeyPart } from './key.ts';
import type { Part, Parts } from './record.ts';
import { compareVersions, type Version } from './version.ts';

/** Which snapshot: ids are the source's own, for one entity of one company within one epoch. */
export type SnapshotKey = {
  readonly company: string;
  readonly entity: Entity;
  readonly source: string;
  readonly epoch: string;
  readonly snapshotId: string;
};

/** A snapshot in effect; its version is the high water: what is newer it does not speak of. */
export type Completion = Version & { readonly snapshotId: string; readonly time: string };

/** The newest snapshot in effect of each entity and source; see {@link completionKey}. */
export type Completions = { readonly [of: string]: Completion };

export const NO_COMPLETIONS: Completions = {};

/** The id of a snapshot's document within its company. */
export function snapshotDocumentId({ entity, source, epoch, snapshotId }: SnapshotKey): string {
  return `snapshot|${entity}|${encodeKeyPart(source)}|${epoch}|${encodeKeyPart(snapshotId)}`;
}

/** Under which name the newest snapshot in effect of an entity of a source is known. */
export function completionKey(entity: Entity, source: string): string {
  return `${entity}|${source}`;
}

/** The entity of a {@link completionKey}. */
export function entityOfKey(key: string): string {
  return key.slice(0, key.indexOf('|'));
}

/**
 * Whether `left` is the newer of two snapshots: by epoch and high water, then by the time it was
 * told to be complete, since a source in which nothing changed but deletes has the same high water.
 */
export function isNewerCompletion(left: Completion, right: Completion): boolean {
  const order = compareVersions(left, right);
  if (order !== 0) return order > 0;
  if (left.time !== right.time) return left.time > right.time;
  return left.snapshotId > right.snapshotId;
}

/** The newer of each; the same object when there is nothing newer. */
export function withCompletions(known: Completions, told: Completions): Completions {
  const newer = Object.entries(told).filter(([key, completion]) => {
    const before = known[key];
    return before === undefined || isNewerCompletion(completion, before);
  });
  return newer.length === 0
    ? known
    : inOrderOfNames(Object.entries({ ...known, ...Object.fromEntries(newer) }));
}

/** How a record remembers a snapshot it was carried in: the epoch, and the snapshot's id. */
function markOf({ epoch, snapshotId }: Pick<SnapshotKey, 'epoch' | 'snapshotId'>): string {
  return `${epoch}|${snapshotId}`;
}

/** The snapshot of a mark. */
export function snapshotOfMark(mark: string): Pick<SnapshotKey, 'epoch' | 'snapshotId'> {
  const at = mark.indexOf('|');
  return { epoch: mark.slice(0, at), snapshotId: mark.slice(at + 1) };
}

/** The snapshots a record was carried in, in order; the same object when it was known. */
export function withMark(
  carried: readonly string[],
  snapshot: Pick<SnapshotKey, 'epoch' | 'snapshotId'>,
): readonly string[] {
  const mark = markOf(snapshot);
  if (carried.includes(mark)) return carried;
  return [...carried, mark].toSorted((a, b) => (a < b ? -1 : 1));
}

/** The same after a change: a row of a snapshot marks its record, whatever its version. */
export function withMarkOf(
  carried: readonly string[],
  { epoch, snapshotId, row }: Pick<Change, 'epoch' | 'snapshotId' | 'row'>,
): readonly string[] {
  // A delete carries nothing.
  const isCarried = snapshotId !== undefined && row !== null;
  return isCarried ? withMark(carried, { epoch, snapshotId }) : carried;
}

/**
 * A record's parts as they count. A snapshot in effect that did not carry the record, and whose high
 * water is not below the row that makes it one, leaves a tombstone at the row's own version; the row
 * is kept within, since a newer snapshot may carry the record. The same object where nothing changes.
 */
export function judged(
  parts: Parts,
  carried: readonly string[],
  completion: Completion | undefined,
): Parts {
  const main = parts[MAIN_FACET];
  if (main === undefined || rowAsTold(main) === null) return parts;
  const isLeftOut =
    completion !== undefined &&
    compareVersions(main, completion) <= 0 &&
    !carried.includes(markOf(completion));
  if (isLeftOut === (main.leftOut !== undefined)) return parts;
  return { ...parts, [MAIN_FACET]: isLeftOut ? leaveOut(main) : partAsTold(main) };
}

function leaveOut(part: Part): Part {
  return part.row === null ? part : { ...part, row: null, leftOut: part.row };
}

/** The part as its source told it, whatever a snapshot says of its record. */
export function partAsTold(part: Part): Part {
  const { leftOut, ...rest } = part;
  return leftOut === undefined ? part : { ...rest, row: leftOut };
}

/** The parts as their source told them; the same object where no snapshot left any out. */
export function partsAsTold(parts: Parts): Parts {
  const main = parts[MAIN_FACET];
  return main?.leftOut === undefined ? parts : { ...parts, [MAIN_FACET]: partAsTold(main) };
}

function rowAsTold({ row, leftOut }: Part): Part['row'] {
  return leftOut ?? row;
}
