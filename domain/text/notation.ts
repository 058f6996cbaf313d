// How amounts, dates and numbers are written in English and in German texts.
import { type Day, dateOf } from '../calendar.ts';
import { formatAmount } from '../money.ts';
import type { Fact, Language, Money } from './fact-sheet.ts';

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: 'January February March April May June July August September October November December'.split(
    ' ',
  ),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(
    ' ',
  ),
};

const GROUP_MARK: Readonly<Record<Language, string>> = { en: ',', de: '.' };
const DECIMAL_MARK: Readonly<Record<Language, string>> = { en: '.', de: ',' };

/** A decimal number with groups of three digits: `1234.5` → `1,234.5`, in German `1.234,5`. */
export function decimalText(decimal: string, language: Language): string {
  const [whole = '', fraction] = decimal.split('.');
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, GROUP_MARK[language]);
  return fraction === undefined ? grouped : `${grouped}${DECIMAL_MARK[language]}${fraction}`;
}

/** `USD 1,234.50`, in German `1.234,50 USD`. */
export function amountText({ minor, currency }: Money, language: Language): string {
  const amount = decimalText(formatAmount(minor, currency), language);
  switch (language) {
    case 'en':
      return `${currency} ${amount}`;
    case 'de':
      return `${amount} ${currency}`;
  }
}

/** `24 November 2026`, in German `24. November 2026`. */
export function dateText(day: Day, language: Language): string {
  const { year, month, dayOfMonth } = dateOf(day);
  const name = MONTHS[language][month - 1] ?? '';
  switch (language) {
    case 'en':
      return `${dayOfMonth} ${name} ${year}`;
    case 'de':
      return `${dayOfMonth}. ${name} ${year}`;
  }
}

/** A mean as people say it: nothing after the point where that is zero. */
function meanText(decimal: string, language: Language): string {
  return decimalText(decimal.replace(/\.0+$/, ''), language);
}

/** A fact as a text writes it. */
export function factText(fact: Fact, language: Language): string {
  switch (fact.kind) {
    case 'amount':
      return amountText(fact.amount, language);
    case 'date':
      return dateText(fact.day, language);
    case 'count':
      return decimalText(String(fact.count), language);
    case 'percentage': {
      const percentage = meanText(fact.percentage, language);
      return language === 'en' ? `${percentage}%` : `${percentage} %`;
    }
    case 'number':
    case 'name':
      return fact.text;
    case 'days':
      return meanText(fact.days, language);
  }
}
