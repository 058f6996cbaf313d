import { addDays } from 'date-fns/addDays';
import { differenceInCalendarDays } from 'date-fns/differenceInCalendarDays';
import { formatISO } from 'date-fns/formatISO';
import { isValid } from 'date-fns/isValid';
import { parseISO } from 'date-fns/parseISO';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  businessDate,
  dateOf,
  dayFrom,
  dayOf,
  formatDay,
  formatInstant,
  isTimeZone,
  parseDay,
  parseInstant,
} from './calendar.ts';

const FIRST_DAY = -25_567;
const LAST_DAY = 376_199;
const day = fc.integer({ min: FIRST_DAY, max: LAST_DAY });
const two = (value: number) => String(value).padStart(2, '0');

describe('days', () => {
  test('are those of the calendar, there and back', () => {
    fc.assert(
      fc.property(day, (some) => {
        const text = formatISO(addDays(parseISO('1970-01-01'), some), { representation: 'date' });
        expect(formatDay(some)).toBe(text);
        expect(parseDay(text)).toBe(some);
        expect(dayFrom(text)).toBe(some);
        const { year, month, dayOfMonth } = dateOf(some);
        expect(`${year}-${two(month)}-${two(dayOfMonth)}`).toBe(text);
        expect(dayOf(year, month, dayOfMonth)).toBe(some);
      }),
      { numRuns: 1_000 },
    );
  });

  test('are as far apart as the calendar says', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        const dates = [a, b].map((some) => parseISO(formatDay(some)));
        expect(differenceInCalendarDays(dates[1] ?? '', dates[0] ?? '')).toBe(b - a);
      }),
      { numRuns: 300 },
    );
  });

  test('that the calendar does not have are none', () => {
    const field = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(
        fc.integer({ min: 1_900, max: 2_999 }),
        field(13),
        field(32),
        (year, month, of) => {
          const text = `${year}-${two(month)}-${two(of)}`;
          expect(parseDay(text) !== null).toBe(isValid(parseISO(text)));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test.each([
    '2026-02-30',
    '2025-02-29',
    '1900-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-01-00',
    '1899-12-31',
    '3000-01-01',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00:00Z',
    '2026-01-01 ',
    '2026-01-01\n',
    '２０２６-01-01',
    '',
  ])('%j is no date', (text) => {
    expect(parseDay(text)).toBeNull();
    expect(() => dayFrom(text)).toThrow('not a date');
  });

  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['1900-01-01', FIRST_DAY],
    ['2999-12-31', LAST_DAY],
  ])('%s is day %d', (text, expected) => {
    expect(parseDay(text)).toBe(expected);
  });
});

