// Figures that a sheet does not have, said in every way a text could say them: by the formats of Intl
// in many scripts and styles, in words, in disguise.
import { toCardinal as spellGerman, toOrdinal as orderGerman } from 'n2words/de-DE';
import { toCardinal as spellEnglish, toOrdinal as orderEnglish } from 'n2words/en-US';
import type { Language } from '../../domain/text/fact-sheet.ts';
import { disguised } from './disguises.ts';
import type { Random } from './random.ts';
import { sayCount, sayDate, sayDecimal, sayMoney } from './said.ts';
import type { Scenario } from './scenario.ts';
import { decimalsOf } from '../../domain/currency.ts';
import { dateOf } from '../../domain/calendar.ts';

const SCRIPTS = [
  'arab',
  'arabext',
  'beng',
  'deva',
  'fullwide',
  'hanidec',
  'khmr',
  'mathbold',
  'mathsans',
  'mymr',
  'tamldec',
  'thai',
];
const OTHER_NAMES = [
  'Contoso Retail',
  'Fabrikam Inc.',
  'Northwind Traders',
  'Adventure Works',
  'Tailspin Toys',
  'Wingtip',
  'Globex Corporation',
  'Schmidt & Söhne',
  'Müller Maschinenbau',
  'Frau Petersen',
  'Mr. Hargreaves',
  'Initech',
  'Litware',
  'Angela Barnett',
  'Vandelay',
  'Weyland-Yutani',
  'Bäckerei Huber',
  'Zollinger',
  'Stefan',
  'Acme',
];

/** A piece of text that says something false, and of what kind. */
export type Falsehood = { readonly said: string; readonly of: string };

/** Every number a sheet has, whatever of: none of them makes a falsehood. */
function numbersOf({ sheet }: Scenario): ReadonlySet<number> {
  return new Set(
    sheet.facts.flatMap((fact) => {
      switch (fact.kind) {
        case 'amount':
          return [fact.amount.minor / 10 ** decimalsOf(fact.amount.currency)];
        case 'count':
          return [fact.count];
        case 'percentage':
          return [Number(fact.percentage)];
        case 'days':
          return [Number(fact.days)];
        case 'date': {
          const { year, dayOfMonth } = dateOf(fact.day);
          return [year, dayOfMonth];
        }
        case 'number':
        case 'name':
          return [];
      }
    }),
  );
}

function otherInteger(scenario: Scenario, least: number, greatest: number, random: Random): number {
  const known = numbersOf(scenario);
  for (;;) {
    const value = random.between(least, greatest);
    if (!known.has(value)) return value;
  }
}

/** A false amount: often one that is nearly right. */
export function falseMoney(scenario: Scenario, language: Language, random: Random): Falsehood {
  const amounts = scenario.sheet.facts.flatMap((fact) =>
    fact.kind === 'amount' ? [fact.amount] : [],
  );
  const { minor, currency } = random.pick(amounts);
  const known = new Set(amounts.map((one) => one.minor));
  const text = String(minor);
  const at = random.between(0, text.length - 1);
  const swapped = Number(
    text.slice(0, at) + String((Number(text[at]) + random.between(1, 9)) % 10) + text.slice(at + 1),
  );
  const candidates = [
    swapped,
    minor * 10,
    minor * 100,
    minor + 1,
    minor - 1,
    minor + 100,
    Math.round(minor / 1_000) * 1_000 + 100_000,
  ];
  const wrong = random.pick(candidates.filter((one) => one > 0 && !known.has(one)));
  const whole = otherInteger(scenario, 50, 900_000, random);
  const spell = language === 'en' ? spellEnglish : spellGerman;
  const word = language === 'en' ? 'dollars' : 'Euro';
  const compact = (display: 'short' | 'long') =>
    new Intl.NumberFormat(language, {
      notation: 'compact',
      compactDisplay: display,
      maximumFractionDigits: 2,
    }).format(whole * 7 + 0.5);
  const said = random.pick([
    () => sayMoney({ minor: wrong, currency }, language, random),
    () => sayMoney({ minor: wrong, currency }, language, random),
    () => sayMoney({ minor, currency: currency === 'SEK' ? 'NOK' : 'SEK' }, language, random),
    () =>
      new Intl.NumberFormat(language, {
        style: 'currency',
        currency,
        currencySign: 'accounting',
      }).format(-wrong / 100),
    () => `${currency} ${compact('short')}`,
    () => `${compact('long')} ${currency}`,
    () => `${spell(whole)} ${word}`,
    () =>
      new Intl.NumberFormat(
        random.pick(['fr-FR', 'de-CH', 'sv-SE', 'pl-PL', 'en-IN', 'pt-BR', 'it-IT']),
        { style: 'currency', currency },
      ).format(wrong / 100),
    () =>
      new Intl.NumberFormat(`en-u-nu-${random.pick(SCRIPTS)}`, {
        style: 'currency',
        currency,
      }).format(wrong / 100),
    () => `${currency} ${disguised(String(whole), random)}`,
  ])();
  return { said, of: 'amount' };
}

/** A false count. */
export function falseCount(scenario: Scenario, language: Language, random: Random): Falsehood {
  const count = otherInteger(scenario, 2, 99, random);
  const [spell, order] =
    language === 'en' ? [spellEnglish, orderEnglish] : [spellGerman, orderGerman];
  const said = random.pick([
    () => sayCount(count, language, random),
    () => spell(count),
    () => spell(count + 900),
    () => disguised(String(count + 100), random),
    () => new Intl.NumberFormat(`en-u-nu-${random.pick(SCRIPTS)}`).format(count),
    () => order(otherInteger(scenario, 32, 99, random)),
    () => `${count}.5`,
    () => (language === 'en' ? `${count} dozen` : `${count} Dutzend`),
  ])();
  return { said, of: 'count' };
}

