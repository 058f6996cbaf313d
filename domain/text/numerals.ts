// Numbers in digits: what a numeral can mean, in the notations of English and German letters. Values
// are canonical decimals, `1234.5`: equal numbers are equal texts.
import type { Language } from './fact-sheet.ts';

/** The digits and separators of one numeral. */
export const NUMERAL = String.raw`\d{1,3}(?:[ .,'’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?`;

const GROUPED = /^(\d{1,3})((?:([ .,'’])\d{3})(?:\3\d{3})*)(?:([.,])(\d+))?$/;
const PLAIN = /^(\d+)(?:([.,])(\d+))?$/;

/**
 * What a reader of the language takes the numeral for; empty when it could be taken for two numbers
 * or none. `1,234` is a thousand and more in English, and one and a fraction in German; `1.234` the
 * other way round. Where both separators stand, or a group of digits is not of three, either
 * language's way is understood in both.
 */
export function valuesOf(numeral: string, language: Language): readonly string[] {
  const plain = PLAIN.exec(numeral);
  const grouped = GROUPED.exec(numeral);
  if (grouped !== null) {
    const [, first = '', rest = '', separator = '', point, fraction = ''] = grouped;
    // No number is grouped and divided by one and the same.
    if (point === separator) return [];
    // A number with zero before its group is none: 0,123 is a fraction.
    if (first.startsWith('0')) return plain === null ? [] : [canonical(first, plain[3] ?? '')];
    const single = plain !== null && rest.length === 4;
    if (single && separator === (language === 'en' ? '.' : ',')) {
      return [canonical(first, plain[3] ?? '')];
    }
    return [canonical(first + rest.replaceAll(/\D/g, ''), fraction)];
  }
  if (plain === null) return [];
  const [, whole = '', , fraction = ''] = plain;
  // Zeros in front belong to numbers of documents.
  if (whole.length > 1 && whole.startsWith('0')) return [];
  return [canonical(whole, fraction)];
}

/** A decimal without anything that does not count. */
export function canonical(whole: string, fraction: string): string {
  const digits = whole.replace(/^0+(?=\d)/, '');
  const decimals = fraction.replace(/0+$/, '');
  return decimals === '' ? digits : `${digits}.${decimals}`;
}

/** A canonical decimal times a power of ten, exactly. */
export function timesTenTo(value: string, power: number): string {
  const [whole = '', fraction = ''] = value.split('.');
  const shifted = fraction.padEnd(power, '0');
  return canonical(whole + shifted.slice(0, power), shifted.slice(power));
}
