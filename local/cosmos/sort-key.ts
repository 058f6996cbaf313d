// One text per JSON value whose plain binary order is the order Cosmos DB sorts values in.
// Keys are stored in the data file: changing the encoding makes older files unreadable.
import { isJsonObject } from './json.ts';
import type { Json } from './json.ts';

/**
 * First character of a key, ascending in the order ORDER BY puts types in: undefined, null, false,
 * true, number, string, array, object (Cosmos DB documentation, "ORDER BY clause").
 */
export const keyTag = {
  undefined: '0',
  null: '1',
  false: '2',
  true: '3',
  number: '4',
  string: '5',
  array: '6',
  object: '7',
} as const;

/** Keys of one comparable type: from `low` (included) up to `high` (not included). */
export type KeyInterval = { readonly low: string; readonly high: string };

/** Smallest key of any value that is defined. */
export const firstDefinedKey: string = keyTag.null;

/**
 * The key of a value; undefined has one as well, so that a key is never null. Equal values have
 * equal keys: objects whatever the order of their properties, 0 and -0 alike.
 */
export function sortKey(value: Json | undefined): string {
  if (value === undefined) return keyTag.undefined;
  if (value === null) return keyTag.null;
  if (value === true) return keyTag.true;
  if (value === false) return keyTag.false;
  if (typeof value === 'number') return keyTag.number + orderedNumber(value);
  if (typeof value === 'string') return keyTag.string + value;
  if (isJsonObject(value)) return keyTag.object + canonicalText(value);
  return keyTag.array + canonicalText(value);
}

/** Keys of the values comparable with this one; booleans are one type. Undefined has none. */
export function typeInterval(key: string): KeyInterval | undefined {
  switch (key.charAt(0)) {
    case keyTag.null:
      return { low: keyTag.null, high: keyTag.false };
    case keyTag.false:
    case keyTag.true:
      return { low: keyTag.false, high: keyTag.number };
    case keyTag.number:
      return { low: keyTag.number, high: keyTag.string };
    case keyTag.string:
      return { low: keyTag.string, high: keyTag.array };
    case keyTag.array:
      return { low: keyTag.array, high: keyTag.object };
    case keyTag.object:
      return { low: keyTag.object, high: '8' };
  }
  return undefined;
}

/** Compares two keys as SQLite does: by UTF-8 byte, where JavaScript goes by UTF-16 unit. */
export function compareSortKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Whether values of this key's type have an order; arrays and objects know only equality. */
export function hasOrder(key: string): boolean {
  return key >= firstDefinedKey && key < keyTag.array;
}

/** Keys of all strings that start with `prefix`. */
export function prefixInterval(prefix: string): KeyInterval {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.length > 0) {
    const last = points.pop() ?? 0;
    if (last === LAST_CODE_POINT) continue;
    // The successor of U+D7FF is U+E000: surrogates between them encode no character.
    const successor = last === BEFORE_SURROGATES ? AFTER_SURROGATES : last + 1;
    const high = keyTag.string + String.fromCodePoint(...points, successor);
    return { low: keyTag.string + prefix, high };
  }
  return { low: keyTag.string + prefix, high: keyTag.array };
}

/** The number, string, boolean or null a key stands for; undefined for every other key. */
export function scalarOfKey(key: string): Json | undefined {
  switch (key.charAt(0)) {
    case keyTag.null:
      return null;
    case keyTag.false:
      return false;
    case keyTag.true:
      return true;
    case keyTag.number:
      return numberOfOrdered(key.slice(1));
    case keyTag.string:
      return key.slice(1);
  }
  return undefined;
}

const LAST_CODE_POINT = 0x10_ffff;
const BEFORE_SURROGATES = 0xd7ff;
const AFTER_SURROGATES = 0xe000;
const SIGN_BIT = 0x8000_0000;
const HEX_DIGITS_PER_WORD = 8;

const float = new DataView(new ArrayBuffer(8));

// IEEE 754 doubles order like unsigned integers once negative ones are inverted and positive ones
// have their sign bit set.
function orderedNumber(value: number): string {
  float.setFloat64(0, value === 0 ? 0 : value);
  const upper = float.getUint32(0);
  const lower = float.getUint32(4);
  const negative = upper >= SIGN_BIT;
  return hexWord(negative ? ~upper : upper | SIGN_BIT) + hexWord(negative ? ~lower : lower);
}

function numberOfOrdered(digits: string): number {
  const upper = Number.parseInt(digits.slice(0, HEX_DIGITS_PER_WORD), 16);
  const lower = Number.parseInt(digits.slice(HEX_DIGITS_PER_WORD), 16);
  const negative = upper < SIGN_BIT;
  float.setUint32(0, (negative ? ~upper : upper & ~SIGN_BIT) >>> 0);
  float.setUint32(4, (negative ? ~lower : lower) >>> 0);
  return float.getFloat64(0);
}

function hexWord(word: number): string {
  return (word >>> 0).toString(16).padStart(HEX_DIGITS_PER_WORD, '0');
}

function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value === 0 ? 0 : value);
  const properties = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalText(value[name] ?? null)}`);
  return `{${properties.join(',')}}`;
}
