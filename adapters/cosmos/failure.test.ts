import { TimeoutError } from '@azure/cosmos';
import { describe, expect, test } from 'vitest';
import { Unavailable } from '../../application/ports.ts';
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
  test.each([408, 410, 429, 449, 500, 502, 503, 504])(
    '%d passes when asked again',
    async (status) => {
      expect(isTransientStatus(status)).toBe(true);
      await expect(failing(withCode(status))).rejects.toThrow(Unavailable);
    },
  );

  test.each([400, 401, 403, 404, 409, 412, 413])('%d is told as it is', async (status) => {
    expect(isTransientStatus(status)).toBe(false);
    await expect(failing(withCode(status))).rejects.not.toBeInstanceOf(Unavailable);
  });

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
    await expect(failing(new Error('batch', { cause: withCode(400) }))).rejects.toThrow('batch');
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
