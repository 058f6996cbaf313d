// Currencies of the sample: their decimals, and rates that drift a little over the years. The rates
// are invented, and near enough to be believed.
import type { Day } from './business-days.ts';

const DECIMALS: Readonly<Record<string, number>> = { JPY: 0 };

/** US dollars that one unit costs, on average. */
const DOLLARS: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 1.12,
  CAD: 0.73,
  GBP: 1.31,
  CHF: 1.17,
  JPY: 0.0067,
};

/** Days of one swing of the rates, and how far they swing. */
const SWING_DAYS = 400;
const SWING = 0.03;

/** An amount in minor units as a decimal string: `-120.50`. */
export function moneyText(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (decimals === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

const MONEY = /^-?\d+(?:\.(\d+))?$/;

/** A decimal string as an amount in minor units; null where the currency has not its decimals. */
export function minorOrNull(text: string, currency: string): number | null {
  const decimals = decimalsOf(currency);
  const match = MONEY.exec(text);
  const given = match?.[1]?.length ?? 0;
  if (match === null || given > decimals) return null;
  return Number(text.replace('.', '') + '0'.repeat(decimals - given));
}

/** A decimal string of our own as an amount in minor units. */
export function minorOf(text: string, currency: string): number {
  const minor = minorOrNull(text, currency);
  if (minor === null) throw new Error(`no amount in ${currency}: ${text}`);
  return minor;
}

/** An amount in minor units of one currency, in those of another at the day's rate. */
export function converted(minor: number, from: string, to: string, day: Day): number {
  if (from === to) return minor;
  const units = minor / 10 ** decimalsOf(from);
  return Math.round(units * (rateOf(from, day) / rateOf(to, day)) * 10 ** decimalsOf(to));
}

function decimalsOf(currency: string): number {
  return DECIMALS[currency] ?? 2;
}

function rateOf(currency: string, day: Day): number {
  const average = DOLLARS[currency];
  if (average === undefined) throw new Error(`no rate for ${currency}`);
  if (currency === 'USD') return average;
  // Each currency swings with a phase of its own. Rounded, so that the last bit of a sine, which
  // is the machine's choice, shows nowhere.
  const phase = average * 10 + (2 * Math.PI * day) / SWING_DAYS;
  return average * (1 + SWING * (Math.round(Math.sin(phase) * 1_000) / 1_000));
}
