// How far a file was sent: what the file beside it remembers between two runs. Pure.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FINGERPRINT_BYTES } from './limits.ts';

const count = z.int().nonnegative();

const position = z.object({
  /** The address it was sent to: another one starts from the beginning. */
  target: z.string(),
  /** Everything before this byte got its 202. */
  offset: count,
  /** The number of the line that starts there, from 1. */
  line: z.int().positive(),
  totals: z.object({ accepted: count, duplicates: count, rejected: count }),
  fingerprint: z.object({ size: count, hash: z.string() }),
});

export type Position = Readonly<z.infer<typeof position>>;
export type Fingerprint = Position['fingerprint'];

/** A range of bytes of a file, `end` excluded. */
export type ByteRange = { readonly start: number; readonly end: number };

/** The two ranges before an offset whose content a {@link Fingerprint} is taken of. */
export function fingerprintRanges(offset: number): readonly [ByteRange, ByteRange] {
  return [
    { start: 0, end: Math.min(offset, FINGERPRINT_BYTES) },
    { start: Math.max(0, offset - FINGERPRINT_BYTES), end: offset },
  ];
}

/** The fingerprint of a file of `size` bytes from the content of its {@link fingerprintRanges}. */
export function fingerprintOf(size: number, first: Uint8Array, last: Uint8Array): Fingerprint {
  return { size, hash: createHash('sha256').update(first).update(last).digest('hex') };
}

/** Whether it is still the same file; one that grew at its end is. */
export function isSameFile(then: Fingerprint, now: Fingerprint): boolean {
  return then.hash === now.hash && then.size <= now.size;
}

export function positionText(value: Position): string {
  return `${JSON.stringify(value)}\n`;
}

/** The position in a text; null when it is not one, as after a write that was cut off. */
export function parsePosition(text: string): Position | null {
  try {
    return position.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
