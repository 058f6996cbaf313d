import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { opaqueText } from '../json-text.ts';
import { CUSTOMER_LENGTH_MAX, RECORD_LENGTH_MAX, SOURCE_LENGTH_MAX } from '../feed/limits.ts';
import { decodeActivityId, encodeActivityId } from './activities.ts';

const key = (max: number) =>
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: max }).filter((text) => text.length <= max),
    fc.constantFrom('界'.repeat(max), '"'.repeat(max), '\u0001'.repeat(max)),
  );

describe('the id of an activity', () => {
  test('names it, whatever keys the feed takes, in letters that a path takes', () => {
    const name = fc.record({
      customer: key(CUSTOMER_LENGTH_MAX),
      source: key(SOURCE_LENGTH_MAX),
      record: key(RECORD_LENGTH_MAX),
    });
    fc.assert(
      fc.property(name, (one) => {
        const id = encodeActivityId(one);
        expect(id).toMatch(/^[\w-]+$/);
        expect(decodeActivityId(id)).toEqual(one);
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'x'],
    ['no array', opaqueText(['a']).slice(0, -2)],
    ['two parts', opaqueText(['a', 'b'])],
    ['four parts', opaqueText(['a', 'b', 'c', 'd'])],
    ['a number', opaqueText(['a', 'b', 7])],
    ['a customer that is too long', opaqueText(['a'.repeat(CUSTOMER_LENGTH_MAX + 1), 'b', 'c'])],
    ['a source that is too long', opaqueText(['a', 'b'.repeat(SOURCE_LENGTH_MAX + 1), 'c'])],
    ['a record that is too long', opaqueText(['a', 'b', 'c'.repeat(RECORD_LENGTH_MAX + 1)])],
    ['more than any', 'A'.repeat(100_000)],
  ])('is none with %s', (_, id) => {
    expect(decodeActivityId(id)).toBeNull();
  });

  test('is refused or a name for any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => decodeActivityId(text)).not.toThrow();
      }),
    );
  });
});
