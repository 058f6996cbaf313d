// How a command is named (SPEC §4, §5): its key is made from who asked and with which
// Idempotency-Key, so that a request that comes again finds it. Its id is that of its place.
import type { Hash } from '../record.ts';

/** Hexadecimal digits of a key: 128 bits of a hash. */
const KEY_LENGTH = 32;

/** The key of what a user asks for with an Idempotency-Key: keys of two users never meet. */
export function commandKey(user: string, idempotencyKey: string, hash: Hash): string {
  return hash(JSON.stringify([user, idempotencyKey])).slice(0, KEY_LENGTH);
}

/** The id of a command's document. */
export function commandDocumentId(key: string): string {
  return `command|${key}`;
}
