import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVERY_CUSTOMER, type Listed, listedPools, NO_LISTS, withLists } from './listing.ts';

const listed: fc.Arbitrary<Listed> = fc.record({
  records: fc.nat(2),
  pools: fc
    .subarray(['east', 'north', 'a\nb', 'a', 'b'])
    .map((pools) => new Map(pools.map((pool) => [pool, 1]))),
});

describe('lists a customer belongs on', () => {
  test('are that of all customers and those of its pools; none without records', () => {
    const pools = new Map([
      ['north', 2],
      ['east', 1],
    ]);
    expect(listedPools({ records: 3, pools })).toEqual([EVERY_CUSTOMER, 'east', 'north']);
    expect(listedPools({ records: 0, pools })).toEqual([]);
  });
});

describe('the memory of lists', () => {
  test('holds every list there may be a row on, until somebody forgets it', () => {
    fc.assert(
      fc.property(fc.array(listed, { minLength: 1 }), (states) => {
        let memory = NO_LISTS;
        let before: Listed = { records: 0, pools: new Map() };
        for (const [index, after] of states.entries()) {
          memory = withLists(memory, before, { ...after, revision: index + 1 }, false);
          before = after;
        }
        const ever = new Set(states.flatMap(listedPools));
        expect(memory.pools).toEqual([...ever].toSorted());
      }),
    );
  });

  test('takes the revision of a commit exactly when a row changed or the lists did', () => {
    fc.assert(
      fc.property(listed, listed, fc.boolean(), (before, after, isRowChanged) => {
        const known = { revision: 3, pools: listedPools(before) };
        const { revision } = withLists(known, before, { ...after, revision: 9 }, isRowChanged);
        const [was, is] = [listedPools(before), listedPools(after)];
        const moved = was.length !== is.length || was.some((pool) => !is.includes(pool));
        expect(revision).toBe(isRowChanged || moved ? 9 : 3);
      }),
    );
  });
});
