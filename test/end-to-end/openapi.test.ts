// The description of the API: fresh, served, and held against every answer.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { apiDocument, DOCUMENT_FILE } from '../../tools/openapi/api-document.ts';
import { CONTRACT, fetchAsTold, type ToldAnswer } from './api-contract.ts';

const committed = readFileSync(DOCUMENT_FILE, 'utf8');

test('docs/openapi.json is what `npm run openapi` writes: run it when this fails', async () => {
  expect(await apiDocument()).toBe(committed);
});

describe('what is served', () => {
  let runtime: EmbeddedRuntime;

  beforeAll(async () => {
    runtime = await startRuntime({ data: ':memory:', port: 0 });
  });

  afterAll(() => runtime.stop());

  /** Without any token, not even the developer's. */
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetchAsTold(new URL(path, runtime.url), { headers: { authorization: '', ...headers } });

  test('the document is the committed one, with a tag', async () => {
    const response = await get('/api/openapi.json');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(JSON.parse(committed));
    const etag = response.headers.get('etag') ?? '';
    expect((await get('/api/openapi.json', { 'if-none-match': etag })).status).toBe(304);
  });

  test('the page loads scripts and styles of the app alone, all of which are there', async () => {
    const response = await get('/api/docs');
    const html = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    const loaded = [...html.matchAll(/(?:src|href)="(?!data:)([^"]*)"/g)].map(([, path]) => path);
    expect(loaded).toHaveLength(3);
    for (const path of loaded) {
      const file = await get(path ?? '');
      expect([path, file.status]).toEqual([path, 200]);
      expect((await file.text()).length).toBeGreaterThan(100);
    }
  });

  test.each(['LICENSE', 'index.html', '..%2fmain.cjs', 'openapi.json'])(
    'no other file is served: %s',
    async (name) => {
      expect((await get(`/api/docs/${name}`)).status).toBe(404);
    },
  );
});

describe('an answer is held against the document', () => {
  const PROBLEM = {
    type: 'urn:arrears:problem:customer-not-found',
    title: 'There is no such customer',
    status: 404,
    traceId: '1',
  };
  const found = (body: object, answer: Partial<ToldAnswer> = {}) =>
    CONTRACT.findings({
      method: 'GET',
      path: '/api/companies/c/customers/d?x=1',
      status: 404,
      headers: new Headers({ 'content-type': 'application/problem+json' }),
      text: JSON.stringify(body),
      ...answer,
    }).join();

  test('and passes as it is told', () => {
    expect(found(PROBLEM)).toBe('');
  });

  test.each<[string, object, Partial<ToldAnswer>]>([
    ['additional properties', { ...PROBLEM, more: 1 }, {}],
    ['required property', { ...PROBLEM, traceId: undefined }, {}],
    ['equal to one of the allowed values', { ...PROBLEM, type: 'urn:arrears:problem:other' }, {}],
    ['status is not told', PROBLEM, { status: 418 }],
    ['route is not told', PROBLEM, { path: '/api/other' }],
    ['route is not told', PROBLEM, { method: 'DELETE' }],
    ['content type', PROBLEM, { headers: new Headers({ 'content-type': 'application/json' }) }],
    [
      'header retry-after',
      PROBLEM,
      { headers: new Headers({ 'content-type': 'application/problem+json', 'retry-after': '1' }) },
    ],
  ])('and fails: %s', (finding, body, answer) => {
    expect(found(body, answer)).toContain(finding);
  });
});
