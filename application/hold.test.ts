import { describe, expect, test } from 'vitest';
import { simulatedTime } from '../test/support/simulated-time.ts';
import { Breaker, PROBE_INTERVAL } from './breaker.ts';
import { HOLD_MAX, holdWhileUnavailable } from './hold.ts';
import { Unavailable } from './ports.ts';

/** A dependency that is away for a while, the workers of a process that need it, and its breaker. */
function awayFor(milliseconds: number, retryAfterSeconds: number | null = null) {
  const time = simulatedTime();
  const calls: number[] = [];
  const ports = { ...time, random: () => 0.5, breaker: new Breaker() };
  const run = async () => {
    calls.push(time.elapsed());
    if (time.elapsed() < milliseconds) {
      throw new Unavailable('cosmos', retryAfterSeconds, new Error('away'));
    }
    return 'answered';
  };
  const work = async (workers: number) => {
    const results = Promise.allSettled(
      Array.from({ length: workers }, () => holdWhileUnavailable(run, ports)),
    );
    await time.until(results);
    return results;
  };
  return { work, calls, elapsed: time.elapsed };
}

const ANSWERED = { status: 'fulfilled', value: 'answered' };

describe('holding work while a dependency is away', () => {
  test('an answer at once is not held', async () => {
    const { work, elapsed } = awayFor(0);
    expect(await work(1)).toEqual([ANSWERED]);
    expect(elapsed()).toBe(0);
  });

  test('a hiccup is asked again soon', async () => {
    const { work, calls } = awayFor(100);
    expect(await work(1)).toEqual([ANSWERED]);
    expect(calls).toEqual([0, 75, 225]);
  });

  test('an outage of minutes costs one call a second, by however many workers', async () => {
    const { work, calls, elapsed } = awayFor(180_000);
    const results = await work(16);
    expect(results).toEqual(Array.from({ length: 16 }, () => ANSWERED));
    const during = calls.filter((at) => at < 180_000);
    expect(during.length).toBeGreaterThan(100);
    expect(during.length).toBeLessThanOrEqual(180 + 16);
    const probes = during.filter((at) => at > 1_000);
    const gaps = probes.slice(1).map((at, index) => at - (probes[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(PROBE_INTERVAL);
    expect(Math.max(...gaps)).toBeLessThan(PROBE_INTERVAL * 1.5);
    // When it is back all go on at once: within the time of one probe, and one more to hear of it.
    expect(elapsed()).toBeLessThan(180_000 + 2 * 1.5 * PROBE_INTERVAL);
  });

  test('a longer one gives the work back after four minutes, and not before', async () => {
    const { work, elapsed } = awayFor(Number.POSITIVE_INFINITY);
    const results = await work(3);
    for (const result of results) expect(result).toMatchObject({ reason: { name: 'Unavailable' } });
    expect(elapsed()).toBe(HOLD_MAX);
  });

  test('is not asked before the time it named, but neither believed for ever', async () => {
    const named = awayFor(20_000, 7.5);
    await named.work(1);
    expect(named.calls).toEqual([0, 7_500, 15_000, 22_625]);

    const absurd = awayFor(60_000, 86_400);
    await absurd.work(1);
    expect(absurd.calls).toEqual([0, 30_000, 60_000]);
  });

  test('a bug is not waited for', async () => {
    const time = simulatedTime();
    const ports = { ...time, random: () => 0.5, breaker: new Breaker() };
    const bug = () => Promise.reject(new Error('bug'));
    await expect(holdWhileUnavailable(bug, ports)).rejects.toThrow('bug');
    expect(time.elapsed()).toBe(0);
  });
});
