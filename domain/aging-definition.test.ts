import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Bucket,
  bucketOf,
  coverageProblem,
  DEFAULT_DEFINITION,
  oldestFirst,
  readAgingDefinition,
} from './aging-definition.ts';

function bucket(from: number | null, to: number | null): Bucket {
  return { label: `${from ?? '…'} to ${to ?? '…'}`, from, to };
}

/** How many buckets hold an age. */
function holding(buckets: readonly Bucket[], age: number): number {
  return buckets.filter(({ from, to }) => (from ?? age) <= age && age <= (to ?? age)).length;
}

const bound = fc.option(fc.integer({ min: -6, max: 6 }), { freq: 3 });
const anyBuckets = fc
  .array(fc.tuple(bound, bound), { maxLength: 5 })
  .map((some) => some.map(([from, to]) => bucket(from, to)));

/** Buckets that cover every age once, in any order. */
const coveringBuckets = fc
  .uniqueArray(fc.integer({ min: -9, max: 9 }), { maxLength: 11 })
  .map((some) => some.toSorted((a, b) => a - b))
  .chain((ends) => {
    const starts = [null, ...ends.map((end) => end + 1)];
    const buckets = starts.map((from, place) => bucket(from, ends[place] ?? null));
    return fc.shuffledSubarray(buckets, { minLength: buckets.length });
  });

/** Ages that show every seam of buckets whose bounds lie within -10 and 10. */
const AGES = Array.from({ length: 41 }, (_, index) => index - 20);

describe('the coverage of buckets', () => {
  test('is complete exactly when every age is in one bucket', () => {
    fc.assert(
      fc.property(fc.oneof(anyBuckets, coveringBuckets), (buckets) => {
        const isEmptyOne = buckets.some(
          ({ from, to }) => from !== null && to !== null && from > to,
        );
        const covers = AGES.every((age) => holding(buckets, age) === 1);
        expect(coverageProblem(buckets) === null).toBe(covers && !isEmptyOne);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['nothing', [], 'There are no buckets.'],
    ['a gap below', [bucket(0, 5), bucket(6, null)], 'Ages below 0 days are in no bucket.'],
    ['a gap above', [bucket(null, 5), bucket(6, 9)], 'Ages above 9 days are in no bucket.'],
    ['a gap', [bucket(null, 0), bucket(4, null)], 'Ages from 1 to 3 days are in no bucket.'],
    ['an overlap', [bucket(null, 1), bucket(1, null)], '"… to 1" and "1 to …" overlap.'],
    [
      'two without a lower end',
      [bucket(null, 1), bucket(null, null)],
      '"… to 1" and "… to …" overlap.',
    ],
  ])('names %s', (_, buckets, sentence) => {
    expect(coverageProblem(buckets)).toBe(sentence);
  });

  test('names no gap where there is none', () => {
    fc.assert(
      fc.property(anyBuckets, (buckets) => {
        const named = /^Ages (below|above) (-?\d+) days/.exec(coverageProblem(buckets) ?? '');
        fc.pre(named !== null);
        const age = Number(named?.[2]) + (named?.[1] === 'below' ? -1 : 1);
        expect(holding(buckets, age)).toBe(0);
      }),
      { numRuns: 1_000, examples: [[[bucket(null, 10), bucket(5, null), bucket(11, 20)]]] },
    );
  });
});

describe('a definition', () => {
  test('has a bucket for every age, and says which', () => {
    fc.assert(
      fc.property(coveringBuckets, fc.constantFrom(...AGES), (buckets, age) => {
        const definition = { ...DEFAULT_DEFINITION, buckets };
        expect(holding([buckets[bucketOf(definition, age)] ?? bucket(1, 0)], age)).toBe(1);
      }),
    );
  });

  test.each([
    [-400, 'Not due'],
    [0, 'Not due'],
    [1, '1-30'],
    [30, '1-30'],
    [31, '31-60'],
    [60, '31-60'],
    [61, '61-90'],
    [90, '61-90'],
    [91, '91-180'],
    [180, '91-180'],
    [181, 'Over 180'],
    [99_999, 'Over 180'],
  ])('by default puts an age of %d in %s', (age, label) => {
    expect(DEFAULT_DEFINITION.buckets[bucketOf(DEFAULT_DEFINITION, age)]?.label).toBe(label);
  });

  test('without a bucket for an age is a bug', () => {
    const definition = { ...DEFAULT_DEFINITION, buckets: [bucket(null, 0)] };
    expect(() => bucketOf(definition, 1)).toThrow('no bucket');
  });

  test('lists its buckets oldest first, wherever they stand', () => {
    fc.assert(
      fc.property(coveringBuckets, (buckets) => {
        const starts = oldestFirst({ ...DEFAULT_DEFINITION, buckets }).map(
          (index) => buckets[index]?.from ?? Number.NEGATIVE_INFINITY,
        );
        expect(starts).toEqual(starts.toSorted((a, b) => b - a));
        expect(new Set(starts).size).toBe(buckets.length);
      }),
    );
  });

  test('is read from its row, where an end that is left out is unbounded', () => {
    const row = {
      id: 'weekly',
      name: 'Weekly',
      agedBy: 'documentDate',
      buckets: [
        { label: 'new', to: 7 },
        { label: 'old', from: 8, to: null },
      ],
    };
    expect(readAgingDefinition(row)).toEqual({
      id: 'weekly',
      name: 'Weekly',
      agedBy: 'documentDate',
      buckets: [
        { label: 'new', from: null, to: 7 },
        { label: 'old', from: 8, to: null },
      ],
    });
  });
});
