// One breaker for all workers of a process (DESIGN, Failure): while a dependency is away they wait,
// and one of them at a time goes ahead to see whether it is back.
import type { Unavailable } from './ports.ts';

/** Failures in a row, with no answer in between, after which the dependency counts as away. */
export const FAILURES_TO_OPEN = 3;
/** Milliseconds from one probe to the next. */
export const PROBE_INTERVAL = 1_000;
/** The longest wait a dependency can ask for, in milliseconds: it may have been wrong. */
export const RETRY_AFTER_MAX = 30_000;

/** Whether an attempt may be made: as any other, as the one probe, or not before a while. */
export type Admission =
  | { readonly kind: 'free' | 'probe' }
  | { readonly kind: 'wait'; readonly milliseconds: number; readonly because: Unavailable };

/** Milliseconds the dependency asked to be left alone for; 0 when it did not say. */
export function askedToWait({ retryAfterSeconds }: Unavailable): number {
  return Math.min((retryAfterSeconds ?? 0) * 1_000, RETRY_AFTER_MAX);
}

/** Closed while the dependency answers. Instants are those of one steady clock, in milliseconds. */
export class Breaker {
  #failures = 0;
  #because: Unavailable | null = null;
  #nextProbeAt = 0;
  #probing = false;

  /** Whether the dependency counts as away; then it is the breaker that says when to ask again. */
  isOpen(): boolean {
    return this.#failures >= FAILURES_TO_OPEN;
  }

  /** Asks for an attempt; one that is let through is to be told of with `answered` or `failed`. */
  enter(now: number): Admission {
    if (this.#because === null || !this.isOpen()) return { kind: 'free' };
    if (this.#probing || now < this.#nextProbeAt) {
      const milliseconds = Math.max(this.#nextProbeAt - now, PROBE_INTERVAL / 2);
      return { kind: 'wait', milliseconds, because: this.#because };
    }
    this.#probing = true;
    this.#nextProbeAt = now + PROBE_INTERVAL;
    return { kind: 'probe' };
  }

  /** The dependency answered, whatever it said: everybody may go on. */
  answered(): void {
    this.#failures = 0;
    this.#because = null;
    this.#probing = false;
  }

  /** The dependency did not answer the attempt that was admitted so. */
  failed(admission: Admission, because: Unavailable, now: number): void {
    this.#failures += 1;
    this.#because = because;
    if (admission.kind === 'probe') this.#probing = false;
    this.#nextProbeAt = Math.max(this.#nextProbeAt, now + askedToWait(because));
  }
}
