import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bundleFile } from './fixtures/bundle.ts';
import { startTestHost, type TestHost } from './fixtures/test-host.ts';
import { listenHttp } from './http-listener.ts';
import { RouteTable } from './route.ts';

let host: TestHost;

beforeAll(async () => {
  host = await startTestHost(await bundleFile(import.meta.resolve('./fixtures/http-app.ts')));
});

afterAll(() => host.stop());

const echoed = z.object({
  method: z.string(),
  url: z.string(),
  params: z.record(z.string(), z.string()),
  query: z.array(z.tuple([z.string(), z.string()])),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

async function echo(path: string, init: RequestInit = {}) {
  const response = await fetch(`${host.url}/api/echo/${path}`, init);
  return { response, seen: echoed.parse(await response.json()) };
}

/** What a server answers to bytes that no HTTP client would send. */
async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.end(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

describe('a request', () => {
  test('reaches the function whole', async () => {
    const { response, seen } = await echo('a/b%20c?x=1', {
      method: 'POST',
      headers: { 'X-Mixed-Case': 'Value' },
      body: 'sent ü',
    });

    expect(response.status).toBe(201);
    expect(response.headers.get('x-echo')).toBe('yes');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(seen).toMatchObject({
      method: 'POST',
      url: `${host.url}/api/echo/a/b%20c?x=1`,
      params: { rest: 'a/b c' },
      query: [['x', '1']],
      headers: { 'x-mixed-case': 'Value' },
      body: 'sent ü',
    });
  });

  test.each([
    ['a=1&b=2&a=3', { a: '1,3', b: '2' }],
    ['a=1&A=2', { a: '1,2' }],
    ['a=&b', { a: '', b: '' }],
    ['a=x+y%20z', { a: 'x y z' }],
    ['toString=1&constructor=2', { toString: '1', constructor: '2' }],
  ])('has the query %s as the buffered host gives it', async (query, expected) => {
    const { seen } = await echo(`x?${query}`);

    expect(seen.query).toEqual(Object.entries(expected));
  });

  test('with GET has no body, whatever was sent', async () => {
    const answer = await sendRaw(
      host.port,
      'GET /api/echo/x HTTP/1.1\r\nhost: h\r\nconnection: close\r\ncontent-length: 4\r\n\r\nbody',
    );

    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(answer).toContain('"body":""');
  });

  test.each(['/api/echo/%', '//', '/api//echo', 'http://other/api', '*', '/api/echo/\u00ff', '/['])(
    'to %j is answered and harms nobody',
    async (target) => {
      const answer = await sendRaw(
        host.port,
        `OPTIONS ${target} HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n`,
      );

      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect((await fetch(`${host.url}/api/nothing`)).status).toBe(204);
    },
  );

  test('whose caller goes away runs nothing', async () => {
    const before = host.lines.length;
    const socket = connect(host.port, '127.0.0.1');
    socket.write('POST /api/echo/x HTTP/1.1\r\nhost: h\r\ncontent-length: 100\r\n\r\nhalf');
    await once(socket, 'ready');
    socket.destroy();
    await once(socket, 'close');

    expect((await fetch(`${host.url}/api/nothing`)).status).toBe(204);
    expect(host.lines.slice(before)).toEqual([]);
  });
});

test('a function whose caller goes away meanwhile ends in peace', async () => {
  const before = host.lines.length;
  const caller = new AbortController();
  const answer = fetch(`${host.url}/api/waits`, { signal: caller.signal });
  await expect.poll(() => host.inFlight()).toBe(1);

  caller.abort();
  await expect(answer).rejects.toThrow('aborted');
  expect((await fetch(`${host.url}/api/release`)).status).toBe(202);
  await host.idle();

  expect(host.lines.slice(before)).toEqual([]);
});

describe('an answer', () => {
  test.each([
    ['nothing', 204],
    ['throws', 500],
    ['throws-nothing', 204],
    ['answers-no-object', 500],
    ['answers-101', 500],
    ['unknown', 404],
  ])('of %s is %i without a body', async (path, status) => {
    const response = await fetch(`${host.url}/api/${path}`);

    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
  });

  test('to a method the function does not take is 404', async () => {
    expect((await fetch(`${host.url}/api/nothing`, { method: 'DELETE' })).status).toBe(404);
  });

  test('keeps bytes as they are', async () => {
    const response = await fetch(`${host.url}/api/bytes`);

    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 255, 1]));
  });

  test('to HEAD has a length and no body', async () => {
    const response = await fetch(`${host.url}/api/echo/x`, { method: 'HEAD' });

    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(0);
    expect(await response.text()).toBe('');
  });

  test('has cookies', async () => {
    const { headers } = await fetch(`${host.url}/api/cookie`);

    expect(headers.getSetCookie()).toEqual([
      'a=x%20y; Max-Age=60; Path=/; SameSite=Strict; HttpOnly',
      'b=2; Expires=Thu, 30 Apr 2026 12:00:00 GMT; Path=/b; Secure',
    ]);
  });
});

test('a body over the limit is refused, and its caller hears it', async () => {
  const listener = await listenHttp({
    port: 0,
    routes: new RouteTable('api', [{ name: 'f', methods: ['POST'], template: 'f' }]),
    run: async () => ({ kind: 'succeeded', returnValue: null }),
    log: () => undefined,
    bodyBytesMax: 1_000_000,
  });
  const post = (bytes: number) =>
    fetch(`http://127.0.0.1:${listener.port}/api/f`, {
      method: 'POST',
      body: new Uint8Array(bytes),
    });

  expect((await post(1_000_000)).status).toBe(204);
  expect((await post(5_000_000)).status).toBe(413);
  await listener.close(AbortSignal.timeout(5_000));
});
