import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Progress, progressBar, progressLine } from './progress.ts';
import { progressDisplay } from './progress-display.ts';

const progress: Progress = {
  size: 1_000_000,
  offset: 250_000,
  startOffset: 150_000,
  elapsedMs: 4_000,
  changes: 5_000,
  totals: { accepted: 12_345, duplicates: 3, rejected: 2 },
};

describe('progress as text', () => {
  test('shows share, rate of this run, counts and time to go', () => {
    expect(progressLine(progress)).toBe(
      '25%  1,250/s  12,345 accepted, 3 duplicates, 2 rejected  ETA 00:30',
    );
    expect(progressBar(progress, 120)).toMatch(/^\[#{6}-{18}\] 25% {2}1,250\/s/);
  });

  test('knows hours, and no estimate before the first answer', () => {
    expect(progressLine({ ...progress, elapsedMs: 1_000_000 })).toMatch(/ETA 2:05:00$/);
    expect(progressLine({ ...progress, offset: 150_000 })).toMatch(/ETA --:--$/);
    expect(progressLine({ ...progress, elapsedMs: 0 })).toMatch(/ETA --:--$/);
  });

  test('is complete for an empty file', () => {
    expect(progressLine({ ...progress, size: 0, offset: 0 })).toMatch(/^100%/);
  });

  test('fits the terminal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (columns) => {
        expect(progressBar(progress, columns).length).toBeLessThan(columns);
      }),
    );
  });
});

describe('progressDisplay', () => {
  const shown = (output: { isTTY?: boolean; columns?: number }, steps: readonly Progress[]) => {
    const written: string[] = [];
    const display = progressDisplay({ ...output, write: (text) => written.push(text) });
    for (const step of steps) display.show(step);
    display.close();
    return written;
  };
  const steps = [0, 50, 4_999, 5_000, 9_999].map((elapsedMs) => ({ ...progress, elapsedMs }));
  const end = { ...progress, offset: progress.size, elapsedMs: 10_000 };

  test('redraws one line on a terminal, at most ten times a second', () => {
    const written = shown({ isTTY: true, columns: 100 }, [...steps, end]);

    expect(written.map((text) => text.startsWith('\r'))).toEqual([true, true, true, true, false]);
    expect(written.at(-1)).toBe('\n');
  });

  test('writes a line every few seconds elsewhere, and the last one', () => {
    const written = shown({}, [...steps, end]);

    expect(written).toHaveLength(3);
    expect(written.every((text) => text.endsWith('\n'))).toBe(true);
    expect(written.at(-1)).toMatch(/^100%/);
  });
});
