// Walks and writes encoded AMQP 1.0 values (OASIS AMQP 1.0, part 1) without losing their types.
// It must never copy or re-encode a value it was only asked to find.

/** The bytes are not a well-formed AMQP 1.0 value: the sender's mistake, never the broker's. */
export class AmqpDecodeError extends Error {
  override readonly name = 'AmqpDecodeError';
}

/** A key and value of an encoded map, as positions in the buffer it was read from. */
export type MapEntry = { readonly key: string; readonly start: number; readonly end: number };

/** No message describes a description of a description; deeper nesting is an attack or an error. */
const DEEPEST_DESCRIPTION = 4;
const DESCRIBED = 0x00;
const NULL = 0x40;
const LIST_EMPTY = 0x45;
const LIST_SMALL = 0xc0;
const LIST = 0xd0;
const MAP_SMALL = 0xc1;
const MAP = 0xd1;
const SMALL_ULONG = 0x53;

function byteAt(bytes: Buffer, offset: number): number {
  const byte = bytes[offset];
  if (byte === undefined) throw new AmqpDecodeError(`value ends early, at byte ${offset}`);
  return byte;
}

function wordAt(bytes: Buffer, offset: number): number {
  if (offset + 4 > bytes.length) throw new AmqpDecodeError(`value ends early, at byte ${offset}`);
  return bytes.readUInt32BE(offset);
}

/**
 * Where the value that starts at `offset` ends. The upper half of a format code tells the width
 * (AMQP 1.0, 1.2): fixed, or a size in one or four bytes.
 */
export function endOfValue(bytes: Buffer, offset: number, depth = 0): number {
  const code = byteAt(bytes, offset);
  if (depth > DEEPEST_DESCRIPTION) throw new AmqpDecodeError('descriptors nested too deeply');
  if (code === DESCRIBED) {
    return endOfValue(bytes, endOfValue(bytes, offset + 1, depth + 1), depth + 1);
  }
  const end = offset + 1 + widthOf(bytes, code, offset + 1);
  if (end > bytes.length) throw new AmqpDecodeError(`value at byte ${offset} ends too late`);
  return end;
}

function widthOf(bytes: Buffer, code: number, offset: number): number {
  const category = code >>> 4;
  if (category === 0x4) return 0;
  if (category >= 0x5 && category <= 0x9) return 2 ** (category - 5);
  if (category === 0xa || category === 0xc || category === 0xe) return 1 + byteAt(bytes, offset);
  if (category === 0xb || category === 0xd || category === 0xf) return 4 + wordAt(bytes, offset);
  throw new AmqpDecodeError(`unknown format code 0x${code.toString(16)}`);
}

/** The descriptor code of the described value at `offset`, and where its value starts. */
export function descriptorAt(
  bytes: Buffer,
  offset: number,
): { readonly code: number; readonly value: number } {
  if (byteAt(bytes, offset) !== DESCRIBED) throw new AmqpDecodeError('expected a described value');
  const format = byteAt(bytes, offset + 1);
  const value = endOfValue(bytes, offset + 1);
  if (format === SMALL_ULONG) return { code: byteAt(bytes, offset + 2), value };
  if (format === 0x80) return { code: Number(bytes.readBigUInt64BE(offset + 2)), value };
  throw new AmqpDecodeError('expected a numeric descriptor');
}

function itemsAt(
  bytes: Buffer,
  offset: number,
): { readonly first: number; readonly count: number } {
  const code = byteAt(bytes, offset);
  if (code === LIST_EMPTY) return { first: offset + 1, count: 0 };
  if (code === LIST_SMALL || code === MAP_SMALL) {
    return { first: offset + 3, count: byteAt(bytes, offset + 2) };
  }
  if (code === LIST || code === MAP) return { first: offset + 9, count: wordAt(bytes, offset + 5) };
  throw new AmqpDecodeError(`expected a list or map, got format code 0x${code.toString(16)}`);
}

/** Where each item of the list at `offset` starts, and after the last one where the list ends. */
export function listItems(bytes: Buffer, offset: number): readonly number[] {
  const { first, count } = itemsAt(bytes, offset);
  const starts = [first];
  for (let index = 0, at = first; index < count; index += 1) {
    at = endOfValue(bytes, at);
    starts.push(at);
  }
  return starts;
}

/** The entries of the map at `offset`, in order; `start` to `end` spans the value alone. */
export function mapEntries(bytes: Buffer, offset: number): readonly MapEntry[] {
  const starts = listItems(bytes, offset);
  const entries: MapEntry[] = [];
  for (let index = 0; index + 2 < starts.length; index += 2) {
    const [keyAt, start, end] = [starts[index], starts[index + 1], starts[index + 2]];
    if (keyAt === undefined || start === undefined || end === undefined) break;
    entries.push({ key: readText(bytes, keyAt) ?? '', start, end });
  }
  return entries;
}

