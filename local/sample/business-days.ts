// Days as integers since 1970-01-01, and the days on which business is done.

/** A calendar day, counted from 1970-01-01. */
export type Day = number;

const MILLISECONDS_A_DAY = 86_400_000;
const SUNDAY = 0;
const SATURDAY = 6;
/** Days of the year on which nobody invoices or pays, in either country. */
const HOLIDAYS = ['01-01', '12-25', '12-26'];

/** `YYYY-MM-DD`. */
export function dayText(day: Day): string {
  return new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}

/** The day of a `YYYY-MM-DD`. */
export function dayOf(text: string): Day {
  return Math.floor(Date.parse(`${text}T00:00:00Z`) / MILLISECONDS_A_DAY);
}

/** The calendar day it is in a time zone at an instant in milliseconds since 1970. */
export function localDay(instant: number, timeZone: string): Day {
  // Swedish writes dates as ISO 8601 does.
  return dayOf(new Intl.DateTimeFormat('sv-SE', { timeZone }).format(instant));
}

/** RFC 3339, so many minutes after midnight UTC of a day. */
export function instantText(day: Day, minutes: number): string {
  const instant = new Date(day * MILLISECONDS_A_DAY + minutes * 60_000);
  return instant.toISOString().replace('.000Z', 'Z');
}

/** 1 to 12. */
export function monthOf(day: Day): number {
  return Number(dayText(day).slice(5, 7));
}

export function yearOf(day: Day): number {
  return Number(dayText(day).slice(0, 4));
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(day * MILLISECONDS_A_DAY).getUTCDay();
}

export function isBusinessDay(day: Day): boolean {
  const weekday = weekdayOf(day);
  if (weekday === SUNDAY || weekday === SATURDAY) return false;
  return !HOLIDAYS.includes(dayText(day).slice(5));
}

/** The day itself, or the next on which business is done. */
export function businessDayFrom(day: Day): Day {
  let found = day;
  while (!isBusinessDay(found)) found += 1;
  return found;
}

/** The day itself, or the last before it on which business was done. */
export function businessDayUntil(day: Day): Day {
  let found = day;
  while (!isBusinessDay(found)) found -= 1;
  return found;
}

/** The next such weekday, the day itself included, moved off holidays. */
export function nextWeekday(day: Day, weekday: number): Day {
  return businessDayFrom(day + ((weekday - weekdayOf(day) + 7) % 7));
}
