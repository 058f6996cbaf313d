// What a link address names. Service Bus compares addresses case-insensitively.
// It must never guess: an address that is not one of the known forms names nothing.

/** What an address names; `entity`, in lower case, is a queue, a topic or a subscription. */
export type Address =
  | { readonly kind: 'token-service' }
  | { readonly kind: 'entity'; readonly entity: string; readonly deadLetter: boolean }
  | { readonly kind: 'management'; readonly entity: string; readonly deadLetter: boolean };

const TOKEN_SERVICE = '$cbs';
const MANAGEMENT = '/$management';
const DEAD_LETTER = '/$deadletterqueue';

/**
 * Reads `$cbs`, `entity`, `entity/$DeadLetterQueue` and either with `/$management` behind it; the
 * entity of a subscription is `topic/Subscriptions/name`.
 */
export function parseAddress(address: string): Address {
  const lower = address.toLowerCase();
  if (lower === TOKEN_SERVICE) return { kind: 'token-service' };
  const isManagement = lower.endsWith(MANAGEMENT);
  const path = isManagement ? lower.slice(0, -MANAGEMENT.length) : lower;
  const deadLetter = path.endsWith(DEAD_LETTER);
  const entity = deadLetter ? path.slice(0, -DEAD_LETTER.length) : path;
  return { kind: isManagement ? 'management' : 'entity', entity, deadLetter };
}
