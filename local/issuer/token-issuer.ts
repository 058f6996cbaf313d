// The embedded token issuer: an OpenID provider on loopback that publishes its keys and signs
// access tokens shaped like those of Entra ID. Its key is fresh with every start.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Whom its tokens are made out for. */
export const AUDIENCE = 'api://arrears';

const LOOPBACK = '127.0.0.1';
const ALGORITHM = 'ES256';
/** Seconds a token is valid. */
export const TOKEN_LIFETIME = 3_600;

/** Whom a token is about. */
export type Person = {
  /** Stands for the object id and the user principal name alike. */
  readonly user: string;
  readonly name: string;
  readonly roles: readonly string[];
};

export type TokenIssuer = {
  /** Its address, as tokens name it. */
  readonly issuer: string;
  readonly audience: string;
  /** A signed access token, valid from now for {@link TOKEN_LIFETIME} seconds. */
  sign(person: Person): Promise<string>;
  close(): Promise<void>;
};

/** Starts an issuer on any free port. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const keys = { keys: [{ ...jwk, kid, alg: ALGORITHM, use: 'sig' }] };
  const documents = new Map<string, object>([['/keys', keys]]);
  const server = createServer(({ method, url = '' }, response) => {
    const document = method === 'GET' ? documents.get(url) : undefined;
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(document === undefined ? '' : JSON.stringify(document));
  });
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  const issuer = `http://${LOOPBACK}:${address.port}`;
  documents.set('/.well-known/openid-configuration', {
    issuer,
    jwks_uri: `${issuer}/keys`,
    id_token_signing_alg_values_supported: [ALGORITHM],
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
  });
  return {
    issuer,
    audience: AUDIENCE,
    sign: ({ user, name, roles }) =>
      new SignJWT({ oid: user, preferred_username: user, name, roles: [...roles], ver: '2.0' })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(user)
        .setIssuedAt()
        .setNotBefore('0s')
        .setExpirationTime(`${TOKEN_LIFETIME}s`)
        .sign(privateKey),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
