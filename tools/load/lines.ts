// Cuts a stream of bytes into lines and says where in the file each one stands. Never decodes or
// changes their bytes.
import { LINE_BYTES_MAX } from './limits.ts';

/** One line that is not blank. `end` is the offset behind its line break. */
export type Line = {
  /** Counted from 1, blank lines included. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
};

/** Where reading goes on: a byte offset and the number of the line that starts there. */
export type ReadFrom = { readonly offset: number; readonly line: number };

/** A line longer than any change may be: the file is not what it was taken for. */
export class LineTooLongError extends Error {
  readonly line: number;
  readonly offset: number;

  constructor(line: number, offset: number) {
    super(`the line is longer than ${LINE_BYTES_MAX} bytes`);
    this.name = 'LineTooLongError';
    this.line = line;
    this.offset = offset;
  }
}

const LINE_FEED = 0x0a;
const BLANK = new Set([0x20, 0x09, 0x0d]);
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * The lines of a file whose bytes, from `from.offset` on, come in blocks of any size. Blank lines
 * and a byte order mark at the start of the file are skipped. Throws {@link LineTooLongError}.
 */
export async function* linesOf(
  blocks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  from: ReadFrom = { offset: 0, line: 1 },
): AsyncGenerator<Line> {
  let number = from.line;
  let start = from.offset;
  let pending: Uint8Array[] = [];
  let pendingLength = 0;
  for await (const block of blocks) {
    let cut = 0;
    for (let at = block.indexOf(LINE_FEED); at >= 0; at = block.indexOf(LINE_FEED, cut)) {
      pending.push(block.subarray(cut, at));
      pendingLength += at - cut;
      const line = lineOf(pending, pendingLength, number, start, start + pendingLength + 1);
      if (line !== null) yield line;
      start += pendingLength + 1;
      number += 1;
      cut = at + 1;
      pending = [];
      pendingLength = 0;
    }
    pending.push(block.subarray(cut));
    pendingLength += block.length - cut;
    if (pendingLength > LINE_BYTES_MAX) throw new LineTooLongError(number, start);
  }
  const last = lineOf(pending, pendingLength, number, start, start + pendingLength);
  if (last !== null) yield last;
}

function lineOf(
  pieces: readonly Uint8Array[],
  length: number,
  number: number,
  start: number,
  end: number,
): Line | null {
  if (length > LINE_BYTES_MAX) throw new LineTooLongError(number, start);
  const joined = Buffer.concat(pieces, length);
  const bytes = start === 0 && hasByteOrderMark(joined) ? joined.subarray(3) : joined;
  return bytes.every((byte) => BLANK.has(byte)) ? null : { number, start, end, bytes };
}

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
}
