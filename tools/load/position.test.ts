import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FINGERPRINT_BYTES } from './limits.ts';
import {
  fingerprintOf,
  fingerprintRanges,
  isSameFile,
  type Position,
  parsePosition,
  positionText,
} from './position.ts';

const count = fc.nat();
const positions: fc.Arbitrary<Position> = fc.record({
  target: fc.webUrl(),
  offset: count,
  line: fc.integer({ min: 1 }),
  totals: fc.record({ accepted: count, duplicates: count, rejected: count }),
  fingerprint: fc.record({ size: count, hash: fc.string() }),
});

describe('a position', () => {
  test('reads back as it was written', () => {
    fc.assert(
      fc.property(positions, (position) => {
        expect(parsePosition(positionText(position))).toEqual(position);
      }),
    );
  });

  test('is none when the text was cut off or is something else', () => {
    fc.assert(
      fc.property(positions, fc.nat(200), (position, length) => {
        const text = positionText(position).trimEnd();
        fc.pre(length < text.length);
        expect(parsePosition(text.slice(0, length))).toBeNull();
      }),
    );
    expect(parsePosition('[]')).toBeNull();
    expect(parsePosition('{"offset":-1}')).toBeNull();
  });
});

describe('a fingerprint', () => {
  const content = Buffer.from('x'.repeat(3 * FINGERPRINT_BYTES));
  const of = (bytes: Uint8Array, offset: number) => {
    const [first, last] = fingerprintRanges(offset);
    const part = ({ start, end }: { start: number; end: number }) => bytes.subarray(start, end);
    return fingerprintOf(bytes.length, part(first), part(last));
  };

  test('recognizes a file, also after it grew', () => {
    const then = of(content, 9000);

    expect(isSameFile(then, of(content, 9000))).toBe(true);
    expect(isSameFile(then, of(Buffer.concat([content, Buffer.from('more')]), 9000))).toBe(true);
  });

  test('notices other content at either end of what was sent, and a file that shrank', () => {
    const then = of(content, 9000);
    const changedAt = (offset: number) => {
      const bytes = Buffer.from(content);
      bytes[offset] = 0;
      return of(bytes, 9000);
    };

    expect(isSameFile(then, changedAt(0))).toBe(false);
    expect(isSameFile(then, changedAt(8999))).toBe(false);
    expect(isSameFile(then, of(content.subarray(0, 9500), 9000))).toBe(false);
  });
});
