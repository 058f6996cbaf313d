import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backOffMs, retryAfterMsOf } from './back-off.ts';
import { ATTEMPTS_MAX, BACK_OFF_FIRST_MS, BACK_OFF_MAX_MS, RETRY_AFTER_MAX_MS } from './limits.ts';

describe('backOffMs', () => {
  test('doubles from attempt to attempt, up to its cap', () => {
    const whole = [1, 2, 3, 20].map((attempt) => backOffMs(attempt, 1, null));

    expect(whole).toEqual([250, 500, 1000, BACK_OFF_MAX_MS]);
  });

  test('stays between half of the first wait and the caps', () => {
    const attempts = fc.integer({ min: 1, max: ATTEMPTS_MAX });
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const retryAfter = fc.option(fc.nat(10_000_000));
    fc.assert(
      fc.property(attempts, random, retryAfter, (attempt, jitter, retryAfterMs) => {
        const waitMs = backOffMs(attempt, jitter, retryAfterMs);

        expect(waitMs).toBeGreaterThanOrEqual(BACK_OFF_FIRST_MS / 2);
        expect(waitMs).toBeGreaterThanOrEqual(Math.min(retryAfterMs ?? 0, RETRY_AFTER_MAX_MS));
        expect(waitMs).toBeLessThanOrEqual(Math.max(BACK_OFF_MAX_MS, RETRY_AFTER_MAX_MS));
      }),
    );
  });
});

describe('retryAfterMsOf', () => {
  const now = Date.parse('2026-04-30T10:00:00Z');

  test('reads seconds and dates', () => {
    expect(retryAfterMsOf('7', now)).toBe(7000);
    expect(retryAfterMsOf('Thu, 30 Apr 2026 10:00:05 GMT', now)).toBe(5000);
  });

  test('ignores what is absent, past or unreadable', () => {
    for (const field of [null, '', 'soon', 'Thu, 30 Apr 2026 09:00:00 GMT']) {
      expect(retryAfterMsOf(field, now)).toBeNull();
    }
  });
});
