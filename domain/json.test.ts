import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, inOrderOfNames, type JsonValue } from './json.ts';

/** What JSON.parse gives: no undefined, no negative zero. */
const json: fc.Arbitrary<JsonValue> = fc.json().map((text) => JSON.parse(text));

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The same value with the keys of every object the other way round. */
function reordered(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(reordered);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reordered(member)]),
  );
}

describe('canonical JSON', () => {
  test('is JSON of the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(isDeepStrictEqual(JSON.parse(canonicalJson(value)), value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(reordered(value))).toBe(canonicalJson(value));
      }),
      { numRuns: 500 },
    );
  });

  test('is equal for equal values only', () => {
    const few = fc
      .jsonValue({ maxDepth: 2 })
      .map((value): JsonValue => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(few, few, (left, right) => {
        const same = canonicalJson(left) === canonicalJson(right);
        expect(same).toBe(isDeepStrictEqual(left, right));
      }),
      { numRuns: 500 },
    );
  });

  // RFC 8785 §3.2: numbers as ECMAScript writes them, keys by UTF-16 code units.
  test.each([
    ['{"b":1,"a":[ 3, {"d":null,"c":true} ]}', '{"a":[3,{"c":true,"d":null}],"b":1}'],
    ['[1.0, 1e30, 4.50, 2e-3, 0.000000000000000000000000001]', '[1,1e+30,4.5,0.002,1e-27]'],
    [
      '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5}',
      '{"\\r":2,"1":4,"€":1,"😀":5,"\ufb33":3}',
    ],
    ['{"constructor":1,"toString":2}', '{"constructor":1,"toString":2}'],
    ['"\\u000f\\"\\\\/"', '"\\u000f\\"\\\\/"'],
    ['-0', '0'],
  ])('of %s', (text, canonical) => {
    expect(canonicalJson(JSON.parse(text))).toBe(canonical);
  });
});

test('members in order of names: the same text, whatever order they came in', () => {
  const name = fc.constantFrom('a', 'B', 'é', '|', '__proto__', 'toString');
  const members = fc.uniqueArray(fc.tuple(name, fc.nat()), { selector: ([key]) => key });
  fc.assert(
    fc.property(members, (some) => {
      const text = JSON.stringify(inOrderOfNames(some));
      expect(JSON.stringify(inOrderOfNames(some.toReversed()))).toBe(text);
      expect(Object.entries(inOrderOfNames(some))).toHaveLength(some.length);
    }),
    { numRuns: 200 },
  );
});
