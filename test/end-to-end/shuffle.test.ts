import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinctOrders, shuffled } from './shuffle.ts';

describe('shuffled', () => {
  test('keeps every item and depends on the seed alone', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.integer(), (items, seed) => {
        const order = shuffled(items, seed);

        expect(order.toSorted()).toEqual(items.toSorted());
        expect(shuffled(items, seed)).toEqual(order);
      }),
    );
  });

  test('brings every order for one seed or another', () => {
    const orders = Array.from({ length: 300 }, (_, seed) => shuffled([1, 2, 3, 4], seed).join());

    expect(new Set(orders).size).toBe(24);
  });
});

describe('distinctOrders', () => {
  test('gives each order of a multiset once', () => {
    const orders = distinctOrders(['a', 'a', 'b', 'b', 'c', 'c']).map((order) => order.join(''));

    expect(orders).toHaveLength(90);
    expect(new Set(orders).size).toBe(90);
    expect(orders).toContain('cabbac');
  });
});
