import { expect, test } from 'vitest';
import {
  businessDayFrom,
  businessDayUntil,
  dayOf,
  dayText,
  instantText,
  localDay,
  nextWeekday,
} from './business-days.ts';
import { converted, moneyText } from './currencies.ts';
import { pseudoRandom } from './pseudo-random.ts';

test('days and texts are each other’s inverse', () => {
  expect(dayText(dayOf('2028-02-29'))).toBe('2028-02-29');
  expect(dayOf('1970-01-01')).toBe(0);
  expect(instantText(dayOf('2026-04-30'), 17 * 60 + 5)).toBe('2026-04-30T17:05:00Z');
});

test('business is done on weekdays that are no holidays', () => {
  expect(dayText(businessDayFrom(dayOf('2026-11-21')))).toBe('2026-11-23');
  expect(dayText(businessDayUntil(dayOf('2026-11-22')))).toBe('2026-11-20');
  expect(dayText(businessDayFrom(dayOf('2026-12-25')))).toBe('2026-12-28');
  expect(dayText(nextWeekday(dayOf('2026-11-24'), 3))).toBe('2026-11-25');
  expect(dayText(nextWeekday(dayOf('2026-11-25'), 3))).toBe('2026-11-25');
});

test('an instant has the day of the place', () => {
  const instant = Date.parse('2026-11-24T03:00:00Z');

  expect(dayText(localDay(instant, 'America/Los_Angeles'))).toBe('2026-11-23');
  expect(dayText(localDay(instant, 'Europe/Berlin'))).toBe('2026-11-24');
});

test('amounts have the decimals of their currency', () => {
  expect(['USD', 'JPY'].map((currency) => moneyText(-5, currency))).toEqual(['-0.05', '-5']);
  expect(moneyText(123_456, 'EUR')).toBe('1234.56');
  expect(converted(100_00, 'USD', 'USD', 0)).toBe(100_00);
  expect(converted(100_00, 'USD', 'JPY', 20_000)).toBeGreaterThan(14_000);
});

test('chance repeats for a seed, and differs for another', () => {
  const drawn = (seed: string) => {
    const random = pseudoRandom(seed);
    return Array.from({ length: 50 }, () => random.integer(1, 6));
  };

  expect(drawn('a')).toEqual(drawn('a'));
  expect(drawn('a')).not.toEqual(drawn('b'));
  expect(new Set(drawn('a'))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  expect(new Set(pseudoRandom('a').shuffled([1, 2, 3]))).toEqual(new Set([1, 2, 3]));
  expect(() => pseudoRandom('a').pick([])).toThrow('nothing to choose from');
});
