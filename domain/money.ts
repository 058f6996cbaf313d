// Amounts as integers in minor units of a currency (SPEC §3.1). Never a float, never two
// currencies in one sum: callers keep one accumulator per currency.
import { type Decimals, decimalsOf } from './currency.ts';
import { readDigits } from './digits.ts';

/** Digits before the decimal point an amount may have. */
export const INTEGER_DIGITS_MAX = 12;
const UNITS_END = 10 ** INTEGER_DIGITS_MAX;
/** Minor units an amount may have; sums of many then stay exact integers. */
const MINOR_UNITS_MAX = 10 ** 14;

/** A decimal number in parts: sign, whole units, and the fraction's digits without trailing zeros. */
export type DecimalParts = {
  readonly negative: boolean;
  readonly units: number;
  readonly fraction: string;
};

/** Digits an amount may be written with before the decimal point, and after it, zeros included. */
const WRITTEN_DIGITS_MAX = 40;

/** Splits `-120.50` into its parts; null when it is not a plain decimal or is too large. */
export function splitDecimal(text: string): DecimalParts | null {
  const negative = text.startsWith('-');
  const start = negative ? 1 : 0;
  const point = text.indexOf('.');
  const end = point < 0 ? text.length : point;
  const units = readDigits(text, start, end);
  if (units === null || units >= UNITS_END || end - start > WRITTEN_DIGITS_MAX) return null;
  if (point < 0) return { negative, units, fraction: '' };
  const decimals = text.length - point - 1;
  if (readDigits(text, point + 1, text.length) === null || decimals > WRITTEN_DIGITS_MAX)
    return null;
  return { negative, units, fraction: withoutTrailingZeros(text.slice(point + 1)) };
}

function withoutTrailingZeros(digits: string): string {
  return digits.endsWith('0') ? digits.replace(/0+$/, '') : digits;
}

/** Why a text is no amount of a currency (SPEC §3.1). */
export type AmountProblem = 'amount-format' | 'amount-precision';

/**
 * The amount in minor units: `120.5` USD → 12050. More decimals than the currency has, after
 * trailing zeros, is a problem, not a rounding (SPEC §3.1).
 */
export function parseAmount(
  text: string,
  currency: string,
): { readonly minor: number } | { readonly problem: AmountProblem } {
  const parts = splitDecimal(text);
  if (parts === null) return { problem: 'amount-format' };
  const decimals = decimalsOf(currency);
  if (parts.fraction.length > decimals) return { problem: 'amount-precision' };
  const magnitude =
    parts.units * 10 ** decimals + Number(parts.fraction.padEnd(decimals, '0') || '0');
  if (magnitude > MINOR_UNITS_MAX) return { problem: 'amount-format' };
  return { minor: parts.negative && magnitude !== 0 ? -magnitude : magnitude };
}

/** The minor units of an amount that was checked when it came in; anything else is a bug. */
export function amountOf(text: string, currency: string): number {
  const parsed = parseAmount(text, currency);
  if ('problem' in parsed) throw new Error(`${parsed.problem} in a stored row`);
  return parsed.minor;
}

/** Minor units as the decimal string the API speaks: 12050 USD → `120.50`. */
export function formatAmount(minor: number, currency: string): string {
  return formatDecimals(minor, decimalsOf(currency));
}

function formatDecimals(minor: number, decimals: Decimals): string {
  const sign = minor < 0 ? '-' : '';
  const digits = String(Math.abs(minor));
  if (decimals === 0) return sign + digits;
  const padded = digits.padStart(decimals + 1, '0');
  return `${sign}${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}

/** A sum that is still an exact integer; beyond that a bug, since amounts are bounded at the door. */
export function addExact(left: number, right: number): number {
  const sum = left + right;
  if (!Number.isSafeInteger(sum)) throw new Error('amounts add up beyond exact integers');
  return sum;
}

/** `numerator / denominator` rounded half to even (SPEC §3.1); the denominator is not zero. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const dividend = numerator < 0n ? -numerator : numerator;
  const divisor = denominator < 0n ? -denominator : denominator;
  const quotient = dividend / divisor;
  const twice = (dividend % divisor) * 2n;
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

/**
 * Splits a total in proportion to weights of one sign by largest remainder, ties to the earlier
 * one, so that the shares add up to the total exactly (SPEC §3.2).
 */
export function splitByLargestRemainder(total: bigint, weights: readonly number[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) return weights.map((_, index) => (index === 0 ? total : 0n));
  const magnitude = total < 0n ? -total : total;
  const divisor = whole < 0n ? -whole : whole;
  const shares = weights.map((weight, index) => {
    const product = magnitude * BigInt(Math.abs(weight));
    return { index, share: product / divisor, remainder: product % divisor };
  });
  let rest = magnitude - shares.reduce((sum, { share }) => sum + share, 0n);
  const byRemainder = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const entry of byRemainder) {
    if (rest === 0n) break;
    entry.share += 1n;
    rest -= 1n;
  }
  return shares.map(({ share }) => (total < 0n ? -share : share));
}
