// How far the changes of a source have come (SPEC §2.2): of each company and entity the highest
// version that was accepted and applied, and about how many changes ended how. Of two of them the
// merge is the greatest, the latest and the sum, so that it does not matter who adds up when.
import { formatInstant, parseInstant } from './calendar.ts';
import type { Change, Entity } from './change.ts';
import type { Outcome } from './record.ts';
import { compareVersions, type Version } from './version.ts';

/** How changes ended. A change that comes twice counts twice: these are no exact numbers. */
export type Counts = {
  readonly applied: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly quarantined: number;
};

/** How long a change took from its `time` to being applied, and when that was (RFC 3339). */
export type Lag = { readonly appliedAt: string; readonly milliseconds: number };

/** The watermark of a source (without its epoch) and an entity in one company. */
export type Watermark = {
  readonly source: string;
  readonly entity: Entity;
  /** Highest version on the queue, and in the read models; null while there is none. */
  readonly accepted: Version | null;
  readonly applied: Version | null;
  /** Greatest `time` of the changes applied; null while there is none. */
  readonly updatedAt: string | null;
  /** Of the change that was applied last. */
  readonly lag: Lag | null;
  readonly counts: Counts;
};

/** What an answer about a company tells of the changes in it (SPEC §4). */
export type Freshness = {
  readonly updatedAt: string | null;
  /** Newest version applied, by source. */
  readonly sources: { readonly [source: string]: Version };
};

/** Sources one company has watermarks of: one document holds them all. Of more, the first by name. */
export const SOURCES_MAX = 50;

const NO_COUNTS: Counts = { applied: 0, duplicates: 0, conflicts: 0, quarantined: 0 };

/** What names a watermark within its company. */
export type WatermarkName = Pick<Watermark, 'source' | 'entity'>;

type Told = WatermarkName & Version;

/** The watermark of nothing. */
function nothingOf({ source, entity }: WatermarkName): Watermark {
  const none = { accepted: null, applied: null, updatedAt: null, lag: null };
  return { source, entity, ...none, counts: NO_COUNTS };
}

/** The watermark of one change that the queue has taken. */
export function watermarkOfAccepted({ source, entity, epoch, version }: Told): Watermark {
  return { ...nothingOf({ source, entity }), accepted: { epoch, version } };
}

/** The watermark of one change that came out so, at a moment in milliseconds since 1970. */
export function watermarkOfOutcome(
  change: Pick<Change, 'source' | 'entity' | 'epoch' | 'version' | 'time'>,
  outcome: Outcome,
  now: number,
): Watermark {
  const { epoch, version, time } = change;
  const nothing = nothingOf(change);
  // Whatever came of it, its record is at this version or beyond.
  const known = { ...nothing, applied: { epoch, version } };
  const lag = {
    appliedAt: formatInstant(now),
    // The clock of a source may be ahead of ours.
    milliseconds: Math.max(0, now - (parseInstant(time) ?? now)),
  };
  switch (outcome.kind) {
    case 'applied':
      return { ...known, updatedAt: time, lag, counts: { ...NO_COUNTS, applied: 1 } };
    case 'duplicate':
      return { ...known, counts: { ...NO_COUNTS, duplicates: 1 } };
    case 'conflict': {
      const news = outcome.won ? { updatedAt: time, lag } : {};
      return { ...known, ...news, counts: { ...NO_COUNTS, conflicts: 1 } };
    }
  }
}

/** The watermark of one change that went into quarantine. */
export function watermarkOfQuarantined(name: WatermarkName): Watermark {
  return { ...nothingOf(name), counts: { ...NO_COUNTS, quarantined: 1 } };
}

/** Both as one; they have one name. */
export function mergeWatermark(left: Watermark, right: Watermark): Watermark {
  return {
    source: left.source,
    entity: left.entity,
    accepted: greatestVersion(left.accepted, right.accepted),
    applied: greatestVersion(left.applied, right.applied),
    updatedAt: greatestText(left.updatedAt, right.updatedAt),
    lag: latest(left.lag, right.lag),
    counts: {
      applied: left.counts.applied + right.counts.applied,
      duplicates: left.counts.duplicates + right.counts.duplicates,
      conflicts: left.counts.conflicts + right.counts.conflicts,
      quarantined: left.counts.quarantined + right.counts.quarantined,
    },
  };
}

/** Two sets of watermarks of one company as one, by source and entity, each at most once. */
export function mergeWatermarks(
  left: readonly Watermark[],
  right: readonly Watermark[],
): readonly Watermark[] {
  const merged = new Map<string, Watermark>();
  for (const one of [...left, ...right]) {
    const key = `${one.entity} ${one.source}`;
    const other = merged.get(key);
    merged.set(key, other === undefined ? one : mergeWatermark(other, one));
  }
  const sorted = [...merged.values()].toSorted(compareNames);
  const sources = [...new Set(sorted.map(({ source }) => source))];
  const kept = new Set(sources.slice(0, SOURCES_MAX));
  return sorted.filter(({ source }) => kept.has(source));
}

/** Below zero when `left` comes first: by source, then entity. */
export function compareNames(left: WatermarkName, right: WatermarkName): number {
  if (left.source !== right.source) return left.source < right.source ? -1 : 1;
  if (left.entity !== right.entity) return left.entity < right.entity ? -1 : 1;
  return 0;
}

/** What an answer about the company of these watermarks tells. */
export function freshnessOf(watermarks: readonly Watermark[]): Freshness {
  const sources = new Map<string, Version>();
  let updatedAt: string | null = null;
  for (const watermark of watermarks) {
    updatedAt = greatestText(updatedAt, watermark.updatedAt);
    const newest = greatestVersion(sources.get(watermark.source) ?? null, watermark.applied);
    if (newest !== null) sources.set(watermark.source, newest);
  }
  const inOrder = [...sources].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { updatedAt, sources: Object.fromEntries(inOrder) };
}

function greatestVersion(left: Version | null, right: Version | null): Version | null {
  if (left === null || right === null) return left ?? right;
  return compareVersions(left, right) >= 0 ? left : right;
}

/** Times of one form compare as texts. */
function greatestText(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right;
  return left >= right ? left : right;
}

function latest(left: Lag | null, right: Lag | null): Lag | null {
  if (left === null || right === null) return left ?? right;
  if (left.appliedAt !== right.appliedAt) return left.appliedAt > right.appliedAt ? left : right;
  return left.milliseconds >= right.milliseconds ? left : right;
}
