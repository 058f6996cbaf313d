// An amount in a currency that is not known yet: the company's accounting currency while the
// company has not arrived, or an offset's currency before the offset has. What rounding would
// give is kept for every number of decimals ISO 4217 uses, so that sums made before the currency
// is known equal sums made after (DESIGN 3: nothing of a customer depends on reference data).
import type { Decimals } from './currency.ts';
import { addExact, divideHalfEven, splitByLargestRemainder, splitDecimal } from './money.ts';

/**
 * `[hundredths, toWhole, toThousandths, toTenThousandths]`: the amount at two decimals, and what
 * must be added to it, taken to 0, 3 and 4 decimals, for the amount rounded there. The three are
 * small, so that sums stay exact integers; they add like the amount does.
 */
export type UnscaledAmount = readonly [number, number, number, number];

/** Decimals beyond which an amount of unknown currency is refused: no currency has more. */
export const UNSCALED_DECIMALS_MAX = 4;

export const ZERO_UNSCALED: UnscaledAmount = [0, 0, 0, 0];

const SCALES = [0, 2, 3, 4] as const satisfies readonly Decimals[];

/** The exact amount at 0, 2, 3 and 4 decimals. */
type AtEveryScale = readonly [bigint, bigint, bigint, bigint];

/** An amount from its decimal text, rounded half to even where it has more decimals. */
export function unscaledOf(text: string): UnscaledAmount {
  const parts = splitDecimal(text);
  if (parts === null || parts.fraction.length > UNSCALED_DECIMALS_MAX) {
    throw new Error('amount-format in a stored row');
  }
  const { negative, units, fraction } = parts;
  // Of the units only their parity matters for rounding: the rest stays small.
  const odd = units % 2;
  const finest = odd * 10_000 + Number(fraction.padEnd(UNSCALED_DECIMALS_MAX, '0'));
  const whole = roundHalfEven(finest, 10_000);
  const hundredths = roundHalfEven(finest, 100);
  const thousandths = roundHalfEven(finest, 10);
  const amount: UnscaledAmount = [
    (units - odd) * 100 + hundredths,
    whole * 100 - hundredths,
    thousandths - hundredths * 10,
    finest - hundredths * 100,
  ];
  return negative ? negateUnscaled(amount) : amount;
}

/** `numerator / denominator` rounded half to even; both small and not negative. */
function roundHalfEven(numerator: number, denominator: number): number {
  const rest = numerator % denominator;
  const quotient = (numerator - rest) / denominator;
  const up = rest * 2 > denominator || (rest * 2 === denominator && quotient % 2 === 1);
  return up ? quotient + 1 : quotient;
}

function fromScales([whole, hundredths, thousandths, finest]: AtEveryScale): UnscaledAmount {
  return [
    Number(hundredths),
    Number(whole * 100n - hundredths),
    Number(thousandths - hundredths * 10n),
    Number(finest - hundredths * 100n),
  ];
}

function toScales([hundredths, whole, thousandths, finest]: UnscaledAmount): AtEveryScale {
  const base = BigInt(hundredths);
  return [
    (base + BigInt(whole)) / 100n,
    base,
    base * 10n + BigInt(thousandths),
    base * 100n + BigInt(finest),
  ];
}

/** The amount in minor units once the currency's decimals are known. */
export function atDecimals(amount: UnscaledAmount, decimals: Decimals): number {
  const [hundredths, whole, thousandths, finest] = amount;
  switch (decimals) {
    case 0:
      return addExact(hundredths, whole) / 100;
    case 2:
      return hundredths;
    case 3:
      return addExact(hundredths * 10, thousandths);
    case 4:
      return addExact(hundredths * 100, finest);
  }
}

export function addUnscaled(left: UnscaledAmount, right: UnscaledAmount): UnscaledAmount {
  return [addExact(left[0], right[0]), left[1] + right[1], left[2] + right[2], left[3] + right[3]];
}

export function negateUnscaled(amount: UnscaledAmount): UnscaledAmount {
  // `0 - x` instead of `-x`: a negative zero would make equal documents unequal.
  return [0 - amount[0], 0 - amount[1], 0 - amount[2], 0 - amount[3]];
}

export function subtractUnscaled(left: UnscaledAmount, right: UnscaledAmount): UnscaledAmount {
  return addUnscaled(left, negateUnscaled(right));
}

export function isZeroUnscaled(amount: UnscaledAmount): boolean {
  return amount[0] === 0 && amount[1] === 0 && amount[2] === 0 && amount[3] === 0;
}

/** Hundredths a share may have: beyond, the row it comes from makes no sense. */
const SHARE_HUNDREDTHS_MAX = 10n ** 14n;

/**
 * `amount × part ÷ whole`, half to even at every number of decimals (SPEC §3.1). Null where the
 * share is beyond all reason, since far more is settled than there ever was.
 */
export function proRata(
  amount: UnscaledAmount,
  part: number,
  whole: number,
): UnscaledAmount | null {
  if (part === 0 || whole === 0) return ZERO_UNSCALED;
  if (part === whole) return amount;
  const [a, b, c, d] = toScales(amount);
  const share = (value: bigint) => divideHalfEven(value * BigInt(part), BigInt(whole));
  const hundredths = share(b);
  if (hundredths > SHARE_HUNDREDTHS_MAX || -hundredths > SHARE_HUNDREDTHS_MAX) return null;
  return fromScales([share(a), hundredths, share(c), share(d)]);
}

/** Shares of the amount by largest remainder; at every number of decimals they add up to it. */
export function splitUnscaled(
  amount: UnscaledAmount,
  weights: readonly number[],
): UnscaledAmount[] {
  if (weights.length === 1) return [amount];
  const scales = toScales(amount);
  const shares = SCALES.map((_, scale) => splitByLargestRemainder(scales[scale] ?? 0n, weights));
  return weights.map((_, index) => {
    const share = (scale: number) => shares[scale]?.[index] ?? 0n;
    return fromScales([share(0), share(1), share(2), share(3)]);
  });
}

/** How an amount is stored: without the trailing zeros that nearly every amount has. */
export function encodeUnscaled(amount: UnscaledAmount): number[] {
  let length = amount.length;
  while (length > 0 && amount[length - 1] === 0) length -= 1;
  return amount.slice(0, length);
}

/** The inverse of {@link encodeUnscaled}, for an amount that begins at `start`. */
export function decodeUnscaled(stored: readonly number[], start = 0): UnscaledAmount {
  return [
    stored[start] ?? 0,
    stored[start + 1] ?? 0,
    stored[start + 2] ?? 0,
    stored[start + 3] ?? 0,
  ];
}
