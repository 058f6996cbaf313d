// How often a caller may call (SPEC §7): a bucket of calls each, that fills again as time passes. Each
// instance of the app has its own, so a caller that is spread over many may call more often.

/** Seconds of unused calls that are kept, so that a page that asks for much at once is served. */
const BURST_SECONDS = 10;
/** Callers that are remembered; beyond, those that have not called for longest begin anew. */
export const CALLERS_MAX = 10_000;

type Bucket = { readonly calls: number; readonly at: number };

/** Counts the calls of each caller. */
export class CallBudget {
  readonly #perSecond: number;
  readonly #elapsed: () => number;
  /** In the order of their last call. */
  readonly #buckets = new Map<string, Bucket>();

  /** `perSecond` calls for each, and ten times as many at once; `elapsed` in milliseconds. */
  constructor(perSecond: number, elapsed: () => number) {
    this.#perSecond = perSecond;
    this.#elapsed = elapsed;
  }

  /** Takes a call of this caller: 0, or the whole seconds until the next one is free. */
  take(caller: string): number {
    const now = this.#elapsed();
    const most = this.#perSecond * BURST_SECONDS;
    const before = this.#buckets.get(caller) ?? { calls: most, at: now };
    const refilled = before.calls + ((now - before.at) / 1_000) * this.#perSecond;
    const calls = Math.min(most, refilled);
    const isFree = calls >= 1;
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { calls: isFree ? calls - 1 : calls, at: now });
    this.#forget();
    return isFree ? 0 : Math.ceil((1 - calls) / this.#perSecond);
  }

  #forget(): void {
    if (this.#buckets.size <= CALLERS_MAX) return;
    for (const caller of this.#buckets.keys()) {
      this.#buckets.delete(caller);
      return;
    }
  }
}
