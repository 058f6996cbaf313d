// The line of ready messages against a plain sorted array.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { QueuedMessage } from './queued-message.ts';
import { ReadyLine } from './ready-line.ts';

function message(sequenceNumber: number): QueuedMessage {
  const expiresAt = sequenceNumber * 10;
  return { sequenceNumber, sessionId: undefined, availableAt: 0, expiresAt, deliveryCount: 0 };
}

const step = fc.record({
  kind: fc.constantFrom('add', 'add', 'shift', 'extract'),
  number: fc.integer({ min: 1, max: 50 }),
});

describe('ready line', () => {
  test('gives the lowest number first, whatever was added, taken and given back before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const line = new ReadyLine();
        let sorted: number[] = [];
        for (const { kind, number } of steps) {
          const taken: (number | undefined)[] = [];
          const expected: (number | undefined)[] = [];
          const divides = (sequenceNumber: number) => sequenceNumber % number === 0;
          if (kind === 'shift') {
            taken.push(line.shift()?.sequenceNumber);
            expected.push(sorted.shift());
          } else if (kind === 'extract') {
            const extracted = line.extract(({ sequenceNumber }) => divides(sequenceNumber));
            taken.push(...extracted.map(({ sequenceNumber }) => sequenceNumber));
            expected.push(...sorted.filter(divides));
            sorted = sorted.filter((each) => !divides(each));
          } else if (!sorted.includes(number)) {
            line.add(message(number));
            sorted = [...sorted, number].sort((a, b) => a - b);
          }
          expect(taken).toEqual(expected);
          expect(line.size).toBe(sorted.length);
          expect(line.earliestExpiry()).toBe((sorted[0] ?? Infinity) * 10);
        }
      }),
    );
  });
});
