// How a command is named (SPEC §4, §5): its id carries the partition it is stored in, and its key is
// made from who asked and with which Idempotency-Key, so that a request that comes again finds it.
import { customerKey } from '../key.ts';
import type { Hash } from '../record.ts';

/** Where a command is stored: the partition of its customer, and its key within it. */
export type CommandPlace = { readonly pk: string; readonly key: string };

/** Hexadecimal digits of a key: 128 bits of a hash. */
const KEY_LENGTH = 32;
const KEY = new RegExp(`^[0-9a-f]{${KEY_LENGTH}}$`);
/** Characters of an id at most: those of the longest names, whatever they are encoded as. */
const ID_LENGTH_MAX = 4_096;

/** The key of what a user asks for with an Idempotency-Key: keys of two users never meet. */
export function commandKey(user: string, idempotencyKey: string, hash: Hash): string {
  return hash(JSON.stringify([user, idempotencyKey])).slice(0, KEY_LENGTH);
}

/** The id of a command in the API and in messages: opaque, and safe in an address. */
export function commandId(company: string, customer: string, key: string): string {
  const text = `${customerKey(company, customer)}|${key}`;
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Where the command of an id is stored; null for a text that is no id of a command. */
export function commandPlace(id: string): CommandPlace | null {
  if (id.length > ID_LENGTH_MAX || !/^[\w-]+$/.test(id)) return null;
  const text = asciiOf(id);
  const at = text?.lastIndexOf('|') ?? -1;
  if (text === null || at < 0) return null;
  const [pk, key] = [text.slice(0, at), text.slice(at + 1)];
  const [company = '', customer = '', more] = pk.split('|');
  const isPlace = KEY.test(key) && company !== '' && customer !== '' && more === undefined;
  return isPlace ? { pk, key } : null;
}

function asciiOf(id: string): string | null {
  const base64 = id.replaceAll('-', '+').replaceAll('_', '/');
  try {
    const text = atob(base64);
    // One id for one command: other spellings of the same bits are none.
    return btoa(text).replaceAll('=', '') === base64 ? text : null;
  } catch {
    return null;
  }
}

/** The id of a command's document. */
export function commandDocumentId(key: string): string {
  return `command|${key}`;
}
