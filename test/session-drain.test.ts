// No shard waits for another's quiet, and a backlog uses every slot, with the settings of
// topology.json (DESIGN 6): simulated, on one instance.
import { describe, expect, test } from 'vitest';
import { type Topology, topology } from '../infra/topology.ts';
import { idealDrain, passageOf } from './support/session-traffic.ts';

const CUSTOMERS = 10_000;
const WAIT_MAX = 2_000;
const LASTS = 4_000;

/** Milliseconds within which 99 of 100 messages were begun. */
async function waitOf(every: number, settings: Topology): Promise<number> {
  const { waits } = await passageOf({ backlog: 0, every, lasts: LASTS }, settings);
  const inOrder = waits.toSorted((a, b) => a - b);
  return inOrder[Math.ceil(0.99 * inOrder.length) - 1] ?? Number.POSITIVE_INFINITY;
}

describe('sessions', () => {
  test.each([50, 150, 1_000])(
    'with a change every %i ms in every shard, changes hardly wait',
    async (every) => {
      expect(await waitOf(every, topology)).toBeLessThan(WAIT_MAX);
    },
  );

  test('fewer at once than shards would let some wait for ever: the simulation can tell', async () => {
    const sessions = { ...topology.sessions, maxConcurrentSessions: 16 };

    expect(await waitOf(150, { ...topology, sessions })).toBeGreaterThan(WAIT_MAX);
  });

  test('drain a change each of ten thousand customers in at most twice the ideal time', async () => {
    const { drained } = await passageOf({ backlog: CUSTOMERS, every: null, lasts: 0 }, topology);

    expect(drained).toBeLessThan(2 * idealDrain(CUSTOMERS, topology));
  });
});
