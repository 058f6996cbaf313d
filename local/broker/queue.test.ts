// The queue against a naive model: nothing lost, nothing twice, in order, counted right.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QueueComparison, steps } from './fixtures/queue-comparison.ts';
import { Queue } from './queue.ts';

const rules = { lockMilliseconds: 100, maxDeliveryCount: 3 };

describe('queue', () => {
  test.each([true, false])('behaves as its model does (sessions: %s)', (requiresSession) => {
    fc.assert(
      fc.property(steps, (actions) => {
        const comparison = new QueueComparison({ ...rules, requiresSession });
        for (const action of actions) {
          const { actual, expected } = comparison.run(action);
          expect(actual).toEqual(expected);
        }
        const census = comparison.census();
        expect(census.actual).toEqual(census.expected);
      }),
      { numRuns: 500 },
    );
  });

  test('available sessions take turns', () => {
    let lockIds = 0;
    const queue = new Queue(
      { ...rules, requiresSession: true },
      () => undefined,
      () => lockIds++,
    );
    for (const [index, sessionId] of ['a', 'b', 'a', 'b'].entries()) {
      const times = { availableAt: 0, expiresAt: Infinity };
      queue.enqueue({ sequenceNumber: index + 1, sessionId, deliveryCount: 0, ...times }, 0);
    }
    const turns = ['1', '2', '3', '4'].map((holder) => {
      const hold = queue.accept(undefined, holder, 0);
      if (hold === 'held' || hold === 'none') return hold;
      queue.release(hold);
      return hold.sessionId;
    });
    expect(turns).toEqual(['a', 'b', 'a', 'b']);
  });
});
