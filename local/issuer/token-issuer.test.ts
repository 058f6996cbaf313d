import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AUDIENCE, startTokenIssuer } from './token-issuer.ts';

const issuer = await startTokenIssuer();

afterAll(() => issuer.close());

const configuration = z.object({ issuer: z.string(), jwks_uri: z.string() });

describe('the embedded issuer', () => {
  test('publishes where the keys are that its tokens are signed with', async () => {
    const response = await fetch(`${issuer.issuer}/.well-known/openid-configuration`);
    const { issuer: named, jwks_uri: keys } = configuration.parse(await response.json());
    const token = await issuer.sign({ user: 'ann@x.example', name: 'Ann', roles: ['Ops'] });

    const verified = await jwtVerify(token, createRemoteJWKSet(new URL(keys)), {
      issuer: named,
      audience: AUDIENCE,
    });

    expect(named).toBe(issuer.issuer);
    expect(verified.payload).toMatchObject({
      oid: 'ann@x.example',
      preferred_username: 'ann@x.example',
      name: 'Ann',
      roles: ['Ops'],
    });
  });

  test('publishes no private key, and nothing else', async () => {
    const text = await (await fetch(`${issuer.issuer}/keys`)).text();
    expect(text).toContain('"kty":"EC"');
    expect(text).not.toContain('"d":');
    expect((await fetch(`${issuer.issuer}/token`)).status).toBe(404);
    expect((await fetch(`${issuer.issuer}/keys`, { method: 'POST' })).status).toBe(404);
  });

  test('is on this machine only, and has a key of its own each time', async () => {
    const other = await startTokenIssuer();
    const keysOf = async ({ issuer: url }: typeof other) => (await fetch(`${url}/keys`)).text();
    expect(new URL(other.issuer).hostname).toBe('127.0.0.1');
    expect(await keysOf(other)).not.toBe(await keysOf(issuer));
    await other.close();
    await expect(fetch(other.issuer)).rejects.toThrow('fetch failed');
  });
});
