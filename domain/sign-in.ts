// What comes of an access token (SPEC §7): somebody is signed in, or the token is refused.
import type { Caller } from './access.ts';

/** What is wrong with an access token. */
export type RefusedToken =
  | 'malformed'
  | 'algorithm'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'not-yet-valid'
  | 'claims';

export type SignIn =
  | { readonly kind: 'signed-in'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly reason: RefusedToken };
