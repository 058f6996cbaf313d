// Calendar days as integers (days since 1970-01-01) and the business date of a time zone. A date
// is never shifted between zones, and nothing here reads a clock.
import { readDigits } from './digits.ts';

/** Days since 1970-01-01; no time, no zone. */
export type Day = number;

/** The last day of a month that has 31, so that any month's length can be looked up by index. */
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const INSTANT_TEXT =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,12}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;
const MILLISECONDS_PER_DAY = 86_400_000;

/** The years a date may lie in; 1900 is where an ERP's "no date" begins. */
export const YEAR_MIN = 1900;
export const YEAR_MAX = 2999;

/** The instants that can be written with such a year. */
const INSTANT_MIN = dayOf(YEAR_MIN, 1, 1) * MILLISECONDS_PER_DAY;
const INSTANT_END = dayOf(YEAR_MAX + 1, 1, 1) * MILLISECONDS_PER_DAY;

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function monthLength(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar. */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  // The year is taken to begin in March, so that the leap day is its last.
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const monthIndex = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthIndex + 2) / 5) + dayOfMonth - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Year, month (1–12) and day of the month of a day. */
export function dateOf(day: Day): { year: number; month: number; dayOfMonth: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1,
  };
}

/** The day of `YYYY-MM-DD`; null when it is not one, such as 2026-02-30. */
export function parseDay(text: string): Day | null {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return null;
  const year = readDigits(text, 0, 4);
  const month = readDigits(text, 5, 7);
  const dayOfMonth = readDigits(text, 8, 10);
  if (year === null || month === null || dayOfMonth === null) return null;
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12) return null;
  if (dayOfMonth < 1 || dayOfMonth > monthLength(year, month)) return null;
  return dayOf(year, month, dayOfMonth);
}

/** The day of a date that was checked when it came in; anything else is a bug. */
export function dayFrom(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new Error('not a date in a stored row');
  return day;
}

/** `YYYY-MM-DD` of a day. */
export function formatDay(day: Day): string {
  const { year, month, dayOfMonth } = dateOf(day);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/**
 * Milliseconds since 1970 of an RFC 3339 timestamp, finer fractions cut off; null when it is not
 * one. A leap second counts as the second before it.
 */
export function parseInstant(text: string): number | null {
  const match = INSTANT_TEXT.exec(text);
  const day = match === null ? null : parseDay(match[1] ?? '');
  if (match === null || day === null) return null;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4])];
  const [offsetHour, offsetMinute] = [Number(match[8] ?? 0), Number(match[9] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return null;
  const milliseconds = Number((match[5] ?? '').padEnd(3, '0').slice(0, 3));
  const local =
    day * MILLISECONDS_PER_DAY +
    (hour * 3_600 + minute * 60 + Math.min(second, 59)) * 1_000 +
    milliseconds;
  const offset = (offsetHour * 60 + offsetMinute) * 60_000;
  const instant = match[7] === '-' ? local + offset : local - offset;
  return instant >= INSTANT_MIN && instant < INSTANT_END ? instant : null;
}

/** `YYYY-MM-DDTHH:mm:ss.sssZ`: sorts as text in the order of time. */
export function formatInstant(milliseconds: number): string {
  const day = Math.floor(milliseconds / MILLISECONDS_PER_DAY);
  const rest = milliseconds - day * MILLISECONDS_PER_DAY;
  const seconds = Math.floor(rest / 1_000);
  const [hour, minute] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const time = `${pad(hour, 2)}:${pad(minute, 2)}:${pad(seconds % 60, 2)}`;
  return `${formatDay(day)}T${time}.${pad(rest % 1_000, 3)}Z`;
}

/** The day, in UTC, of an instant that was checked when it came in; anything else is a bug. */
export function instantDay(text: string): Day {
  return Math.floor(checkedInstant(text) / MILLISECONDS_PER_DAY);
}

const formatters = new Map<string, Intl.DateTimeFormat>();
/** Zones remembered at once; their names can be spelled in more ways than there are zones. */
const FORMATTERS_MAX = 1_000;

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  if (formatters.size >= FORMATTERS_MAX) formatters.clear();
  formatters.set(timeZone, formatter);
  return formatter;
}

/** Whether the name is an IANA time zone this runtime knows. */
export function isTimeZone(name: string): boolean {
  // Intl takes offsets too, but those know no daylight saving time.
  if (/^[+-]/.test(name)) return false;
  try {
    formatterOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The calendar date at an instant in a time zone (SPEC §1, business date). */
export function businessDate(milliseconds: number, timeZone: string): Day {
  let [year, month, dayOfMonth] = [0, 0, 0];
  for (const { type, value } of formatterOf(timeZone).formatToParts(milliseconds)) {
    if (type === 'year') year = Number(value);
    if (type === 'month') month = Number(value);
    if (type === 'day') dayOfMonth = Number(value);
  }
  return dayOf(year, month, dayOfMonth);
}

/** The calendar date, in a time zone, of an instant that was checked when it came in. */
export function localDay(text: string, timeZone: string): Day {
  return businessDate(checkedInstant(text), timeZone);
}

function checkedInstant(text: string): number {
  const instant = parseInstant(text);
  if (instant === null) throw new Error('not an instant in a stored row');
  return instant;
}
