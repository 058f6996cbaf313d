// What a sheet allows a text to say, arranged for looking up.
import { type Day, dateOf } from '../calendar.ts';
import { formatAmount } from '../money.ts';
import type { FactSheet } from './fact-sheet.ts';
import { canonical } from './numerals.ts';

export type Grounds = {
  /** Amounts as canonical decimals, by currency. */
  readonly amounts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly counts: ReadonlySet<string>;
  /** Of these, the months of the windows that figures are of: facts that are named so. */
  readonly months: ReadonlySet<string>;
  readonly percentages: ReadonlySet<string>;
  readonly days: ReadonlySet<string>;
  readonly dates: ReadonlySet<Day>;
  readonly asOf: Day;
  /** Of documents and accounts, as written. */
  readonly numbers: readonly string[];
  readonly names: readonly string[];
};

/** What the facts of a sheet allow; its day is among the dates. */
export function groundsOf({ facts, asOf }: FactSheet): Grounds {
  const amounts = new Map<string, Set<string>>();
  const [counts, percentages, days] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const months = new Set<string>();
  const dates = new Set<Day>([asOf]);
  const [numbers, names]: [string[], string[]] = [[], []];
  for (const fact of facts) {
    switch (fact.kind) {
      case 'amount': {
        const { minor, currency } = fact.amount;
        const known = amounts.get(currency) ?? new Set<string>();
        amounts.set(currency, known.add(decimal(formatAmount(Math.abs(minor), currency))));
        break;
      }
      case 'date':
        dates.add(fact.day);
        break;
      case 'count':
        counts.add(String(fact.count));
        if (/months$/i.test(fact.id)) months.add(String(fact.count));
        break;
      case 'percentage':
        percentages.add(decimal(fact.percentage));
        break;
      case 'number':
        numbers.push(fact.text);
        break;
      case 'name':
        names.push(fact.text);
        break;
      case 'days':
        days.add(decimal(fact.days));
        break;
    }
  }
  return { amounts, counts, months, percentages, days, dates, asOf, numbers, names };
}

function decimal(text: string): string {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  return canonical(whole, fraction);
}

/** Whether one of the currencies, or of all where there are none, has an amount of such a value. */
export function hasAmount(
  { amounts }: Grounds,
  values: readonly string[],
  currencies: readonly string[] | null,
): boolean {
  return (currencies ?? [...amounts.keys()]).some((currency) =>
    values.some((value) => amounts.get(currency)?.has(value) === true),
  );
}

/** A calendar date in parts, of which some may be left open. */
export type PartialDate = {
  readonly year: number | null;
  readonly month: number | null;
  readonly dayOfMonth: number | null;
};

/** Days of the sheet that are such dates. */
export function daysLike({ dates }: Grounds, { year, month, dayOfMonth }: PartialDate): Day[] {
  return [...dates].filter((day) => {
    const date = dateOf(day);
    return (
      (year === null || date.year === year) &&
      (month === null || date.month === month) &&
      (dayOfMonth === null || date.dayOfMonth === dayOfMonth)
    );
  });
}
