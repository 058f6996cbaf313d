// Ids of messages and sessions, which Service Bus takes up to a length.
import type { Hash } from '../../domain/record.ts';

/** Characters of an id of a message or a session. */
export const MESSAGE_KEY_LENGTH_MAX = 128;

/** The text itself, or a hash of one that is too long: the same for the same text. */
export function messageKey(text: string, hash: Hash): string {
  return text.length <= MESSAGE_KEY_LENGTH_MAX ? text : hash(text);
}
