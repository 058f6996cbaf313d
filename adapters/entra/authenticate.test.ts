import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { authenticator, CLOCK_TOLERANCE } from './authenticate.ts';
import { CLAIMS, CONFIG, fakeIssuer, NOON } from './fake-issuer.ts';

const SECOND = 1_000;
const NOW = NOON / SECOND;
const issuer = await fakeIssuer();
const authenticate = authenticator(CONFIG, {
  fetch: issuer.fetch,
  now: () => NOON,
  elapsed: () => 0,
});

function refused(reason: string) {
  return { kind: 'refused', reason };
}

const without = (claim: string) =>
  Object.fromEntries(Object.entries(CLAIMS).filter(([name]) => name !== claim));

describe('a token', () => {
  test('tells the caller and the roles that are ours', async () => {
    expect(await authenticate(await issuer.sign())).toEqual({
      kind: 'signed-in',
      caller: {
        user: 'object-1',
        principalName: 'Ann@contoso.example',
        name: 'Ann Agent',
        roles: ['Collections.Agent'],
      },
    });
  });

  test('of a service has neither a name nor, perhaps, an object id', async () => {
    const { oid: _o, preferred_username: _p, name: _n, ...service } = CLAIMS;
    expect(await authenticate(await issuer.sign({ ...service, roles: 'Ops' }))).toEqual({
      kind: 'signed-in',
      caller: { user: 'subject-1', principalName: null, name: null, roles: [] },
    });
  });

  test('names the user by upn rather than by what is only preferred', async () => {
    const signedIn = await authenticate(await issuer.sign({ ...CLAIMS, upn: 'ann@x.example' }));
    expect(signedIn).toMatchObject({ caller: { principalName: 'ann@x.example' } });
  });

  test('signed with RSA is as good', async () => {
    const other = await fakeIssuer('RS256');
    const ports = { fetch: other.fetch, now: () => NOON, elapsed: () => 0 };
    const signedIn = await authenticator(CONFIG, ports)(await other.sign());
    expect(signedIn.kind).toBe('signed-in');
  });
});

describe('a token is refused', () => {
  test.each([
    ['of another issuer', { ...CLAIMS, iss: 'https://login.example/other/v2.0' }, 'issuer'],
    ['of no issuer', without('iss'), 'issuer'],
    ['for another audience', { ...CLAIMS, aud: 'another' }, 'audience'],
    ['for nobody', without('aud'), 'audience'],
    ['that has expired', { ...CLAIMS, exp: NOW - CLOCK_TOLERANCE }, 'expired'],
    ['that never expires', without('exp'), 'claims'],
    ['of the future', { ...CLAIMS, nbf: NOW + CLOCK_TOLERANCE + 1 }, 'not-yet-valid'],
    ['about nobody', { ...without('oid'), sub: '' }, 'claims'],
  ])('%s', async (_, claims, reason) => {
    expect(await authenticate(await issuer.sign(claims))).toEqual(refused(reason));
  });

  test('only when clocks differ by more than is tolerated', async () => {
    const close = { ...CLAIMS, exp: NOW - CLOCK_TOLERANCE + 1, nbf: NOW + CLOCK_TOLERANCE };
    expect(await authenticate(await issuer.sign(close))).toMatchObject({ kind: 'signed-in' });
  });

  test('without a signature', async () => {
    expect(await authenticate(new UnsecuredJWT(CLAIMS).encode())).toEqual(refused('algorithm'));
  });

  test('signed with the public key as if it were a secret', async () => {
    const secret = new TextEncoder().encode(await issuer.publicKeyText());
    const header = { alg: 'HS256', kid: 'key-1' };
    const token = await new SignJWT(CLAIMS).setProtectedHeader(header).sign(secret);
    expect(await authenticate(token)).toEqual(refused('algorithm'));
  });

  test('signed with a key of somebody else, under a known or an unknown name', async () => {
    const other = await fakeIssuer();
    expect(await authenticate(await other.sign(CLAIMS, 'key-1'))).toEqual(refused('signature'));
    expect(await authenticate(await other.sign(CLAIMS, 'key-9'))).toEqual(refused('signature'));
  });

  test('with other claims than were signed', async () => {
    const [header = '', , signature = ''] = (await issuer.sign()).split('.');
    const claims = { ...CLAIMS, roles: ['Ops'] };
    const forged = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(await authenticate(`${header}.${forged}.${signature}`)).toEqual(refused('signature'));
  });

  test.each(['', 'x', 'a.b', 'a.b.c', '..', 'e30.e30.', 'null.null.null', 'a.b.c.d.e'])(
    'that is none: “%s”',
    async (token) => {
      expect(await authenticate(token)).toMatchObject({ kind: 'refused' });
    },
  );

  test('that carries its own key, or says where to find one', async () => {
    const other = await fakeIssuer();
    const before = issuer.requests.length;
    const [, claims = '', signature = ''] = (await other.sign()).split('.');
    const own = {
      alg: 'ES256',
      kid: 'key-1',
      jku: 'https://evil.example/keys',
      jwk: { kty: 'EC' },
    };
    const header = Buffer.from(JSON.stringify(own)).toString('base64url');
    expect(await authenticate(`${header}.${claims}.${signature}`)).toEqual(refused('signature'));
    expect(issuer.requests.slice(before)).toEqual([]);
  });
});
