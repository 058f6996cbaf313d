// How facts are said: by the formats of Intl and of a library that spells numbers, not by anything
// the check of grounding knows of.
import { toCardinal as spellGerman } from 'n2words/de-DE';
import { toCardinal as spellEnglish } from 'n2words/en-US';
import type { Fact, Language, Money } from '../../domain/text/fact-sheet.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Random } from './random.ts';

const DAY = 86_400_000;

/** A fact in words of the language, in one of the ways it is usually said. */
export function sayFact(fact: Fact, language: Language, random: Random): string {
  switch (fact.kind) {
    case 'amount':
      return sayMoney(fact.amount, language, random);
    case 'date':
      return sayDate(fact.day, language, random);
    case 'count':
      return sayCount(fact.count, language, random);
    case 'percentage':
      return sayDecimal(fact.percentage, language);
    case 'days':
      return sayDecimal(fact.days, language);
    case 'number':
    case 'name':
      return fact.text;
  }
}

/** An amount as it is written in letters. */
export function sayMoney(amount: Money, language: Language, random: Random): string {
  const { currency } = amount;
  // The exact decimal as text: Intl takes it without rounding.
  const exact = formatAmount(amount.minor, currency);
  const value: Intl.StringNumericLiteral = isNumeric(exact) ? exact : '0';
  const locales = language === 'en' ? ['en-US', 'en-GB', 'en-US'] : ['de-DE', 'de-CH', 'de-AT'];
  const locale = random.pick(locales);
  const currencyDisplay = random.pick(['symbol', 'code', 'name', 'code'] as const);
  const plain = new Intl.NumberFormat(locale, {
    minimumFractionDigits: exact.split('.')[1]?.length ?? 0,
  }).format(value);
  return random.pick([
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay }).format(value),
    language === 'en' ? `${currency} ${plain}` : `${plain} ${currency}`,
    `${plain} ${currency}`,
  ]);
}

function isNumeric(text: string): text is Intl.StringNumericLiteral {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

/** A date as it is written in letters. */
export function sayDate(day: number, language: Language, random: Random): string {
  const date = new Date(day * DAY);
  const format = (locale: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(date);
  const iso = date.toISOString().slice(0, 10);
  if (language === 'de') {
    return random.pick([
      format('de-DE', { dateStyle: 'long' }),
      format('de-DE', { dateStyle: 'medium' }),
      format('de-DE', { day: 'numeric', month: 'long' }),
      format('de-DE', { day: 'numeric', month: 'short', year: 'numeric' }),
      iso,
    ]);
  }
  return random.pick([
    format('en-US', { dateStyle: 'long' }),
    format('en-US', { dateStyle: 'medium' }),
    format('en-GB', { dateStyle: 'long' }),
    format('en-GB', { day: 'numeric', month: 'short' }),
    format('en-US', { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
    iso,
  ]);
}

/** A count in digits or words. */
export function sayCount(count: number, language: Language, random: Random): string {
  if (random.between(0, 2) === 0)
    return language === 'en' ? spellEnglish(count) : spellGerman(count);
  return String(count);
}

/** A decimal as it is written in letters. */
export function sayDecimal(decimal: string, language: Language): string {
  return language === 'de' ? decimal.replace('.', ',') : decimal;
}
