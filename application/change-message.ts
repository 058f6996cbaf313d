// The message a request becomes on the queue `changes`: the changes of one customer (or of one
// company's reference data), in the order they were sent (DESIGN 5).
import type { Change, CompanyChange, CustomerChange } from '../domain/change.ts';
import type { JsonValue } from '../domain/json.ts';
import { customerKey, encodeKeyPart } from '../domain/key.ts';

/** The changes of one customer. */
export type CustomerMessage = {
  readonly company: string;
  readonly customer: string;
  readonly changes: readonly CustomerChange[];
};

export type ChangeMessage =
  | CustomerMessage
  | {
      readonly company: string;
      readonly customer: null;
      readonly changes: readonly CompanyChange[];
    };

/** Changes that were in quarantine, put on the queue again as they are. */
export type ReplayMessage = {
  readonly company: string;
  readonly customer: string | null;
  readonly isReplay: true;
  readonly changes: readonly JsonValue[];
};

/** The same for rows of a source, in any session. */
export type RowReplayMessage = {
  readonly kind: 'source-rows';
  readonly group: string;
  readonly isReplay: true;
  readonly rows: readonly JsonValue[];
};

/** Changes one message holds at most: what one transactional batch can take (DESIGN 5). */
export const CHANGES_PER_MESSAGE_MAX = 24;

/** Bytes of changes one message holds at most; the broker takes 256 KB with everything. */
export const MESSAGE_BYTES_MAX = 192 * 1024;

/** Whose changes a message holds: messages of one owner stay in order. */
export function ownerKey(change: Change): string {
  return 'customer' in change
    ? customerKey(change.company, change.customer)
    : encodeKeyPart(change.company);
}

/**
 * The session of an owner: one of a few shards, since a session per customer would drain quiet
 * customers at a crawl (DESIGN 6). Never a bare number, which the Functions host would turn into
 * one.
 */
export function sessionOf(owner: string, shards: number): string {
  // FNV-1a: spreads short, similar keys evenly.
  let hash = 0x811c9dc5;
  for (let index = 0; index < owner.length; index += 1) {
    hash = Math.imul(hash ^ owner.charCodeAt(index), 0x01000193);
  }
  return `s-${(hash >>> 0) % shards}`;
}
