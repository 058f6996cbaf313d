import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay, parseDay } from './calendar.ts';
import { daysOf, metricsWindow, wholeMonths } from './metrics-window.ts';

function dayAt(text: string): number {
  const day = parseDay(text);
  if (day === null) throw new Error(text);
  return day;
}

describe('the window of metrics', () => {
  test.each([
    ['2026-05-10', '2025-05-01', 375],
    ['2026-01-01', '2025-01-01', 366],
    ['2024-02-29', '2023-02-01', 394],
  ])('of %s begins %s and has %d days', (asOf, from, days) => {
    const window = metricsWindow(dayAt(asOf));
    expect([formatDay(window.from), formatDay(window.to)]).toEqual([from, asOf]);
    expect(daysOf(window)).toBe(days);
  });
});

describe('whole months', () => {
  test.each([
    ['2025-01-31', '2025-02-28', 0],
    ['2025-01-31', '2025-03-31', 2],
    ['2024-05-11', '2026-05-10', 23],
    ['2024-05-10', '2026-05-10', 24],
    ['2026-05-11', '2026-05-10', 0],
  ])('from %s to %s: %d', (from, to, months) => {
    expect(wholeMonths(dayAt(from), dayAt(to))).toBe(months);
  });

  test('never go back as days go on', () => {
    const day = fc.integer({ min: 0, max: 40_000 });
    fc.assert(
      fc.property(day, day, (from, to) => {
        const step = wholeMonths(from, to + 1) - wholeMonths(from, to);
        expect([0, 1]).toContain(step);
      }),
    );
  });
});
