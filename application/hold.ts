// Holds work while a dependency is away: the queue has no back-off of its own, and would dead-letter
// a healthy message within seconds (DESIGN, Failure).
import { type Pause, type Random, Unavailable } from './ports.ts';

/** How long work is held at most before it is given back, in milliseconds. */
export const HOLD_MAX = 4 * 60_000;
/** The first pause, and the longest, in milliseconds; each is up to twice the one before. */
export const HOLD_PAUSE_MIN = 100;
export const HOLD_PAUSE_MAX = 10_000;

export type HoldPorts = {
  readonly pause: Pause;
  readonly random: Random;
  /** A steady clock in milliseconds. */
  readonly elapsed: () => number;
};

/** Runs until the dependency answers; throws Unavailable when it has not for too long. */
export async function holdWhileUnavailable<T>(
  run: () => Promise<T>,
  { pause, random, elapsed }: HoldPorts,
): Promise<T> {
  const end = elapsed() + HOLD_MAX;
  for (let longest = HOLD_PAUSE_MIN; ; longest = Math.min(longest * 2, HOLD_PAUSE_MAX)) {
    try {
      return await run();
    } catch (error) {
      // Jitter from half the pause to all of it, so that workers do not come back at once.
      const next = longest * (0.5 + random() / 2);
      if (!(error instanceof Unavailable) || elapsed() + next > end) throw error;
      await pause(next);
    }
  }
}
