import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodePosition, readPosition } from './cursor.ts';

function query(text: string): URLSearchParams {
  return new URLSearchParams(text);
}

describe('a cursor', () => {
  const LIST = 'open|20512|false';
  const LIKE = [0, ''];
  const position = fc.tuple(fc.integer(), fc.string({ unit: 'grapheme' }));
  const refused = { problem: { kind: 'invalid-parameter', parameter: 'cursor' } };

  test('comes back as the position it was made of, and needs no escaping in a URL', () => {
    fc.assert(
      fc.property(position, fc.string(), (some, list) => {
        const cursor = encodePosition(some, list);
        expect(cursor).toMatch(/^[\w-]+$/);
        fc.pre(cursor.length <= 8_192);
        expect(readPosition(query(`cursor=${cursor}`), list, LIKE)).toEqual({ value: some });
      }),
    );
    expect(readPosition(query(''), LIST, LIKE)).toEqual({ value: null });
  });

  test('of another list is refused', () => {
    fc.assert(
      fc.property(position, fc.string(), (some, list) => {
        fc.pre(list !== LIST);
        expect(
          readPosition(query(`cursor=${encodePosition(some, list)}`), LIST, LIKE),
        ).toMatchObject(refused);
      }),
    );
  });

  test('that no list ever returned is refused, whatever it is', () => {
    const text = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
      fc
        .anything()
        .map((value) => Buffer.from(JSON.stringify([LIST, value, value])).toString('base64url')),
    );
    fc.assert(
      fc.property(text, (cursor) => {
        const answer = readPosition(new URLSearchParams([['cursor', cursor]]), LIST, LIKE);
        expect(answer).toMatchObject(refused);
      }),
      { numRuns: 1_000 },
    );
    const long = encodePosition([1, 'x'.repeat(9_000)], LIST);
    expect(readPosition(query(`cursor=${long}`), LIST, LIKE)).toMatchObject(refused);
  });
});
