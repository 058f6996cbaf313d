import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTime, parseSchedule, type Schedule } from './schedule.ts';

function next(text: string, after: string): string | null {
  const schedule = parseSchedule(text);
  if (schedule === null) throw new Error(`${text} is no schedule`);
  const time = nextTime(schedule, Date.parse(after));
  return time === null ? null : new Date(time).toISOString().replace('.000', '');
}

describe('the next time', () => {
  test.each([
    ['0 */15 * * * *', '2026-04-30T12:07:30Z', '2026-04-30T12:15:00Z'],
    ['0 */15 * * * *', '2026-04-30T12:15:00Z', '2026-04-30T12:30:00Z'],
    ['* * * * * *', '2026-04-30T23:59:59.999Z', '2026-05-01T00:00:00Z'],
    ['0 30 9 * * 1-5', '2026-05-01T09:30:00Z', '2026-05-04T09:30:00Z'],
    ['0 30 9 * * Mon-Fri', '2026-05-01T09:30:00Z', '2026-05-04T09:30:00Z'],
    ['0 0 0 1 Jan *', '2026-05-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['0 0 0 29 2 *', '2026-05-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['30 5/20 0,12 * * *', '2026-05-01T00:46:00Z', '2026-05-01T12:05:30Z'],
    ['0 0 9-17/4 * * *', '2026-05-01T10:00:00Z', '2026-05-01T13:00:00Z'],
    ['0 0 0 30 2 *', '2026-05-01T00:00:00Z', null],
  ])('of %s after %s is %s', (text, after, expected) => {
    expect(next(text, after)).toBe(expected);
  });

  const set = (min: number, max: number) =>
    fc
      .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 5 })
      .map((values) => new Set(values));

  test('is the first second that fits, found one by one', () => {
    const few = fc.record({
      seconds: set(0, 59),
      minutes: set(0, 59),
      hours: fc.constant(new Set([0, 1, 2, 23])),
      days: fc.constant(new Set(Array.from({ length: 31 }, (_, day) => day + 1))),
      months: fc.constant(new Set(Array.from({ length: 12 }, (_, month) => month + 1))),
      weekdays: fc.constant(new Set([0, 1, 2, 3, 4, 5, 6])),
    });
    const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2029, 0, 1) });
    fc.assert(
      fc.property(few, instants, (schedule, after) => {
        const found = nextTime(schedule, after);

        expect(found).toBe(firstOneByOne(schedule, after));
      }),
      { numRuns: 30 },
    );
  });
});

function firstOneByOne(schedule: Schedule, after: number): number {
  for (let time = Math.floor(after / 1_000) * 1_000 + 1_000; ; time += 1_000) {
    const at = new Date(time);
    const doesFit =
      schedule.seconds.has(at.getUTCSeconds()) &&
      schedule.minutes.has(at.getUTCMinutes()) &&
      schedule.hours.has(at.getUTCHours());
    if (doesFit) return time;
  }
}

test.each([
  '',
  '* * * * *',
  '* * * * * * *',
  '60 * * * * *',
  '* * 24 * * *',
  '* * * 0 * *',
  '* * * * 13 *',
  '* * * * * 7',
  '5-1 * * * * *',
  '*/0 * * * * *',
  'x * * * * *',
  '1, * * * * *',
])('"%s" is no schedule', (text) => {
  expect(parseSchedule(text)).toBeNull();
});
