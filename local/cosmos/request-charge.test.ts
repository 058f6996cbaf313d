// The charge model against the published numbers.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chargeOfBatch,
  chargeOfCreateOrDelete,
  chargeOfQuery,
  chargeOfRead,
  chargeOfReplace,
} from './request-charge.ts';

const KILOBYTE = 1024;

describe('charges', () => {
  test.each([
    [0.5, 1, 4.95],
    [1, 1, 4.95],
    [2, 1.04, 6.29],
    [16, 1.67, 9.52],
    [72, 5.81, 28.86],
    [1024, 145.9, 625],
    [2048, 291.8, 1250],
  ])('of %f KB are those of the table or between them', (kilobytes, read, write) => {
    expect(chargeOfRead(kilobytes * KILOBYTE)).toBeCloseTo(read, 1);
    expect(chargeOfCreateOrDelete(kilobytes * KILOBYTE, 0)).toBeCloseTo(write, 1);
    expect(chargeOfReplace(kilobytes * KILOBYTE, 0)).toBeCloseTo(2 * write, 1);
  });

  test('add 0.2 per term created and 0.4 per term changed', () => {
    expect(chargeOfCreateOrDelete(KILOBYTE, 10)).toBe(6.95);
    expect(chargeOfReplace(KILOBYTE, 2)).toBe(10.7);
  });

  test('of queries are 3.2 RU for one document, 6 to 9 RU for a page of fifty small ones', () => {
    const page = (documents: number, bytes: number) =>
      chargeOfQuery({ documents, bytes, aggregatedEntries: 0 });
    expect(page(1, 700)).toBe(3.2);
    expect(page(50, 50 * 500)).toBeGreaterThan(6);
    expect(page(50, 50 * KILOBYTE)).toBeLessThan(9);
  });

  test('of batches are the sum', () => {
    expect(chargeOfBatch([4.95, 0.1, 0.2])).toBe(5.25);
  });

  test('never fall when a document grows', () => {
    const bytes = fc.integer({ min: 0, max: 3 * KILOBYTE * KILOBYTE });
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        expect(chargeOfRead(small)).toBeLessThanOrEqual(chargeOfRead(large));
        expect(chargeOfReplace(small, 0)).toBeLessThanOrEqual(chargeOfReplace(large, 0));
      }),
    );
  });
});
