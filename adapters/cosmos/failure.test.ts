import { TimeoutError } from '@azure/cosmos';
import { describe, expect, test } from 'vitest';
import { Refused, Unavailable } from '../../application/ports.ts';
import { asking, isTransientStatus } from './failure.ts';

function failing(error: unknown): Promise<unknown> {
  return asking(async () => {
    throw error;
  });
}

function withCode(code: number | string, cause?: unknown): Error {
  return Object.assign(new Error('failed', { cause }), { code });
}

describe('what Cosmos DB failed with', () => {
  test.each([401, 403, 404, 408, 410, 429, 449, 500, 502, 503, 504])(
    '%d passes when asked again',
    async (status) => {
      expect(isTransientStatus(status)).toBe(true);
      await expect(failing(withCode(status))).rejects.toThrow(Unavailable);
    },
  );

  test.each([400, 409, 412, 413])('%d is refused for good', async (status) => {
    expect(isTransientStatus(status)).toBe(false);
    await expect(failing(withCode(status))).rejects.toThrow(Refused);
    await expect(failing(withCode(status))).rejects.toMatchObject({ status });
  });

  test.each(['AuthenticationError', 'CredentialUnavailableError'])(
    '%s passes: no change is at fault when there is no token',
    async (name) => {
      const error = Object.assign(new Error('no token'), { name });
      await expect(failing(error)).rejects.toThrow(Unavailable);
    },
  );

  test.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'])(
    '%s passes when asked again',
    async (code) => {
      await expect(failing(withCode(code))).rejects.toThrow(Unavailable);
    },
  );

  test('a time-out passes, and so does what has a passing cause', async () => {
    await expect(failing(new TimeoutError('late'))).rejects.toThrow(Unavailable);
    await expect(failing(new Error('batch', { cause: withCode(429) }))).rejects.toThrow(
      Unavailable,
    );
    await expect(failing(new Error('batch', { cause: withCode(400) }))).rejects.toThrow(Refused);
  });

  test('says how long to wait, where it says so', async () => {
    const throttled = Object.assign(withCode(429), { retryAfterInMs: 1_500 });
    await expect(failing(throttled)).rejects.toMatchObject({ retryAfterSeconds: 1.5 });
    await expect(failing(withCode(503))).rejects.toMatchObject({ retryAfterSeconds: null });
  });

  test('is kept as the cause, for the log', async () => {
    const error = withCode(429);
    await expect(failing(error)).rejects.toMatchObject({ dependency: 'cosmos', cause: error });
  });

  test('a bug is a bug, and what succeeds is given', async () => {
    await expect(failing(new TypeError('a bug'))).rejects.toThrow('a bug');
    expect(await asking(() => Promise.resolve(7))).toBe(7);
    expect(isTransientStatus(undefined)).toBe(false);
  });
});
