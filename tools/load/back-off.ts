// How long to wait before a request is sent again. Pure: the randomness is an argument.
import { BACK_OFF_FIRST_MS, BACK_OFF_MAX_MS, RETRY_AFTER_MAX_MS } from './limits.ts';

/**
 * Milliseconds to wait after the given attempt (counted from 1): doubling, capped, and jittered
 * between half and the whole of it by `random` in [0, 1). At least what the server asked for.
 */
export function backOffMs(attempt: number, random: number, retryAfterMs: number | null): number {
  const whole = Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** (attempt - 1));
  const jittered = whole / 2 + (whole / 2) * random;
  return Math.round(Math.max(jittered, Math.min(retryAfterMs ?? 0, RETRY_AFTER_MAX_MS)));
}

/**
 * Milliseconds asked for by a `Retry-After` field (RFC 9110, 10.2.3: seconds or a date); null when
 * it is absent, in the past or unreadable.
 */
export function retryAfterMsOf(field: string | null, nowMs: number): number | null {
  if (field === null) return null;
  if (/^\d+$/.test(field.trim())) return Number(field) * 1000;
  const untilMs = Date.parse(field) - nowMs;
  return untilMs > 0 ? untilMs : null;
}
