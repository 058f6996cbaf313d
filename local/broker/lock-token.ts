// Lock tokens: 16 bytes on the wire, a number inside. They must never match across two broker runs.
import { randomBytes } from 'node:crypto';

const PREFIX_BYTES = 8;
const TOKEN_BYTES = 16;
/** The byte order of a .NET GUID against that of a UUID; swapping twice gives the original. */
const guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** Encodes lock ids as delivery tags and reads them back. */
export class LockTokens {
  readonly #prefix = randomBytes(PREFIX_BYTES);

  /** The delivery tag of a lock. */
  encode(lockId: number): Buffer {
    const tag = Buffer.alloc(TOKEN_BYTES);
    this.#prefix.copy(tag);
    tag.writeBigUInt64BE(BigInt(lockId), PREFIX_BYTES);
    return tag;
  }

  /** The lock a delivery tag names; undefined for one of an earlier run or another origin. */
  decode(tag: Buffer): number | undefined {
    if (tag.length !== TOKEN_BYTES) return undefined;
    if (!tag.subarray(0, PREFIX_BYTES).equals(this.#prefix)) return undefined;
    return Number(tag.readBigUInt64BE(PREFIX_BYTES));
  }
}

/** A delivery tag from the UUID the SDK makes of it, and back. */
export function swapGuidOrder(bytes: Buffer): Buffer {
  return Buffer.from(guidOrder.map((index) => bytes[index] ?? 0));
}
