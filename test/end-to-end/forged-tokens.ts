// An issuer of access tokens in the tests' own hands, over HTTP as the app asks one, and every token
// that is almost right.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';

const ALGORITHM = 'ES256';
const AUDIENCE = 'api://arrears-tests';
const KEY_ID = 'current';

/** Makes tokens for a user with these roles. */
export type TokenMaker = (user: string, roles: readonly string[]) => Promise<string>;

export type OwnIssuer = {
  readonly issuer: string;
  readonly audience: string;
  readonly valid: TokenMaker;
  /** Tokens that are to be refused, by what is wrong with them. */
  readonly wrong: Readonly<Record<string, TokenMaker>>;
  close(): Promise<void>;
};

/** Starts the issuer on any free port of this machine. */
export async function startOwnIssuer(): Promise<OwnIssuer> {
  const [own, foreign] = await Promise.all([
    generateKeyPair(ALGORITHM),
    generateKeyPair(ALGORITHM),
  ]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: KEY_ID, alg: ALGORITHM, use: 'sig' };
  const server = createServer(({ url }, response) => {
    const isConfiguration = url === '/.well-known/openid-configuration';
    const documents = isConfiguration ? { issuer, jwks_uri: `${issuer}/keys` } : { keys: [jwk] };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(documents));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  const issuer = `http://127.0.0.1:${address.port}`;

  const claims = (user: string, roles: readonly string[]): JWTPayload => ({
    iss: issuer,
    aud: AUDIENCE,
    sub: user,
    oid: user,
    preferred_username: user,
    name: user,
    roles: [...roles],
    iat: seconds(0),
    nbf: seconds(-60),
    exp: seconds(600),
  });
  const signed =
    (changed: JWTPayload = {}, key = own.privateKey, kid = KEY_ID): TokenMaker =>
    (user, roles) =>
      new SignJWT({ ...claims(user, roles), ...changed })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .sign(key);
  return {
    issuer,
    audience: AUDIENCE,
    valid: signed(),
    wrong: {
      malformed: async () => 'e30.e30',
      expired: signed({ exp: seconds(-3_600) }),
      'not valid yet': signed({ nbf: seconds(3_600) }),
      'wrong audience': signed({ aud: 'api://other' }),
      'wrong issuer': signed({ iss: 'https://login.example/other/v2.0' }),
      'alg none': async (user, roles) => new UnsecuredJWT(claims(user, roles)).encode(),
      'forged signature': signed({}, foreign.privateKey),
      'unknown key': signed({}, foreign.privateKey, 'other'),
      'changed roles': async (user, roles) => {
        const [head, , signature] = (await signed()(user, ['Collections.Agent'])).split('.');
        const body = Buffer.from(JSON.stringify(claims(user, roles))).toString('base64url');
        return `${head}.${body}.${signature}`;
      },
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** So many seconds from now, as a token tells time. */
function seconds(fromNow: number): number {
  return Math.floor(Date.now() / 1_000) + fromNow;
}
