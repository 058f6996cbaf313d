// Whether a number, of whatever it is said to be, is a fact of the sheet. It is equal to one or it is
// refused: `about 1,200` is no way to say 1,234.50.
import type { Finding } from './covered-text.ts';
import { daysLike, type Grounds, hasAmount } from './grounds.ts';
import { isOfDays, type Unit } from './units.ts';

/** Where ages begin: `over 30 days` says what the sheet calls from 31. */
const OVER =
  /(?:over|more than|above|beyond|exceeding|longer than|older than|über|mehr als|länger als|älter als) $/iu;

/**
 * The kind of what the sheet does not say; null for a number that it says. `values` are what the
 * number can mean, as canonical decimals; `before` is the text before it.
 */
export function ungrounded(
  values: readonly string[],
  unit: Unit,
  before: string,
  grounds: Grounds,
): Finding['kind'] | null {
  const isIn = (known: ReadonlySet<string>) => values.some((value) => known.has(value));
  // Signs are told in words, as the sheet does: no fact is below zero.
  const isNegative = /(?<![\p{L}\d])(?:minus |negative |[−–-] ?)$/iu.test(before);
  switch (unit.kind) {
    case 'money':
      return !isNegative && hasAmount(grounds, values, unit.currencies) ? null : 'amount';
    case 'percent':
      return !isNegative && isIn(grounds.percentages) ? null : 'percentage';
    case 'days':
      return isIn(grounds.days) || (OVER.test(before) && isIn(followers(grounds.days)))
        ? null
        : 'count';
    case 'months':
      return isIn(grounds.months) ? null : 'count';
    case 'dayOfMonth':
      return isDayOfMonth(values, grounds) ? null : 'date';
    case 'document':
      return 'number';
    // Which one of several something is, no sheet says.
    case 'ordinal':
    case 'foreign':
      return 'count';
    case 'none':
      if (isNegative) return 'amount';
      if (hasAmount(grounds, values, null)) return null;
      if (isIn(grounds.counts)) return null;
      if (isOfDays(before) && isIn(grounds.days)) return null;
      return values.some((value) => value.includes('.')) ? 'amount' : 'count';
  }
}

/** Numbers of days that are one more. */
function followers(days: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    [...days].filter((day) => /^\d+$/.test(day)).map((day) => String(Number(day) - 1)),
  );
}

function isDayOfMonth(values: readonly string[], grounds: Grounds): boolean {
  return values.some(
    (value) => daysLike(grounds, { year: null, month: null, dayOfMonth: Number(value) }).length > 0,
  );
}
