// What every answer has in common, and what a browser of another origin is told.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';

const FRONT_END = 'http://localhost:5173';
let runtime: EmbeddedRuntime;

beforeAll(async () => {
  runtime = await startRuntime({
    data: ':memory:',
    port: 0,
    callsPerSecond: '1',
    origins: `${FRONT_END},https://collections.example`,
  });
});

afterAll(() => runtime.stop());

const call = (path: string, init: RequestInit = {}) => fetch(new URL(path, runtime.url), init);

describe('every answer', () => {
  test.each([
    ['/api/health', {}],
    ['/api/openapi.json', {}],
    ['/api/me', { authorization: '' }],
    ['/api/companies/none/pools', { authorization: 'Bearer dev:nobody:Collections.Manager' }],
  ])('%s says that it is no page, and for nobody to keep', async (path, headers) => {
    const response = await call(path, { headers });
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
    expect(response.headers.get('cache-control')).toMatch(/^(?:no-store|private, no-cache)$/);
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  test('an address that is too long is refused by its length', async () => {
    const response = await call(`/api/me?x=${'y'.repeat(9_000)}`);
    expect(response.status).toBe(414);
    expect(await response.json()).toMatchObject({ type: 'urn:arrears:problem:url-too-long' });
  });
});

describe('a web page', () => {
  const preflight = (origin: string) =>
    call('/api/companies/usmf/overview', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET' },
    });

  test('of an origin in the settings may call, and read what it needs', async () => {
    const asked = await preflight(FRONT_END);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(FRONT_END);
    expect(asked.headers.get('access-control-allow-headers')).toContain('idempotency-key');
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await call('/api/health', { headers: { origin: FRONT_END } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(FRONT_END);
    expect(answer.headers.get('access-control-expose-headers')).toContain('etag');
  });

  test('may read a problem too', async () => {
    const answer = await call('/api/me', { headers: { origin: FRONT_END, authorization: '' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe(FRONT_END);
  });

  test.each(['https://evil.example', 'null', 'http://localhost:5174', `${FRONT_END}.evil.example`])(
    'of another origin may not: %s',
    async (origin) => {
      for (const answer of [
        await preflight(origin),
        await call('/api/health', { headers: { origin } }),
      ]) {
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
        expect(answer.headers.get('vary')).toBe('Origin');
      }
    },
  );
});

describe('a caller that calls too often', () => {
  const me = (user: string) =>
    call('/api/me', { headers: { authorization: `Bearer dev:${user}:Ops` } });

  test('is told how long to wait; others are served', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => me('busy')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect(await refused[0]?.json()).toMatchObject({ type: 'urn:arrears:problem:too-many-calls' });
    expect((await me('patient')).status).toBe(200);
  });
});