/** A false number of days. */
export function falseDays(scenario: Scenario, language: Language, random: Random): Falsehood {
  const days = otherInteger(scenario, 3, 400, random);
  const spell = language === 'en' ? spellEnglish : spellGerman;
  const [day, weeks, months] =
    language === 'en' ? ['days', 'weeks', 'months'] : ['Tage', 'Wochen', 'Monate'];
  const relative = new Intl.RelativeTimeFormat(language, {
    numeric: random.pick(['always', 'auto'] as const),
  });
  const unit = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: random.pick(['day', 'week', 'month', 'hour']),
    unitDisplay: 'long',
  });
  const said = random.pick([
    () => `${days} ${day}`,
    () => `${spell(days)} ${day}`,
    () => `${days} ${weeks}`,
    () => `${days} ${months}`,
    () => relative.format(-days, random.pick(['day', 'week', 'month', 'quarter', 'year'] as const)),
    () =>
      relative.format(
        random.pick([-1, 1]),
        random.pick(['day', 'week', 'month', 'quarter', 'year'] as const),
      ),
    () => unit.format(days),
    () => (language === 'en' ? `a ${days}-day period` : `${days}-tägig`),
  ])();
  return { said, of: 'days' };
}

/** A false percentage. */
export function falsePercentage(scenario: Scenario, language: Language, random: Random): Falsehood {
  const value = otherInteger(scenario, 1, 199, random);
  const decimal = `${value}.${random.between(1, 9)}`;
  const spell = language === 'en' ? spellEnglish : spellGerman;
  const percent = language === 'en' ? 'percent' : 'Prozent';
  const said = random.pick([
    () => `${sayDecimal(decimal, language)}%`,
    () => `${value} ${percent}`,
    () => `${spell(value)} ${percent}`,
    () =>
      new Intl.NumberFormat(random.pick(['en', 'de', 'fr', 'ar-EG', 'tr']), {
        style: 'percent',
      }).format(value / 100),
    () => `${value}½ %`,
    () => `${value}‰`,
    () => `${value} of 100`,
    () => (language === 'en' ? `${value} per cent` : `${value} v. H.`),
  ])();
  return { said, of: 'percentage' };
}

/** A false date. */
export function falseDate(scenario: Scenario, language: Language, random: Random): Falsehood {
  const known = new Set(
    scenario.sheet.facts.flatMap((fact) => (fact.kind === 'date' ? [dayAndMonth(fact.day)] : [])),
  );
  let day = 0;
  do day = random.between(10_000, 24_000);
  while (known.has(dayAndMonth(day)) || isTurned(day, known));
  const date = new Date(day * 86_400_000);
  const format = (locale: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(date);
  const { month, dayOfMonth } = dateOf(day);
  const said = random.pick([
    () => sayDate(day, language, random),
    () => sayDate(day, language, random),
    () =>
      format(random.pick(['en-US', 'en-GB', 'de-DE', 'fr-FR', 'nl-NL', 'sv-SE', 'en-CA']), {
        dateStyle: random.pick(['short', 'medium', 'long', 'full'] as const),
      }),
    () => format(`en-u-nu-${random.pick(SCRIPTS)}`, { dateStyle: 'medium' }),
    () => `${dayOfMonth}/${month}`,
    () =>
      language === 'en'
        ? `the ${orderEnglish(dayOfMonth)} of ${format('en-US', { month: 'long' })}`
        : `${orderGerman(dayOfMonth)} ${format('de-DE', { month: 'long' })}`,
    () => format(language === 'en' ? 'en-US' : 'de-DE', { weekday: 'long' }),
    () => format('en-GB', { dateStyle: 'long' }).replaceAll(' ', '-'),
    () => `${format('en-US', { month: 'short' }).toUpperCase()} ${dayOfMonth}`,
    () => date.toISOString(),
    () => date.toUTCString(),
  ])();
  return { said, of: 'date' };
}

function dayAndMonth(day: number): string {
  const { month, dayOfMonth } = dateOf(day);
  return `${month}-${dayOfMonth}`;
}

/** Whether the date is one of the sheet's when day and month are turned round. */
function isTurned(day: number, known: ReadonlySet<string>): boolean {
  const { month, dayOfMonth } = dateOf(day);
  return known.has(`${dayOfMonth}-${month}`);
}

/** A false number of a document: often one that is nearly right. */
export function falseNumber(scenario: Scenario, _language: Language, random: Random): Falsehood {
  const numbers = scenario.sheet.facts.flatMap((fact) =>
    fact.kind === 'number' ? [fact.text] : [],
  );
  const number = random.pick(numbers);
  const last = number.length - 1;
  const said = random.pick([
    `${number.slice(0, last)}${(Number(number[last]) + 5) % 10}`,
    `${number}1`,
    number.replace(/\d/, (digit) => String((Number(digit) + 3) % 10)),
    `${number}-A`,
    `X${number}`,
    number.replace(/^\D+/, '').length < number.length ? number.replace(/^\D+/, '') : `${number}7`,
    `PO-${random.between(1_000, 9_999)}`,
    `${random.between(100_000, 999_999)}`,
  ]);
  return numbers.includes(said) ? falseNumber(scenario, _language, random) : { said, of: 'number' };
}

/** The name of somebody else. */
export function falseName(_scenario: Scenario, _language: Language, random: Random): Falsehood {
  return { said: random.pick(OTHER_NAMES), of: 'name' };
}
