// Duplicate detection against the plainest model there is: a list of all that was ever taken in.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DuplicateDetection } from './duplicate-detection.ts';

const WINDOW = 100;
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ id: fc.constantFrom('a', 'b', 'c') }) },
    { weight: 2, arbitrary: fc.record({ passes: fc.constantFrom(1, 40, 99, 100, 101) }) },
    { weight: 1, arbitrary: fc.constant({ forgets: true }) },
    { weight: 1, arbitrary: fc.constant({ restarts: true }) },
  ),
  { maxLength: 60, size: 'max' },
);

describe('duplicate detection', () => {
  test('takes an id in once within the window, over restarts as well', () => {
    fc.assert(
      fc.property(steps, (actions) => {
        const everTaken: { readonly id: string; readonly at: number }[] = [];
        let stored: [string, number][] = [];
        let detection = new DuplicateDetection(WINDOW, []);
        let now = 1_000;
        const seen: string[] = [];
        const expected: string[] = [];
        for (const action of actions) {
          if ('passes' in action) now += action.passes;
          else if ('restarts' in action) detection = new DuplicateDetection(WINDOW, stored);
          else if ('forgets' in action) {
            const until = detection.forget(now);
            stored = stored.filter(([, at]) => until === undefined || at > until);
          } else {
            const isKnown = everTaken.some(({ id, at }) => id === action.id && now < at + WINDOW);
            seen.push(detection.sight(action.id, now));
            expected.push(isKnown ? 'duplicate' : 'new');
            if (isKnown) continue;
            everTaken.push({ id: action.id, at: now });
            stored = [...stored.filter(([id]) => id !== action.id), [action.id, now]];
          }
        }
        expect(seen).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('remembers what comes anew after its window as long as what is new', () => {
    const detection = new DuplicateDetection(WINDOW, [
      ['again', 0],
      ['other', 50],
    ]);
    expect(detection.sight('again', 100)).toBe('new');
    expect(detection.forget(150)).toBe(50);
    expect(detection.sight('again', 199)).toBe('duplicate');
  });

  test('forgets what is too old, and only that', () => {
    const detection = new DuplicateDetection(WINDOW, [
      ['old', 0],
      ['older than the other', 50],
      ['young', 60],
    ]);
    expect(detection.forget(99)).toBeUndefined();
    expect(detection.forget(150)).toBe(50);
    expect(detection.sight('young', 150)).toBe('duplicate');
    expect(detection.sight('old', 150)).toBe('new');
  });
});
