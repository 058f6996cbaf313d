// What an issuer publishes of itself: its OpenID configuration, and in it where its keys are.
import type { JSONWebKeySet, JWK } from 'jose';
import type { IdentityConfig } from '../config.ts';
import { isLoopback } from '../loopback.ts';

/** Milliseconds one request to the issuer may take. */
export const REQUEST_TIMEOUT = 3_000;
/** Requests for one document before the issuer counts as away. */
export const ATTEMPTS_MAX = 2;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The keys the issuer signs with now; throws when they cannot be had, or are none. */
export async function fetchKeySet(config: IdentityConfig, fetch: Fetch): Promise<JSONWebKeySet> {
  const url = config.jwksUri ?? (await discoverKeys(config.issuer, fetch));
  const document = await fetchJson(url, fetch);
  const keys = document.get('keys');
  if (!Array.isArray(keys)) throw new Error('the issuer’s keys are no key set');
  return { keys: keys.filter(isKey) };
}

function isKey(value: unknown): value is JWK {
  return typeof value === 'object' && value !== null && 'kty' in value;
}

/** OpenID Connect Discovery 1.0 §4.3: the configuration must be of the issuer that was asked. */
async function discoverKeys(issuer: string, fetch: Fetch): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = await fetchJson(address, fetch);
  if (document.get('issuer') !== issuer) throw new Error('the configuration is another issuer’s');
  const url = document.get('jwks_uri');
  if (typeof url !== 'string' || !isAsSafe(url, issuer)) {
    throw new Error('the issuer’s keys are at no safe address');
  }
  return url;
}

/** Keys come over https, except from this machine to itself (SPEC §7). */
function isAsSafe(url: string, issuer: string): boolean {
  return url.startsWith('https://') || (isLoopback(issuer) && isLoopback(url));
}

async function fetchJson(url: string, fetch: Fetch): Promise<ReadonlyMap<string, unknown>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // A redirect could lead anywhere, also off https.
      const signal = AbortSignal.timeout(REQUEST_TIMEOUT);
      const response = await fetch(url, { redirect: 'error', signal });
      if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
      return new Map(Object.entries(Object(await response.json())));
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX) throw error;
    }
  }
}
