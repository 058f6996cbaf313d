// NCRONTAB schedules of six fields: second, minute, hour, day, month, day of the week. In UTC, as
// on a plan that knows no time zone.

/** The values of each field that fit. */
export type Schedule = {
  readonly seconds: ReadonlySet<number>;
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
};

type Field = { readonly min: number; readonly max: number; readonly names: readonly string[] };

const SECOND = { min: 0, max: 59, names: [] };
const HOUR = { min: 0, max: 23, names: [] };
const DAY = { min: 1, max: 31, names: [] };
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = { min: 1, max: 12, names: MONTHS };
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const WEEKDAY = { min: 0, max: 6, names: WEEKDAYS };

const PART = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/;
const DAY_MILLISECONDS = 86_400_000;
/** The 29th of February can be eight years away, and fall on one weekday every 40 years. */
const DAYS_AHEAD_MAX = 366 * 41;

/** The schedule; null when the text is none. */
export function parseSchedule(text: string): Schedule | null {
  const texts = text.trim().split(/\s+/);
  if (texts.length !== 6) return null;
  const fields = [SECOND, SECOND, HOUR, DAY, MONTH, WEEKDAY];
  const [seconds, minutes, hours, days, months, weekdays] = fields.map((field, index) =>
    valuesOf(texts[index] ?? '', field),
  );
  if (!seconds || !minutes || !hours || !days || !months || !weekdays) return null;
  return { seconds, minutes, hours, days, months, weekdays };
}

/** Parts between commas: `*`, a value, a range, each also in steps (`0/15`, `5/15`, `9-17/2`). */
function valuesOf(text: string, field: Field): ReadonlySet<number> | null {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match = PART.exec(part);
    if (match === null) return null;
    const [, star, first = '', last, step] = match;
    const from = star === undefined ? valueOf(first, field) : field.min;
    const open = star !== undefined || (last === undefined && step !== undefined);
    const to = open ? field.max : valueOf(last ?? first, field);
    const by = Number(step ?? 1);
    if (from === null || to === null || from > to || by < 1) return null;
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return values;
}

function valueOf(text: string, { min, max, names }: Field): number | null {
  const named = names.indexOf(text.slice(0, 3).toLowerCase());
  const value = named >= 0 ? named + min : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : null;
}

/**
 * The first time after an instant that fits, both in milliseconds since 1970; null when there is
 * none, as on the 30th of February. A day fits by its number and its weekday both.
 */
export function nextTime(schedule: Schedule, after: number): number | null {
  const start = Math.floor(after / 1_000) * 1_000 + 1_000;
  const firstDay = Math.floor(start / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  for (let ahead = 0; ahead <= DAYS_AHEAD_MAX; ahead += 1) {
    const day = firstDay + ahead * DAY_MILLISECONDS;
    if (!isDayIn(schedule, new Date(day))) continue;
    const second = firstSecond(schedule, ahead === 0 ? (start - day) / 1_000 : 0);
    if (second !== null) return day + second * 1_000;
  }
  return null;
}

function isDayIn({ days, months, weekdays }: Schedule, day: Date): boolean {
  return (
    months.has(day.getUTCMonth() + 1) && days.has(day.getUTCDate()) && weekdays.has(day.getUTCDay())
  );
}

/** The first second of a day, from one on, that fits. */
function firstSecond({ hours, minutes, seconds }: Schedule, from: number): number | null {
  for (let hour = Math.floor(from / 3_600); hour < 24; hour += 1) {
    if (!hours.has(hour)) continue;
    for (let minute = 0; minute < 60; minute += 1) {
      if (!minutes.has(minute)) continue;
      for (let second = 0; second < 60; second += 1) {
        const time = (hour * 60 + minute) * 60 + second;
        if (time >= from && seconds.has(second)) return time;
      }
    }
  }
  return null;
}
