// Sign-in without a sign-in, outside the app (SPEC §7): the host puts a real token on requests
// that bring none, or that name a person. Any other Authorization header goes through as it is,
// an empty one included: that is how to send no token.
import type { Person, TokenIssuer } from './token-issuer.ts';
import { TOKEN_LIFETIME } from './token-issuer.ts';

const ROLES = ['Collections.Agent', 'Collections.Manager', 'Feed.Write', 'Ops'];

/** Who sends requests that bring no token; the first sample agent is linked to this user. */
export const DEVELOPER: Person = {
  user: 'developer@arrears.example',
  name: 'Developer',
  roles: ROLES,
};

/** `Bearer dev:<user>`, an agent, or `Bearer dev:<user>:<role>,<role>`. */
const NAMED = /^Bearer dev:([^:\s]+)(?::(\S*))?$/i;

/** Milliseconds a token is used again; long before it expires. */
const REUSED = (TOKEN_LIFETIME * 1_000) / 2;
/** People whose tokens are kept. */
const TOKENS_MAX = 1_000;

/** What a request's Authorization header becomes. */
export type SignIn = (authorization: string | undefined) => Promise<string>;

/** Signs in with tokens of the issuer. `elapsed` is a steady clock in milliseconds. */
export function developmentSignIn(
  issuer: Pick<TokenIssuer, 'sign'>,
  elapsed: () => number,
): SignIn {
  const tokens = new Map<string, { readonly token: Promise<string>; readonly at: number }>();
  return async (authorization) => {
    const person = authorization === undefined ? DEVELOPER : namedIn(authorization);
    if (person === null) return authorization ?? '';
    const key = JSON.stringify(person);
    const kept = tokens.get(key);
    if (kept !== undefined && elapsed() - kept.at < REUSED) return `Bearer ${await kept.token}`;
    if (tokens.size >= TOKENS_MAX) tokens.clear();
    const token = issuer.sign(person);
    tokens.set(key, { token, at: elapsed() });
    return `Bearer ${await token}`;
  };
}

function namedIn(authorization: string): Person | null {
  const [match, user = '', roles = 'Collections.Agent'] = NAMED.exec(authorization) ?? [];
  if (match === undefined) return null;
  return { user, name: user, roles: roles.split(',').filter((role) => role !== '') };
}
