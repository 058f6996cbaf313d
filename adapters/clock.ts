// Clocks: real time for waiting, and the business clock, which the embedded runtime may set.
import type { Clock } from '../application/ports.ts';

/** Real time, or time that passes from the instant at which the business clock was set. */
export function businessClock(startsAt: number | null, now: () => number): Clock {
  if (startsAt === null) return now;
  const began = now();
  return () => startsAt + now() - began;
}
