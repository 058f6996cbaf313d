// Time that only passes when somebody waits for it: hours of waiting, by many at once, in no time
// and always in the same order.

export type SimulatedTime = {
  /** Milliseconds since the beginning. */
  readonly elapsed: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Lets time pass until the work is done; throws when nobody waits and it is not. */
  until(work: Promise<unknown>): Promise<void>;
};

export function simulatedTime(): SimulatedTime {
  let now = 0;
  let sleepers: readonly { readonly at: number; readonly wake: () => void }[] = [];
  return {
    elapsed: () => now,
    pause: (milliseconds) =>
      new Promise((wake) => {
        sleepers = [...sleepers, { at: now + milliseconds, wake }].toSorted((a, b) => a.at - b.at);
      }),
    async until(work) {
      let isDone = false;
      const watch = async () => {
        await Promise.allSettled([work]);
        isDone = true;
      };
      void watch();
      for (;;) {
        // Everything that can go on without time passing goes on first.
        await new Promise((resolve) => setImmediate(resolve));
        if (isDone) break;
        const [next, ...others] = sleepers;
        if (next === undefined) throw new Error('nobody waits for time to pass');
        sleepers = others;
        now = Math.max(now, next.at);
        next.wake();
      }
      await work;
    },
  };
}
