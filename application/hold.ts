// Holds work while a dependency is away: the queue has no back-off of its own, and would dead-letter
// a healthy message within seconds (DESIGN, Failure).
import { askedToWait, type Breaker } from './breaker.ts';
import { type Pause, type Random, Unavailable } from './ports.ts';

/** How long work is held before it is given back, in milliseconds. */
export const HOLD_MAX = 4 * 60_000;
/** The first pause, and the longest, in milliseconds; each is up to twice the one before. */
export const HOLD_PAUSE_MIN = 100;
export const HOLD_PAUSE_MAX = 10_000;
/** Workers that wait for a probe come back spread over so many milliseconds. */
const SPREAD = 250;

export type HoldPorts = {
  readonly pause: Pause;
  readonly random: Random;
  /** A steady clock in milliseconds. */
  readonly elapsed: () => number;
  /** The one of the process. */
  readonly breaker: Breaker;
};

/** Runs until the dependency answers; throws Unavailable when it has not for so long. */
export async function holdWhileUnavailable<T>(
  run: () => Promise<T>,
  { pause, random, elapsed, breaker }: HoldPorts,
): Promise<T> {
  const end = elapsed() + HOLD_MAX;
  for (let longest = HOLD_PAUSE_MIN; ; ) {
    const attempt = await attemptOnce(run, breaker, elapsed);
    if (attempt.kind === 'answered') return attempt.answer;
    const left = end - elapsed();
    if (left <= 0) throw attempt.because;
    // Jitter, so that workers do not come back at once.
    if (attempt.kind === 'wait') {
      await pause(Math.min(attempt.milliseconds + random() * SPREAD, left));
    } else if (!breaker.isOpen()) {
      const next = Math.max(longest * (0.5 + random() / 2), askedToWait(attempt.because));
      await pause(Math.min(next, left));
      longest = Math.min(longest * 2, HOLD_PAUSE_MAX);
    }
  }
}

type Attempt<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'failed'; readonly because: Unavailable }
  | { readonly kind: 'wait'; readonly because: Unavailable; readonly milliseconds: number };

async function attemptOnce<T>(
  run: () => Promise<T>,
  breaker: Breaker,
  elapsed: () => number,
): Promise<Attempt<T>> {
  const admission = breaker.enter(elapsed());
  if (admission.kind === 'wait') return admission;
  try {
    const answer = await run();
    breaker.answered();
    return { kind: 'answered', answer };
  } catch (error) {
    if (error instanceof Unavailable) {
      breaker.failed(admission, error, elapsed());
      return { kind: 'failed', because: error };
    }
    breaker.answered();
    throw error;
  }
}
