// Aging definitions: ordered buckets that cover every age in days exactly once (SPEC §3.3).
import type { JsonObject } from './json.ts';
import { objects, oneOf, text } from './row-reader.ts';
import { AGING_BASES, type AgingBasis } from './transaction-row.ts';

/** A bucket of ages in whole days, both ends included; a null end is unbounded. */
export type Bucket = {
  readonly label: string;
  readonly from: number | null;
  readonly to: number | null;
};

export type AgingDefinition = {
  readonly id: string;
  readonly name: string;
  readonly agedBy: AgingBasis;
  readonly buckets: readonly Bucket[];
};

/** The most buckets a definition may have (SPEC §3.3). */
export const BUCKETS_MAX = 12;

/** The definition of companies that name none (SPEC §3.3). */
export const DEFAULT_DEFINITION: AgingDefinition = {
  id: 'default',
  name: 'Default',
  agedBy: 'dueDate',
  buckets: [
    { label: 'Not due', from: null, to: 0 },
    { label: '1-30', from: 1, to: 30 },
    { label: '31-60', from: 31, to: 60 },
    { label: '61-90', from: 61, to: 90 },
    { label: '91-180', from: 91, to: 180 },
    { label: 'Over 180', from: 181, to: null },
  ],
};

/** The typed definition of a row. */
export function readAgingDefinition(row: JsonObject): AgingDefinition {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    agedBy: oneOf(row, 'agedBy', AGING_BASES),
    buckets: objects(row, 'buckets').map((bucket) => ({
      label: text(bucket, 'label'),
      from: boundOf(bucket, 'from'),
      to: boundOf(bucket, 'to'),
    })),
  };
}

function boundOf(bucket: JsonObject, field: string): number | null {
  const value = bucket[field];
  return typeof value === 'number' ? value : null;
}

/** Why buckets do not cover every age once, in a sentence; null when they do (SPEC §3.3). */
export function coverageProblem(buckets: readonly Bucket[]): string | null {
  const ordered = buckets.toSorted((a, b) => lowest(a) - lowest(b));
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (first === undefined || last === undefined) return 'There are no buckets.';
  for (const [index, bucket] of ordered.entries()) {
    if (lowest(bucket) > highest(bucket)) return `"${bucket.label}" ends before it begins.`;
    const next = ordered[index + 1];
    const problem = next === undefined ? null : seamProblem(bucket, next);
    if (problem !== null) return problem;
  }
  if (first.from !== null) return `Ages below ${first.from} days are in no bucket.`;
  return last.to === null ? null : `Ages above ${last.to} days are in no bucket.`;
}

function seamProblem(bucket: Bucket, next: Bucket): string | null {
  if (highest(bucket) >= lowest(next)) return `"${bucket.label}" and "${next.label}" overlap.`;
  if (highest(bucket) + 1 === lowest(next)) return null;
  return `Ages from ${highest(bucket) + 1} to ${lowest(next) - 1} days are in no bucket.`;
}

function lowest({ from }: Bucket): number {
  return from ?? Number.NEGATIVE_INFINITY;
}

function highest({ to }: Bucket): number {
  return to ?? Number.POSITIVE_INFINITY;
}

/** The index of the bucket an age falls in; a definition that was checked has one for every age. */
export function bucketOf(definition: AgingDefinition, age: number): number {
  const index = definition.buckets.findIndex(
    (bucket) => lowest(bucket) <= age && age <= highest(bucket),
  );
  if (index < 0) throw new Error(`no bucket for an age of ${age} days`);
  return index;
}

/** Indexes of the buckets, oldest first. */
export function oldestFirst(definition: AgingDefinition): number[] {
  const { buckets } = definition;
  return buckets
    .map((bucket, index) => ({ from: lowest(bucket), index }))
    .toSorted((a, b) => b.from - a.from)
    .map(({ index }) => index);
}
