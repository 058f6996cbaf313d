import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundedQuotient, scaled, sharesOf } from '../test/oracle/decimal.ts';
import {
  addUnscaled,
  atDecimals,
  decodeUnscaled,
  encodeUnscaled,
  isZeroUnscaled,
  negateUnscaled,
  proRata,
  splitUnscaled,
  subtractUnscaled,
  type UnscaledAmount,
  unscaledOf,
  ZERO_UNSCALED,
} from './unscaled-amount.ts';

const SCALES = [0, 2, 3, 4] as const;

const decimalText = fc
  .record({
    minus: fc.boolean(),
    whole: fc.oneof(fc.nat(3), fc.nat(10 ** 9)),
    fraction: fc.oneof(
      fc.constantFrom('', '.5', '.50', '.005', '.0050', '.015', '.0005', '.4999', '.995', '.9995'),
      fc.nat(9_999).map((some) => `.${String(some).padStart(4, '0')}`),
    ),
  })
  .map(({ minus, whole, fraction }) => `${minus ? '-' : ''}${whole}${fraction}`);

/** The amount at every scale, as numbers. */
function everyScale(amount: UnscaledAmount): number[] {
  return SCALES.map((decimals) => atDecimals(amount, decimals));
}

function hasNegativeZero(amount: UnscaledAmount): boolean {
  return [...amount, ...everyScale(amount)].some((part) => Object.is(part, -0));
}

describe('an amount whose currency is not known yet', () => {
  test('is, at each number of decimals, what direct rounding gives', () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const expected = SCALES.map((decimals) => Number(scaled(text, decimals)));
        expect(everyScale(unscaledOf(text))).toEqual(expected.map((value) => value + 0));
      }),
      { numRuns: 1_000 },
    );
  });

  test('adds up as the rounded amounts do, at each number of decimals', () => {
    fc.assert(
      fc.property(fc.array(decimalText, { maxLength: 8 }), (texts) => {
        const sum = texts.map(unscaledOf).reduce(addUnscaled, ZERO_UNSCALED);
        const expected = SCALES.map((decimals) =>
          Number(texts.reduce((all, text) => all + scaled(text, decimals), 0n)),
        );
        expect(everyScale(sum)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('goes away without a trace when it is taken out again', () => {
    fc.assert(
      fc.property(decimalText, decimalText, (left, right) => {
        const [a, b] = [unscaledOf(left), unscaledOf(right)];
        expect(subtractUnscaled(addUnscaled(a, b), b)).toStrictEqual(a);
        expect(isZeroUnscaled(addUnscaled(a, negateUnscaled(a)))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('never holds a negative zero', () => {
    const texts = fc.oneof(fc.constantFrom('0', '-0', '-0.000', '0.0', '-0.5'), decimalText);
    fc.assert(
      fc.property(texts, texts, fc.integer({ min: -3, max: 3 }), (left, right, part) => {
        const [a, b] = [unscaledOf(left), unscaledOf(right)];
        for (const amount of [
          a,
          negateUnscaled(a),
          addUnscaled(a, negateUnscaled(b)),
          subtractUnscaled(a, a),
          proRata(a, part, 3) ?? a,
          ...splitUnscaled(a, [1, 0, 2]),
        ]) {
          expect(hasNegativeZero(amount)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('comes back from storage, where zeros at its end are left out', () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const amount = unscaledOf(text);
        const stored = encodeUnscaled(amount);
        expect(stored.at(-1)).not.toBe(0);
        expect(decodeUnscaled(JSON.parse(JSON.stringify(stored)))).toEqual(amount);
      }),
    );
    expect(encodeUnscaled(unscaledOf('12.50'))).toEqual([1_250, -50]);
    expect(encodeUnscaled(unscaledOf('12'))).toEqual([1_200]);
    expect(encodeUnscaled(ZERO_UNSCALED)).toEqual([]);
  });

  test('with more decimals than any currency has was never let in', () => {
    expect(() => unscaledOf('1.00001')).toThrow('amount-format');
    expect(() => unscaledOf('')).toThrow('amount-format');
  });
});

describe('a share of an amount', () => {
  const whole = fc.integer({ min: 1, max: 10 ** 7 });
  const sign = fc.constantFrom(1, -1);

  test('in proportion is half to even at each number of decimals', () => {
    fc.assert(
      fc.property(decimalText, fc.integer({ min: -300, max: 300 }), whole, sign, (...some) => {
        const [text, percent, size, direction] = some;
        const [of, part] = [size * direction, Math.trunc((size * percent) / 100)];
        const expected = SCALES.map((decimals) =>
          Number(roundedQuotient(scaled(text, decimals) * BigInt(part), BigInt(of))),
        );
        expect(everyScale(proRata(unscaledOf(text), part, of) ?? ZERO_UNSCALED)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('of everything is everything, and of nothing nothing', () => {
    fc.assert(
      fc.property(decimalText, whole, (text, size) => {
        const amount = unscaledOf(text);
        expect(proRata(amount, size, size)).toEqual(amount);
        expect(proRata(amount, 0, size)).toEqual(ZERO_UNSCALED);
        expect(proRata(amount, size, 0)).toEqual(ZERO_UNSCALED);
      }),
    );
  });

  test('by largest remainder adds up at each number of decimals', () => {
    const weights = fc
      .array(fc.nat(10 ** 6), { minLength: 1, maxLength: 6 })
      .filter((some) => some.some((weight) => weight > 0));
    fc.assert(
      fc.property(decimalText, weights, (text, parts) => {
        const shares = splitUnscaled(unscaledOf(text), parts);
        for (const decimals of SCALES) {
          const expected = sharesOf(scaled(text, decimals), parts.map(BigInt)).map(Number);
          expect(shares.map((share) => atDecimals(share, decimals))).toEqual(expected);
        }
        expect(shares.reduce(addUnscaled, ZERO_UNSCALED)).toEqual(unscaledOf(text));
      }),
      { numRuns: 500 },
    );
  });
});
