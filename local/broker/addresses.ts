// What a link address names. Service Bus compares addresses case-insensitively.
// It must never guess: an address that is not one of the known forms names nothing.

/** What an address names; `queue` is in lower case. */
export type Address =
  | { readonly kind: 'token-service' }
  | { readonly kind: 'queue'; readonly queue: string; readonly deadLetter: boolean }
  | { readonly kind: 'management'; readonly queue: string; readonly deadLetter: boolean };

const TOKEN_SERVICE = '$cbs';
const MANAGEMENT = '/$management';
const DEAD_LETTER = '/$deadletterqueue';

/** Reads `$cbs`, `queue`, `queue/$DeadLetterQueue` and either with `/$management` behind it. */
export function parseAddress(address: string): Address {
  const lower = address.toLowerCase();
  if (lower === TOKEN_SERVICE) return { kind: 'token-service' };
  const isManagement = lower.endsWith(MANAGEMENT);
  const entity = isManagement ? lower.slice(0, -MANAGEMENT.length) : lower;
  const deadLetter = entity.endsWith(DEAD_LETTER);
  const queue = deadLetter ? entity.slice(0, -DEAD_LETTER.length) : entity;
  return { kind: isManagement ? 'management' : 'queue', queue, deadLetter };
}
