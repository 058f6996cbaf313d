import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENTITIES } from './change.ts';
import {
  freshnessOf,
  mergeWatermarks,
  SOURCES_MAX,
  type Watermark,
  watermarkOfAccepted,
  watermarkOfOutcome,
  watermarkOfQuarantined,
} from './watermark.ts';

/** 2026-04-30T12:00:00Z */
const NOW = 1_777_550_400_000;
const CHANGE = {
  source: '/erp/a',
  entity: 'transaction',
  epoch: '1',
  version: '7',
  time: '2026-04-30T11:59:58.000Z',
} as const;

const version = fc.record({
  epoch: fc.constantFrom('1', '2', '10'),
  version: fc.constantFrom('9', '10', '123456789012345678901234567890'),
});
const change = fc
  .record({
    source: fc.constantFrom('/erp/a', '/erp/b'),
    entity: fc.constantFrom(...ENTITIES),
    at: version,
    time: fc.constantFrom('2026-01-01T00:00:00.000Z', CHANGE.time, '2027-01-01T00:00:00.000Z'),
  })
  .map(({ at, ...rest }) => ({ ...rest, ...at }));
const noted: fc.Arbitrary<Watermark> = fc.oneof(
  change.map(watermarkOfAccepted),
  change.map(watermarkOfQuarantined),
  fc
    .tuple(
      change,
      fc.constantFrom(
        { kind: 'applied' } as const,
        { kind: 'duplicate' } as const,
        { kind: 'conflict', won: true } as const,
        { kind: 'conflict', won: false } as const,
      ),
      fc.integer({ min: 0, max: 3 }),
    )
    .map(([one, outcome, seconds]) => watermarkOfOutcome(one, outcome, NOW + seconds * 1_000)),
);
const several = fc.array(noted, { maxLength: 12 });

describe('watermarks', () => {
  test('are the same whoever adds up, in whatever order and groups', () => {
    fc.assert(
      fc.property(several, several, several, (a, b, c) => {
        const merged = mergeWatermarks(a, mergeWatermarks(b, c));
        expect(mergeWatermarks(mergeWatermarks(c, a), b)).toEqual(merged);
        expect(mergeWatermarks(merged, [])).toEqual(merged);
      }),
    );
  });

  test('tell of each source and entity the greatest, and count every change once', () => {
    fc.assert(
      fc.property(several, (all) => {
        const merged = mergeWatermarks([], all);
        const total = (of: readonly Watermark[]) =>
          of.reduce((sum, { counts }) => {
            const { applied, duplicates, conflicts, quarantined } = counts;
            return sum + applied + duplicates + conflicts + quarantined;
          }, 0);
        expect(total(merged)).toBe(total(all));
        const names = merged.map(({ source, entity }) => `${source} ${entity}`);
        expect(names).toEqual([...new Set(names)].toSorted());
      }),
    );
  });

  test('compare versions as numbers, a larger epoch beating any version', () => {
    const [merged] = mergeWatermarks(
      [
        { ...CHANGE, version: '10' },
        { ...CHANGE, version: '9' },
      ].map(watermarkOfAccepted),
      [watermarkOfAccepted({ ...CHANGE, epoch: '2', version: '1' })],
    );
    expect(merged?.accepted).toEqual({ epoch: '2', version: '1' });
    expect(merged?.applied).toBeNull();
  });

  test('a duplicate says which version is known, and nothing new', () => {
    const at = { epoch: '1', version: '7' };
    const duplicate = watermarkOfOutcome(CHANGE, { kind: 'duplicate' }, NOW);
    expect(duplicate).toMatchObject({ applied: at, updatedAt: null, lag: null });
    const lost = watermarkOfOutcome(CHANGE, { kind: 'conflict', won: false }, NOW);
    expect(lost).toMatchObject({ applied: at, updatedAt: null, lag: null });
    const won = watermarkOfOutcome(CHANGE, { kind: 'conflict', won: true }, NOW);
    expect(won).toMatchObject({ applied: at, updatedAt: CHANGE.time, counts: { conflicts: 1 } });
  });

  test('the lag is that of the change applied last, and never below 0', () => {
    const applied = (time: string, now: number) =>
      watermarkOfOutcome({ ...CHANGE, time }, { kind: 'applied' }, now);
    const early = applied('2026-04-30T11:00:00.000Z', NOW);
    const late = applied(CHANGE.time, NOW + 1);
    const last = { appliedAt: '2026-04-30T12:00:00.001Z', milliseconds: 2_001 };
    expect(mergeWatermarks([late], [early])[0]?.lag).toEqual(last);
    expect(applied('2026-04-30T12:00:09.000Z', NOW).lag?.milliseconds).toBe(0);
  });

  test('are kept of the first sources by name, so that one document holds them', () => {
    const names = Array.from({ length: SOURCES_MAX + 5 }, (_, index) => `/erp/${100 + index}`);
    const all = names.map((source) => watermarkOfAccepted({ ...CHANGE, source }));
    const merged = mergeWatermarks(all.toReversed(), []);
    expect(merged.map(({ source }) => source)).toEqual(names.slice(0, SOURCES_MAX));
  });
});

test('the freshness of a company is the greatest of all its entities, by source', () => {
  const applied = (source: string, entity: Watermark['entity'], at: string, time: string) =>
    watermarkOfOutcome({ source, entity, epoch: '1', version: at, time }, { kind: 'applied' }, NOW);
  const watermarks = [
    applied('/erp/b', 'customer', '5', '2026-04-30T10:00:00.000Z'),
    applied('/erp/a', 'transaction', '9', '2026-04-29T10:00:00.000Z'),
    applied('/erp/a', 'settlement', '10', '2026-04-28T10:00:00.000Z'),
    watermarkOfAccepted({ ...CHANGE, source: '/erp/c' }),
  ];
  expect(freshnessOf(watermarks)).toEqual({
    updatedAt: '2026-04-30T10:00:00.000Z',
    sources: {
      '/erp/a': { epoch: '1', version: '10' },
      '/erp/b': { epoch: '1', version: '5' },
    },
  });
});
