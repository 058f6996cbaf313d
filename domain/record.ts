// What is stored of one record of a source: the newest row of each of its facets. A delete keeps
// its key and version for ever, so that an older row cannot bring the record back (SPEC §2.1).
import { type Change, KEYED_FACETS, MAIN_FACET, splitFacet } from './change.ts';
import { canonicalJson, inOrderOfNames, type JsonObject, type JsonValue } from './json.ts';
import { compareVersions, type Version } from './version.ts';

/** The newest row of one facet; a null row is a tombstone. */
export type Part = Version & {
  readonly time: string;
  readonly row: JsonObject | null;
  /** The row where a snapshot left its record out: what is left is a tombstone; see snapshot.ts. */
  readonly leftOut?: JsonObject;
  readonly causedBy?: string;
};

/** Parts by facet, in the order of their names. */
export type Parts = { readonly [facet: string]: Part };

/** What every document of a record has, whatever its entity. */
export type RecordDocument<Kind extends string> = {
  readonly id: string;
  readonly kind: Kind;
  readonly source: string;
  readonly record: string;
  readonly parts: Parts;
  /** Greatest time of the parts; null for a record that is only referred to so far. */
  readonly changedAt: string | null;
  /** The snapshots that carried the record; absent where none did. */
  readonly carried?: readonly string[];
};

/**
 * `applied`: the row is now the newest. `duplicate`: same version and content, or older.
 * `conflict`: same version, other content; `won` tells whether the stored row gave way.
 */
export type Outcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'conflict'; readonly won: boolean };

/** Gives the hash, in hexadecimal, of a canonical text. */
export type Hash = (canonicalText: string) => string;

/** The parts after a change; the same object when the change brought nothing new. */
export function withChange(
  parts: Parts,
  change: Change,
  hash: Hash,
): { readonly outcome: Outcome; readonly parts: Parts } {
  // A facet may be named like something every object has.
  const stored = Object.hasOwn(parts, change.facet) ? parts[change.facet] : undefined;
  const incoming = partOf(change);
  if (stored === undefined) {
    return { outcome: { kind: 'applied' }, parts: put(parts, change.facet, incoming) };
  }
  const order = compareVersions(incoming, stored);
  if (order < 0) return { outcome: { kind: 'duplicate' }, parts };
  if (order > 0) {
    return { outcome: { kind: 'applied' }, parts: put(parts, change.facet, incoming) };
  }
  return settleTie(parts, change.facet, stored, incoming, hash);
}

function settleTie(
  parts: Parts,
  facet: string,
  stored: Part,
  incoming: Part,
  hash: Hash,
): { readonly outcome: Outcome; readonly parts: Parts } {
  const [storedText, incomingText] = [contentOf(stored), contentOf(incoming)];
  if (storedText === incomingText) {
    // Told twice with two times: the earlier one stays, in whatever order they come.
    const earlier = incoming.time < stored.time;
    const kept = earlier ? put(parts, facet, incoming) : parts;
    return { outcome: { kind: 'duplicate' }, parts: kept };
  }
  const won =
    (stored.row === null) === (incoming.row === null)
      ? hash(incomingText) > hash(storedText)
      : incoming.row === null;
  return { outcome: { kind: 'conflict', won }, parts: won ? put(parts, facet, incoming) : parts };
}

function contentOf({ row, causedBy }: Part): string {
  return canonicalJson(causedBy === undefined ? { row } : { row, causedBy });
}

function partOf({ epoch, version, time, row, causedBy }: Change): Part {
  const part = { epoch, version, time, row };
  return causedBy === undefined ? part : { ...part, causedBy };
}

function put(parts: Parts, facet: string, part: Part): Parts {
  const facets = Object.keys(parts);
  if (facets.length === 0 || (facets.length === 1 && facets[0] === facet)) return { [facet]: part };
  return inOrderOfNames(Object.entries({ ...parts, [facet]: part }));
}

/**
 * The row of a record: its main facet, overlaid by the others in the order of their names. Null
 * while the main facet is not known, and when it was deleted.
 */
export function rowOf({ parts }: { readonly parts: Parts }): JsonObject | null {
  const main = parts[MAIN_FACET]?.row ?? null;
  if (main === null || Object.keys(parts).length === 1) return main;
  const merged: Record<string, JsonValue> = { ...main };
  const gathered: Record<string, JsonValue[]> = {};
  for (const [facet, { row }] of Object.entries(parts)) {
    if (facet === MAIN_FACET || row === null) continue;
    const { name, key } = splitFacet(facet);
    const keyed = key === null ? undefined : KEYED_FACETS[name];
    if (keyed === undefined) Object.assign(merged, row);
    else if ('gatheredIn' in keyed) (gathered[keyed.gatheredIn] ??= []).push(row);
    else if (main[keyed.selectedBy] === key) Object.assign(merged, row);
  }
  return Object.assign(merged, gathered);
}

/** The greatest time of the parts; null when there is none. */
export function changedAtOf(parts: Parts): string | null {
  let greatest: string | null = null;
  for (const { time } of Object.values(parts)) {
    if (greatest === null || time > greatest) greatest = time;
  }
  return greatest;
}
