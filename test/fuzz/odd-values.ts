// Values nobody should send, for every place where something may stand, and what spoils a good one.
import fc from 'fast-check';
import type { JsonValue } from '../../domain/json.ts';

/** Texts that have broken somebody's program before, and any others. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '.',
    '..',
    '../../etc/passwd',
    '%',
    '%00',
    '\u0000',
    '\u202e',
    '\ufeff',
    '\ud800',
    '__proto__',
    'constructor',
    'toString',
    "' OR 1=1 --",
    '<script>alert(1)</script>',
    '${7*7}',
    '{{7*7}}',
    'null',
    'undefined',
    'true',
    'NaN',
    '-0',
    '1e309',
    '1.00000000000000000001',
    '9'.repeat(400),
    '2026-02-30',
    '0000-00-00',
    '2026-13-01T25:00:00Z',
    'usmf|C-0001',
    'x'.repeat(5_000),
    '１２３',
    '𝟙𝟚',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 300 }),
  fc.nat().map(String),
);

/** JSON that is valid and should not be here. */
export const oddJson: fc.Arbitrary<JsonValue> = fc.oneof(
  oddText,
  fc.constantFrom<JsonValue>(null, true, 0, -1, 0.1, 1e308, 2 ** 53, [], {}, [[]], [null]),
  fc.jsonValue({ maxDepth: 3 }).map((value): JsonValue => JSON.parse(JSON.stringify(value))),
  fc.integer({ min: 18, max: 300 }).map(nested),
);

function nested(depth: number): JsonValue {
  let value: JsonValue = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Something done to a value at one of its places. */
type Spoiling = {
  readonly place: number;
  readonly what: 'replace' | 'remove' | 'rename' | 'repeat';
  readonly value: JsonValue;
};

const spoiling: fc.Arbitrary<Spoiling> = fc.record({
  place: fc.nat(),
  what: fc.constantFrom('replace', 'remove', 'rename', 'repeat'),
  value: oddJson,
});

/** One of these values, spoiled at one to three places. */
export function spoiled(values: readonly JsonValue[]): fc.Arbitrary<JsonValue> {
  return fc
    .tuple(fc.constantFrom(...values), fc.array(spoiling, { minLength: 1, maxLength: 3 }))
    .map(([value, spoilings]) => spoilings.reduce(spoil, value));
}

function spoil(value: JsonValue, { place, what, value: odd }: Spoiling): JsonValue {
  const places = countPlaces(value);
  let left = place % places;
  const visit = (node: JsonValue): JsonValue => {
    const isHere = left === 0;
    left -= 1;
    if (isHere) return what === 'replace' ? odd : changed(node, what, odd);
    if (node === null || typeof node !== 'object') return node;
    if (isList(node)) return node.map(visit);
    return Object.fromEntries(
      Object.entries(node).map(([key, held]): [string, JsonValue] => [key, visit(held)]),
    );
  };
  return visit(value);
}

function changed(node: JsonValue, what: 'remove' | 'rename' | 'repeat', odd: JsonValue): JsonValue {
  if (node === null || typeof node !== 'object') return odd;
  if (isList(node)) return what === 'repeat' ? [...node, ...node] : node.slice(1);
  const [first, ...rest] = Object.entries(node);
  if (first === undefined) return odd;
  if (what === 'remove') return Object.fromEntries(rest);
  const name = typeof odd === 'string' ? odd : 'other';
  return Object.fromEntries([[name, first[1]], ...(what === 'repeat' ? [first] : []), ...rest]);
}

function countPlaces(value: JsonValue): number {
  if (value === null || typeof value !== 'object') return 1;
  const held = isList(value) ? value : Object.values(value);
  return held.reduce((sum: number, one) => sum + countPlaces(one), 1);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
