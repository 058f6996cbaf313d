// Cursors: where a page goes on, as an opaque text. A cursor belongs to the list it came from, which
// is everything that decides what follows what; one of another list is refused (SPEC §4).
import type { ListValue } from '../../domain/list-order.ts';
import { opaqueText, parseOpaqueArray } from './json-text.ts';
import { invalid, type Read } from './query.ts';

export const CURSOR_LENGTH_MAX = 8_192;

/** The problem of a cursor that this list did not return. */
export const UNKNOWN_CURSOR = invalid('cursor', 'cursor is not one this list returned.', [
  'the cursor of the last page',
]);

/** Values of the columns a list is sorted by, in the last item of a page. */
export type Position = readonly ListValue[];

/** The text of a position in a list. */
export function encodePosition(position: Position, list: string): string {
  return opaqueText([list, ...position]);
}

/** The cursor of a page, or null on the last. */
export function cursorOf(position: Position | null, list: string): string | null {
  return position === null ? null : encodePosition(position, list);
}

/** `cursor=`: a position with values like those of `example`; null on the first page. */
export function readPosition(
  query: URLSearchParams,
  list: string,
  example: Position,
): Read<Position | null> {
  const text = query.get('cursor');
  if (text === null) return { value: null };
  const position = decode(text, list, example);
  return position === null ? UNKNOWN_CURSOR : { value: position };
}

function decode(text: string, list: string, example: Position): Position | null {
  const [ofList, ...values] = parseOpaqueArray(text, CURSOR_LENGTH_MAX);
  if (ofList !== list || values.length !== example.length) return null;
  const position = values.filter(isListValue);
  const isLike = position.every((value, index) => typeof value === typeof example[index]);
  return isLike && position.length === example.length ? position : null;
}

function isListValue(value: unknown): value is ListValue {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value === 'string' || typeof value === 'boolean';
}
