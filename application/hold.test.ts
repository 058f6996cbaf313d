import { describe, expect, test } from 'vitest';
import { HOLD_MAX, holdWhileUnavailable } from './hold.ts';
import { Unavailable } from './ports.ts';

function awayFor(milliseconds: number) {
  let now = 0;
  const pauses: number[] = [];
  const ports = {
    pause: async (pause: number) => {
      pauses.push(pause);
      now += pause;
    },
    random: () => 0.5,
    elapsed: () => now,
  };
  const run = async () => {
    if (now < milliseconds) throw new Unavailable('cosmos', 2, new Error('away'));
    return 'answered';
  };
  return { ports, run, pauses, now: () => now };
}

describe('holding work while a dependency is away', () => {
  test('an answer at once is not held', async () => {
    const { ports, run, pauses } = awayFor(0);
    expect(await holdWhileUnavailable(run, ports)).toBe('answered');
    expect(pauses).toEqual([]);
  });

  test('an outage of minutes is waited for, with growing pauses', async () => {
    const { ports, run, pauses } = awayFor(180_000);
    expect(await holdWhileUnavailable(run, ports)).toBe('answered');
    expect(pauses.length).toBeLessThan(40);
    expect(pauses.slice(0, 3)).toEqual([75, 150, 300]);
  });

  test('a longer one gives the work back, not before four minutes', async () => {
    const { ports, run, now } = awayFor(Number.POSITIVE_INFINITY);
    await expect(holdWhileUnavailable(run, ports)).rejects.toThrow(Unavailable);
    expect(now()).toBeGreaterThan(HOLD_MAX - 10_000);
    expect(now()).toBeLessThanOrEqual(HOLD_MAX);
  });

  test('a bug is not waited for', async () => {
    const { ports, pauses } = awayFor(0);
    const bug = () => Promise.reject(new Error('bug'));
    await expect(holdWhileUnavailable(bug, ports)).rejects.toThrow('bug');
    expect(pauses).toEqual([]);
  });
});
