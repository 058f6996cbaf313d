import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallBudget, CALLERS_MAX } from './call-budget.ts';

const PER_SECOND = 5;
const AT_ONCE = 50;

/** A budget, and the time it goes by in milliseconds. */
function budgetAt(time: { now: number }) {
  return new CallBudget(PER_SECOND, () => time.now);
}

/** How many of so many calls at one moment are free. */
function free(budget: CallBudget, caller: string, calls: number): number {
  return Array.from({ length: calls }, () => budget.take(caller)).filter((wait) => wait === 0)
    .length;
}

describe('calls of a caller', () => {
  test('are free up to ten seconds’ worth at once, then as fast as they come back', () => {
    const time = { now: 0 };
    const budget = budgetAt(time);
    expect(free(budget, 'ann', AT_ONCE + 10)).toBe(AT_ONCE);
    expect(budget.take('ann')).toBe(1);
    time.now = 2_000;
    expect(free(budget, 'ann', 100)).toBe(2 * PER_SECOND);
    time.now = 3_600_000;
    expect(free(budget, 'ann', 1_000)).toBe(AT_ONCE);
  });

  test('are not those of another', () => {
    const budget = budgetAt({ now: 0 });
    free(budget, 'ann', AT_ONCE);
    expect(free(budget, 'bob', AT_ONCE)).toBe(AT_ONCE);
  });

  test('a wait that was told is enough', () => {
    const time = { now: 0 };
    const budget = new CallBudget(0.1, () => time.now);
    expect(budget.take('ann')).toBe(0);
    const wait = budget.take('ann');
    expect(wait).toBe(10);
    time.now = wait * 1_000;
    expect(budget.take('ann')).toBe(0);
  });

  test('never exceed what the time since the first allows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1_500 }), { maxLength: 300 }), (pauses) => {
        const time = { now: 0 };
        const budget = budgetAt(time);
        let taken = 0;
        for (const pause of pauses) {
          time.now += pause;
          if (budget.take('ann') === 0) taken += 1;
          expect(taken).toBeLessThanOrEqual(AT_ONCE + (time.now / 1_000) * PER_SECOND);
        }
      }),
    );
  });

  test('are remembered of a bounded number of callers, the latest', () => {
    const budget = budgetAt({ now: 0 });
    free(budget, 'first', AT_ONCE);
    free(budget, 'latest', AT_ONCE);
    for (let n = 0; n < CALLERS_MAX - 1; n += 1) budget.take(`other ${n}`);
    expect(budget.take('latest')).toBe(1);
    expect(budget.take('first')).toBe(0);
  });
});
