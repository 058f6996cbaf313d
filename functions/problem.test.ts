import { describe, expect, test } from 'vitest';
import { type Problem, problemResponse } from './problem.ts';

const detail = 'What to do.';
const PROBLEMS: readonly (readonly [Problem, number])[] = [
  [{ kind: 'malformed-json', detail }, 400],
  [{ kind: 'nesting-too-deep', detail }, 400],
  [{ kind: 'unsupported-content-type', detail }, 415],
  [{ kind: 'request-too-large', detail }, 413],
  [{ kind: 'invalid-parameter', parameter: 'tab', detail, allowed: ['open'] }, 400],
  [{ kind: 'unauthenticated', reason: 'no-token' }, 401],
  [{ kind: 'forbidden', roles: ['Ops'] }, 403],
  [{ kind: 'company-not-found' }, 404],
  [{ kind: 'customer-not-found' }, 404],
  [{ kind: 'as-of-too-far', detail }, 422],
  [{ kind: 'unavailable', retryAfterSeconds: 7 }, 503],
  [{ kind: 'internal' }, 500],
];

describe('a problem', () => {
  test.each(PROBLEMS)('%j has status %d and the members of RFC 9457', (problem, status) => {
    const response = problemResponse(problem, 'trace-1');
    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json');
    const body: unknown = JSON.parse(response.body ?? '');
    expect(body).toMatchObject({
      type: `urn:arrears:problem:${problem.kind}`,
      title: expect.stringMatching(/\S/),
      status,
      traceId: 'trace-1',
    });
    expect(body).not.toHaveProperty('kind');
  });

  test('with a parameter names it and what it takes', () => {
    const [problem] = PROBLEMS[4] ?? [];
    const body = problem === undefined ? '' : problemResponse(problem, 't').body;
    expect(JSON.parse(body ?? '')).toMatchObject({ parameter: 'tab', allowed: ['open'], detail });
  });

  test('with the sign-in says how to sign in, and what is wrong with a token', () => {
    const challenge = (problem: Problem) =>
      problemResponse(problem, 't').headers['www-authenticate'];
    const unauthenticated = { kind: 'unauthenticated' } as const;
    expect(challenge({ ...unauthenticated, reason: 'no-token' })).toBe('Bearer realm="arrears"');
    expect(challenge({ ...unauthenticated, reason: 'expired' })).toContain('error="invalid_token"');
    expect(challenge({ kind: 'forbidden', roles: ['Ops'] })).toContain('insufficient_scope');
    expect(challenge({ kind: 'customer-not-found' })).toBeUndefined();
  });

  test('that passes says when to come again', () => {
    const { headers } = problemResponse({ kind: 'unavailable', retryAfterSeconds: 7 }, 't');
    expect(headers['retry-after']).toBe('7');
    expect(problemResponse({ kind: 'internal' }, 't').headers).not.toHaveProperty('retry-after');
  });
});
