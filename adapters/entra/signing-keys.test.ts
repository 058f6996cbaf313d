import { beforeEach, describe, expect, test } from 'vitest';
import { Unavailable } from '../../application/ports.ts';
import type { IdentityConfig } from '../config.ts';
import { authenticator } from './authenticate.ts';
import { CONFIG, type FakeIssuer, fakeIssuer, NOON } from './fake-issuer.ts';
import { ATTEMPTS_MAX } from './issuer-documents.ts';
import { COOL_DOWN, COOL_DOWN_AFTER_FAILURE, KEYS_FRESH, KEYS_USABLE } from './signing-keys.ts';

let issuer: FakeIssuer;
let elapsed = 0;

beforeEach(async () => {
  issuer = await fakeIssuer();
  elapsed = 0;
});

function signIn(config: IdentityConfig = CONFIG) {
  const ports = { fetch: issuer.fetch, now: () => NOON, elapsed: () => elapsed };
  return authenticator(config, ports);
}

const away = () => new TypeError('fetch failed');
const SIGNED_IN = { kind: 'signed-in' };
const REFUSED = { kind: 'refused', reason: 'signature' };

describe('keys', () => {
  test('are looked for with the first token, once for many at a time, and then kept', async () => {
    const authenticate = signIn();
    expect(issuer.requests).toEqual([]);
    const token = await issuer.sign();

    await Promise.all([authenticate(token), authenticate(token), authenticate(token)]);
    await authenticate(token);

    expect(issuer.requests).toEqual([
      `${CONFIG.issuer}/.well-known/openid-configuration`,
      'https://login.example/keys',
    ]);
  });

  test('are where the settings say', async () => {
    await signIn({ ...CONFIG, jwksUri: 'https://keys.example' })(await issuer.sign());
    expect(issuer.requests).toEqual(['https://keys.example']);
  });

  test('that are new are found after the cool-down, and old ones are gone then', async () => {
    const authenticate = signIn();
    const old = await issuer.sign();
    await authenticate(old);
    await issuer.rotate();
    const fresh = await issuer.sign();

    expect(await authenticate(fresh)).toEqual(REFUSED);
    elapsed += COOL_DOWN;

    expect(await authenticate(fresh)).toMatchObject(SIGNED_IN);
    expect(await authenticate(old)).toEqual(REFUSED);
  });

  test('are not fetched for every token with an unknown one', async () => {
    const authenticate = signIn();
    const token = await issuer.sign(undefined, 'unknown');
    for (let times = 0; times < 5; times += 1) await authenticate(token);
    expect(issuer.requests).toHaveLength(2);
  });

  test('that are old are fetched anew, without anyone waiting', async () => {
    const authenticate = signIn();
    const token = await issuer.sign();
    await authenticate(token);
    await issuer.rotate();
    elapsed += KEYS_FRESH;

    expect(await authenticate(token)).toMatchObject(SIGNED_IN);

    await expect.poll(() => issuer.requests.length).toBe(4);
    await expect.poll(() => authenticate(token)).toEqual(REFUSED);
  });
});

describe('an issuer that is away', () => {
  test('is told as such while no keys are known, and asked again after a while', async () => {
    const authenticate = signIn();
    const token = await issuer.sign();
    issuer.answer = away;

    await expect(authenticate(token)).rejects.toThrow(Unavailable);
    await expect(authenticate(token)).rejects.toThrow(Unavailable);
    expect(issuer.requests).toHaveLength(ATTEMPTS_MAX);

    issuer.answer = null;
    elapsed += COOL_DOWN_AFTER_FAILURE;
    expect(await authenticate(token)).toMatchObject(SIGNED_IN);
  });

  test('keeps nobody out whose key is known, until keys are too old to be used', async () => {
    const authenticate = signIn();
    const token = await issuer.sign();
    await authenticate(token);
    issuer.answer = away;

    elapsed = KEYS_USABLE - 1;
    expect(await authenticate(token)).toMatchObject(SIGNED_IN);
    elapsed = KEYS_USABLE + COOL_DOWN_AFTER_FAILURE;
    await expect(authenticate(token)).rejects.toThrow(Unavailable);
  });

  test('for one request is asked again', async () => {
    issuer.answer = () => {
      issuer.answer = null;
      return away();
    };
    expect(await signIn()(await issuer.sign())).toMatchObject(SIGNED_IN);
  });

  test.each([
    ['an error', () => new Response('', { status: 500 })],
    ['no JSON', () => new Response('<html>')],
    ['no object', () => Response.json(null)],
    ['another issuer’s configuration', () => Response.json({ issuer: 'https://evil.example' })],
    [
      'keys at an unsafe address',
      () => Response.json({ issuer: CONFIG.issuer, jwks_uri: 'http://login.example/keys' }),
    ],
    [
      'keys on this machine for an issuer elsewhere',
      () => Response.json({ issuer: CONFIG.issuer, jwks_uri: 'http://127.0.0.1/keys' }),
    ],
  ])('is one that answers with %s', async (_, answer) => {
    issuer.answer = answer;
    await expect(signIn()(await issuer.sign())).rejects.toThrow(Unavailable);
  });

  test.each([
    ['no key set', () => Response.json({ keys: 'none' })],
    ['nothing', () => Response.json({})],
  ])('is one whose keys are %s', async (_, answer) => {
    issuer.answer = answer;
    const config = { ...CONFIG, jwksUri: 'https://keys.example' };
    await expect(signIn(config)(await issuer.sign())).rejects.toThrow(Unavailable);
  });
});

test('an empty key set is an answer: nobody is signed in with it', async () => {
  issuer.answer = () => Response.json({ keys: [null, 7, 'x'] });
  const config = { ...CONFIG, jwksUri: 'https://keys.example' };
  expect(await signIn(config)(await issuer.sign())).toEqual(REFUSED);
});
