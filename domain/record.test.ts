import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newestRows } from '../test/oracle/newest-rows.ts';
import { randomHistory } from '../test/support/random-changes.ts';
import type { CustomerChange } from './change.ts';
import { changedAtOf, type Hash, type Outcome, type Parts, rowOf, withChange } from './record.ts';

const hash: Hash = (text) => createHash('sha256').update(text).digest('hex');

const told: CustomerChange = {
  entity: 'customer',
  company: 'usmf',
  customer: 'C-1',
  source: '/erp/a',
  epoch: '1',
  record: 'r',
  version: '5',
  facet: 'main',
  time: '2026-01-05T00:00:00.000Z',
  row: { name: 'A' },
};

function after(...changes: readonly Partial<CustomerChange>[]) {
  let parts: Parts = {};
  const outcomes: Outcome['kind'][] = [];
  for (const change of changes) {
    const result = withChange(parts, { ...told, ...change }, hash);
    parts = result.parts;
    outcomes.push(result.outcome.kind);
  }
  return { parts, outcomes, row: rowOf({ parts }) };
}

describe('of the rows of a record', () => {
  test('those that count are the newest, whatever the order', () => {
    fc.assert(
      fc.property(randomHistory, (history) => {
        const records = Map.groupBy(history, ({ entity, source, record }) =>
          [entity, source, record].join(' '),
        );
        for (const changes of records.values()) {
          const expected = newestRows(changes)[0]?.fields ?? null;
          expect(after(...changes).row).toEqual(expected);
          expect(after(...changes.toReversed()).row).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a larger version wins, and one as large or smaller is a duplicate', () => {
    const newer = { version: '10', row: { name: 'B' } };
    expect(after({}, newer)).toMatchObject({ outcomes: ['applied', 'applied'], row: newer.row });
    expect(after(newer, {}, newer)).toMatchObject({
      outcomes: ['applied', 'duplicate', 'duplicate'],
      row: newer.row,
    });
  });

  test('a larger epoch beats any version', () => {
    const restored = { epoch: '2', version: '1', row: { name: 'B' } };
    expect(after({ version: '9'.repeat(38) }, restored).row).toEqual(restored.row);
    expect(after(restored, { version: '9'.repeat(38) }).row).toEqual(restored.row);
  });

  test('of one version a delete beats an upsert, and it is a conflict', () => {
    const deleted = { row: null };
    expect(after({}, deleted)).toMatchObject({ outcomes: ['applied', 'conflict'], row: null });
    expect(after(deleted, {})).toMatchObject({ outcomes: ['applied', 'conflict'], row: null });
  });

  test('of one version and other content the greater hash wins, and it is a conflict', () => {
    const rows = [{ name: 'A' }, { name: 'B' }];
    const winner = rows.toSorted((a, b) =>
      hash(JSON.stringify({ row: a })) < hash(JSON.stringify({ row: b })) ? -1 : 1,
    )[1];
    expect(after(...rows.map((row) => ({ row })))).toMatchObject({
      outcomes: ['applied', 'conflict'],
      row: winner,
    });
    expect(after(...rows.toReversed().map((row) => ({ row }))).row).toEqual(winner);
  });

  test('content that differs only in its writing is no conflict', () => {
    const [one, other] = [{ row: { a: 1, b: [2] } }, { row: { b: [2], a: 1.0 } }];
    expect(after(one, other).outcomes).toEqual(['applied', 'duplicate']);
  });

  test('the same told twice keeps the earlier time', () => {
    const earlier = { time: '2026-01-01T00:00:00.000Z' };
    expect(changedAtOf(after({}, earlier).parts)).toBe(earlier.time);
    expect(changedAtOf(after(earlier, {}).parts)).toBe(earlier.time);
  });
});

describe('a tombstone', () => {
  test('keeps out what is older, and gives way to what is newer', () => {
    const deleted = { version: '7', row: null };
    expect(after(deleted, {})).toMatchObject({ outcomes: ['applied', 'duplicate'], row: null });
    expect(after({}, deleted).row).toBeNull();
    expect(after(deleted, { version: '8' }).row).toEqual(told.row);
    expect(after(deleted).parts['main']).toMatchObject({ version: '7', row: null });
  });
});

describe('facets', () => {
  test('are versioned apart, and overlay main in the order of their names', () => {
    const parts = [
      { facet: 'b', version: '1', row: { name: 'from b', b: 1 } },
      { facet: 'a', version: '9', row: { name: 'from a', a: 1 } },
      { facet: 'main', version: '5', row: { name: 'main', main: 1 } },
    ];
    const merged = { name: 'from b', a: 1, b: 1, main: 1 };
    expect(after(...parts).row).toEqual(merged);
    expect(after(...parts.toReversed()).row).toEqual(merged);
    expect(after(...parts, { facet: 'b', version: '2', row: null }).row).toEqual({
      name: 'from a',
      a: 1,
      main: 1,
    });
  });

  test('are no row without main, or after it was deleted', () => {
    const part = { facet: 'a', row: { a: 1 } };
    expect(after(part).row).toBeNull();
    expect(after(part, { row: null }).row).toBeNull();
  });

  test('give the greatest of their times', () => {
    const late = { facet: 'a', version: '1', time: '2026-02-01T00:00:00.000Z' };
    expect(changedAtOf(after(late, {}).parts)).toBe(late.time);
    expect(changedAtOf({})).toBeNull();
  });

  test('may be named like something every object has', () => {
    expect(after({}, { facet: 'constructor', row: { a: 1 } }).row).toEqual({ name: 'A', a: 1 });
  });
});

describe('facets with keys', () => {
  const party = (key: string, name: string, version: string) => ({
    facet: `party:${key}`,
    version,
    row: { name },
  });

  test('count while main names them, however new the others are', () => {
    const parties = [party('1', 'One', '90'), party('2', 'Two', '7')];
    const main = { row: { name: 'A', party: '2' } };

    expect(after(main, ...parties).row).toEqual({ name: 'Two', party: '2' });
    expect(after(...parties, main).row).toEqual({ name: 'Two', party: '2' });
    expect(after(...parties, { row: { name: 'A' } }).row).toEqual({ name: 'A' });
  });

  test('are gathered into a list, those left out that were deleted', () => {
    const line = (key: string, row: CustomerChange['row'], version = '1') => ({
      entity: 'collectionLetter' as const,
      facet: `line:${key}`,
      version,
      row,
    });
    const told = after({ row: { number: 'L' } }, line('2', { amount: '2' }), line('1', null, '3'));

    expect(told.row).toEqual({ number: 'L', lines: [{ amount: '2' }] });
  });
});
