import { describe, expect, test } from 'vitest';
import { sha256 } from '../adapters/hash.ts';
import { conditionalOnContent } from './conditional-read.ts';
import type { Answer, ApiRequest } from './http.ts';

const FRESH = { updatedAt: '2026-01-01T00:00:00.000Z', sources: { '/erp/a/1': '7' } };
const FRESHER = { updatedAt: '2026-01-02T00:00:00.000Z', sources: { '/erp/a/1': '8' } };

function read(made: Answer, tag: string | null = null): Answer {
  const request: ApiRequest = {
    params: {},
    query: new URLSearchParams(),
    url: 'http://localhost/api',
    header: (name) => (name === 'if-none-match' ? tag : null),
    body: async () => new Uint8Array(),
  };
  return conditionalOnContent(request, { hash: sha256 }, made);
}

function tagOf(answer: Answer): string {
  return 'headers' in answer ? (answer.headers?.['etag'] ?? '') : '';
}

describe('the tag of an answer by its content', () => {
  const list = { businessDate: '2026-01-03', ...FRESH, items: [1] };
  const tag = tagOf(read({ status: 200, body: list }));

  test('is weak, and stays while nothing shown changes, also within', () => {
    expect(tag).toMatch(/^W\/"[0-9a-f]{32}"$/);
    expect(tagOf(read({ status: 200, body: { ...list, ...FRESHER } }))).toBe(tag);
    const whole = (part: object) => ({
      status: 200 as const,
      body: { part: { ...list, ...part } },
    });
    expect(tagOf(read(whole(FRESHER)))).toBe(tagOf(read(whole(FRESH))));
  });

  test('is another one for anything else, also for fields of these names in what is shown', () => {
    const row = (shown: object) => ({ status: 200 as const, body: { items: [shown] } });
    expect(tagOf(read(row(FRESHER)))).not.toBe(tagOf(read(row(FRESH))));
    expect(tagOf(read({ status: 200, body: { ...list, items: [2] } }))).not.toBe(tag);
  });

  test.each([(one: string) => one, (one: string) => one.slice(2), (one: string) => `"x", ${one}`])(
    'is known again as it was sent, without its mark, and among others (%#)',
    (sent) => {
      expect(read({ status: 200, body: { ...list, ...FRESHER } }, sent(tag))).toMatchObject({
        status: 304,
        headers: { etag: tag },
      });
    },
  );

  test('is strong for a text, which holds no freshness', () => {
    const headers = { 'content-type': 'text/csv' };
    expect(tagOf(read({ status: 200, text: 'a', headers }))).toMatch(/^"[0-9a-f]{32}"$/);
  });

  test('is not put on a problem', () => {
    const problem: Answer = { problem: { kind: 'company-not-found' } };
    expect(read(problem, tag)).toBe(problem);
  });
});
