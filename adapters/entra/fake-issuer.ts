// An issuer for tests, without a network: it signs real tokens, and answers the requests that the
// key source makes, or fails to.
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import type { IdentityConfig } from '../config.ts';

/** 30 April 2026, noon, in milliseconds since 1970. */
export const NOON = 1_777_550_400_000;

export const CONFIG: IdentityConfig = {
  issuer: 'https://login.example/tenant/v2.0',
  audience: 'api',
  jwksUri: null,
};

export const CLAIMS: JWTPayload = {
  iss: CONFIG.issuer,
  aud: CONFIG.audience,
  exp: NOON / 1_000 + 600,
  nbf: NOON / 1_000 - 600,
  oid: 'object-1',
  sub: 'subject-1',
  preferred_username: 'Ann@contoso.example',
  name: 'Ann Agent',
  roles: ['Collections.Agent', 'Else'],
};

type Pair = { readonly kid: string; readonly privateKey: CryptoKey; readonly publicKey: CryptoKey };

export type FakeIssuer = {
  /** Addresses asked for, in order. */
  readonly requests: string[];
  /** Answers instead of the documents; null lets them be. */
  answer: ((url: string) => Response | Error) | null;
  /** Signs from now on with another key, and publishes only that. */
  rotate(): Promise<void>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  sign(claims?: JWTPayload, kid?: string): Promise<string>;
  /** The public key as text: what a forger has. */
  publicKeyText(): Promise<string>;
};

export async function fakeIssuer(algorithm: 'RS256' | 'ES256' = 'ES256'): Promise<FakeIssuer> {
  let generation = 0;
  const generate = async (): Promise<Pair> => {
    generation += 1;
    return { kid: `key-${generation}`, ...(await generateKeyPair(algorithm)) };
  };
  let pair = await generate();
  const jwk = async (): Promise<JWK> => ({
    ...(await exportJWK(pair.publicKey)),
    kid: pair.kid,
    use: 'sig',
  });
  const issuer: FakeIssuer = {
    requests: [],
    answer: null,
    async rotate() {
      pair = await generate();
    },
    async fetch(url) {
      issuer.requests.push(url);
      const answered = issuer.answer?.(url) ?? null;
      if (answered instanceof Error) throw answered;
      if (answered !== null) return answered;
      return url === `${CONFIG.issuer}/.well-known/openid-configuration`
        ? Response.json({ issuer: CONFIG.issuer, jwks_uri: 'https://login.example/keys' })
        : Response.json({ keys: [await jwk()] });
    },
    sign: (claims = CLAIMS, kid = pair.kid) =>
      new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid }).sign(pair.privateKey),
    publicKeyText: () => exportSPKI(pair.publicKey),
  };
  return issuer;
}