describe('instants', () => {
  const time = fc.record({
    on: fc.integer({ min: FIRST_DAY + 2, max: LAST_DAY - 2 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    second: fc.integer({ min: 0, max: 59 }),
    fraction: fc.constantFrom('', '.5', '.25', '.125', '.000', '.999'),
    zone: fc.oneof(
      fc.constant('Z'),
      fc
        .tuple(
          fc.constantFrom('+', '-'),
          fc.integer({ min: 0, max: 14 }),
          fc.constantFrom(0, 30, 45),
        )
        .map(([sign, hours, minutes]) => `${sign}${two(hours)}:${two(minutes)}`),
    ),
  });

  test('are read with their offset and fraction, and written so that text sorts as time', () => {
    fc.assert(
      fc.property(time, ({ on, hour, minute, second, fraction, zone }) => {
        const clock = `${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
        const text = `${formatDay(on)}T${clock}${zone}`;
        const expected = parseISO(text);
        expect(parseInstant(text)).toBe(expected.getTime());
        expect(formatInstant(expected.getTime())).toBe(expected.toISOString());
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['2026-04-30t10:00:00z', '2026-04-30T10:00:00.000Z'],
    ['2026-04-30T10:00:00.123456789Z', '2026-04-30T10:00:00.123Z'],
    ['2026-04-30T10:00:00.9999Z', '2026-04-30T10:00:00.999Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00.000Z'],
    ['2026-12-31T23:30:00-00:45', '2027-01-01T00:15:00.000Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, expected) => {
    expect(formatInstant(parseInstant(text) ?? Number.NaN)).toBe(expected);
  });

  test.each([
    '2026-04-30',
    '2026-04-30T10:00:00',
    '2026-04-30T10:00Z',
    '2026-04-30 10:00:00Z',
    '2026-04-30T24:00:00Z',
    '2026-04-30T10:60:00Z',
    '2026-04-30T10:00:61Z',
    '2026-02-30T10:00:00Z',
    '2026-04-30T10:00:00+24:00',
    '2026-04-30T10:00:00+01:60',
    '2026-04-30T10:00:00+0100',
    '2026-04-30T10:00:00.Z',
    '2026-04-30T10:00:00Z\n',
    '',
  ])('%j is no instant', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  test.each(['1900-01-01T00:00:00+14:00', '2999-12-31T23:59:59-12:00'])(
    '%s, once read and written, can be read again, or is refused',
    (text) => {
      const read = parseInstant(text);
      expect(read === null || parseInstant(formatInstant(read)) === read).toBe(true);
    },
  );
});

describe('the business date', () => {
  const HOUR = 3_600_000;
  const DAY = 24 * HOUR;
  const at = (text: string) => parseISO(text).getTime();
  /** Offsets from UTC in hours during 2026: the first, then each with when it begins. */
  const ZONES: Readonly<Record<string, readonly (readonly [from: string, hours: number])[]>> = {
    'America/Los_Angeles': [
      ['2026-01-01T00:00:00Z', -8],
      ['2026-03-08T10:00:00Z', -7],
      ['2026-11-01T09:00:00Z', -8],
    ],
    'Europe/Berlin': [
      ['2026-01-01T00:00:00Z', 1],
      ['2026-03-29T01:00:00Z', 2],
      ['2026-10-25T01:00:00Z', 1],
    ],
    'Asia/Tokyo': [['2026-01-01T00:00:00Z', 9]],
    'Asia/Kathmandu': [['2026-01-01T00:00:00Z', 5.75]],
    'Pacific/Apia': [['2026-01-01T00:00:00Z', 13]],
    'Pacific/Pago_Pago': [['2026-01-01T00:00:00Z', -11]],
    UTC: [['2026-01-01T00:00:00Z', 0]],
  };

  function offsetAt(zone: string, instant: number): number {
    const begun = (ZONES[zone] ?? []).filter(([from]) => at(from) <= instant);
    return (begun.at(-1)?.[1] ?? 0) * HOUR;
  }

  /** Instants of 2026, half of them within seconds of a midnight somewhere. */
  const instant = fc.oneof(
    fc.integer({ min: 0, max: 365 * DAY - 1 }),
    fc
      .tuple(fc.nat(364), fc.nat(95), fc.integer({ min: -2, max: 2 }))
      .map(([days, quarters, second]) => days * DAY + quarters * (HOUR / 4) + second * 1_000)
      .filter((since) => since >= 0),
  );

  test.each(Object.keys(ZONES))('in %s turns at local midnight, all year round', (zone) => {
    fc.assert(
      fc.property(instant, (since) => {
        const now = at('2026-01-01T00:00:00Z') + since;
        expect(businessDate(now, zone)).toBe(Math.floor((now + offsetAt(zone, now)) / DAY));
      }),
      { numRuns: 300 },
    );
  });

  test('skips the day that Samoa skipped', () => {
    expect(formatDay(businessDate(at('2011-12-30T09:59:59Z'), 'Pacific/Apia'))).toBe('2011-12-29');
    expect(formatDay(businessDate(at('2011-12-30T10:00:00Z'), 'Pacific/Apia'))).toBe('2011-12-31');
  });

  test('knows IANA names and nothing else', () => {
    for (const zone of Object.keys(ZONES)) expect(isTimeZone(zone)).toBe(true);
    for (const name of ['', 'Mars/Olympus', 'Europe/Berlin ', 'CEST', 'W. Europe Standard Time']) {
      expect(isTimeZone(name)).toBe(false);
    }
  });

  test.each(['+01:00', '-0530', '+05'])('%s is an offset, not an IANA name', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