/** The string or symbol at `offset`; undefined for any other type. */
export function readText(bytes: Buffer, offset: number): string | undefined {
  const code = byteAt(bytes, offset);
  const end = endOfValue(bytes, offset);
  if (code === 0xa1 || code === 0xa3) return bytes.toString('utf8', offset + 2, end);
  if (code === 0xb1 || code === 0xb3) return bytes.toString('utf8', offset + 5, end);
  return undefined;
}

/** The uint or timestamp at `offset` as a number; undefined for any other type. */
export function readNumber(bytes: Buffer, offset: number): number | undefined {
  const code = byteAt(bytes, offset);
  endOfValue(bytes, offset);
  if (code === 0x43) return 0;
  if (code === 0x52) return byteAt(bytes, offset + 1);
  if (code === 0x70) return bytes.readUInt32BE(offset + 1);
  if (code === 0x83) return Number(bytes.readBigInt64BE(offset + 1));
  return undefined;
}

/** The content of the binary at `offset`, sharing memory with `bytes`. */
export function readBinary(bytes: Buffer, offset: number): Buffer {
  const code = byteAt(bytes, offset);
  const end = endOfValue(bytes, offset);
  if (code === 0xa0) return bytes.subarray(offset + 2, end);
  if (code === 0xb0) return bytes.subarray(offset + 5, end);
  throw new AmqpDecodeError('expected binary data');
}

/** Whether the value at `offset` is null. */
export function isNull(bytes: Buffer, offset: number): boolean {
  return byteAt(bytes, offset) === NULL;
}

/** The one encoding of null. */
export const encodedNull: Buffer = Buffer.from([NULL]);

/** A uint (32 bits, unsigned). */
export function encodeUint(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = 0x70;
  bytes.writeUInt32BE(value, 1);
  return bytes;
}

/** An int (32 bits, signed). */
export function encodeInt(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = 0x71;
  bytes.writeInt32BE(value, 1);
  return bytes;
}

function encodeEightBytes(code: number, value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = code;
  bytes.writeBigInt64BE(BigInt(value), 1);
  return bytes;
}

/** A long (64 bits, signed). */
export function encodeLong(value: number): Buffer {
  return encodeEightBytes(0x81, value);
}

/** A timestamp from milliseconds since 1970. */
export function encodeTimestamp(milliseconds: number): Buffer {
  return encodeEightBytes(0x83, Math.floor(milliseconds));
}

function encodeText(smallCode: number, text: string): Buffer {
  const content = Buffer.from(text, 'utf8');
  if (content.length < 256)
    return Buffer.concat([Buffer.from([smallCode, content.length]), content]);
  const head = Buffer.alloc(5);
  head[0] = smallCode + 0x10;
  head.writeUInt32BE(content.length, 1);
  return Buffer.concat([head, content]);
}

/** A string in UTF-8. */
export function encodeString(text: string): Buffer {
  return encodeText(0xa1, text);
}

/** A symbol; `text` must be ASCII. */
export function encodeSymbol(text: string): Buffer {
  return encodeText(0xa3, text);
}

function encodeCompound(code: number, items: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(9);
  const size = items.reduce((sum, item) => sum + item.length, 4);
  head[0] = code;
  head.writeUInt32BE(size, 1);
  head.writeUInt32BE(items.length, 5);
  return Buffer.concat([head, ...items]);
}

/** A list of values that are already encoded. */
export function encodeList(items: readonly Buffer[]): Buffer {
  return encodeCompound(LIST, items);
}

/** A map of keys and values that are already encoded: key, value, key, value, … */
export function encodeMap(items: readonly Buffer[]): Buffer {
  return encodeCompound(MAP, items);
}

/** A value with its descriptor, such as a message section. */
export function encodeDescribed(code: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([DESCRIBED, SMALL_ULONG, code]), value]);
}

/** A value of the types an application property may have; anything else as its string form. */
function encodeScalar(value: unknown): Buffer {
  if (value === null || value === undefined) return encodedNull;
  if (typeof value === 'boolean') return Buffer.from([value ? 0x41 : 0x42]);
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return encodeLong(value);
    const bytes = Buffer.alloc(9);
    bytes[0] = 0x82;
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }
  if (value instanceof Date) return encodeTimestamp(value.getTime());
  return encodeString(typeof value === 'string' ? value : JSON.stringify(value));
}

/** An object as a map of strings to scalars; undefined when there is nothing in it. */
export function encodeProperties(properties: unknown): Buffer | undefined {
  if (typeof properties !== 'object' || properties === null) return undefined;
  const entries = Object.entries(properties);
  if (entries.length === 0) return undefined;
  return encodeMap(entries.flatMap(([key, value]) => [encodeString(key), encodeScalar(value)]));
}
