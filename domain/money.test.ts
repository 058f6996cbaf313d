import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaled, sharesOf } from '../test/oracle/decimal.ts';
import {
  addExact,
  amountOf,
  divideHalfEven,
  formatAmount,
  parseAmount,
  splitByLargestRemainder,
  splitDecimal,
} from './money.ts';

const DECIMALS = { JPY: 0, USD: 2, BHD: 3, CLF: 4 } as const;
const CODES = ['JPY', 'USD', 'BHD', 'CLF'] as const;

const digits = (min: number, max: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max })
    .map((some) => some.join(''));

/** Decimal texts of at most 11 digits before the point: exact integers at four decimals. */
const decimalText = fc
  .record({
    minus: fc.boolean(),
    zeros: digits(0, 1),
    whole: digits(1, 10),
    fraction: digits(0, 6),
  })
  .map(({ minus, zeros, whole, fraction }) => {
    const text = `${zeros.replaceAll(/\d/g, '0')}${whole}${fraction === '' ? '' : `.${fraction}`}`;
    return minus ? `-${text}` : text;
  });

describe('parsing an amount', () => {
  test('gives exact minor units, or says that there are too many decimals', () => {
    fc.assert(
      fc.property(decimalText, fc.constantFrom(...CODES), (text, code) => {
        const decimals = DECIMALS[code];
        const needed = (text.split('.')[1] ?? '').replace(/0+$/, '').length;
        const expected =
          needed > decimals
            ? { problem: 'amount-precision' }
            : { minor: Number(scaled(text, decimals)) };
        expect(parseAmount(text, code)).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  test('and formatting it gives back the same amount', () => {
    const minor = fc.maxSafeInteger().map((value) => Math.trunc(value / 20));
    fc.assert(
      fc.property(minor, fc.constantFrom(...CODES), (amount, code) => {
        const text = formatAmount(amount, code);
        expect(text).toMatch(DECIMALS[code] === 0 ? /^-?\d+$/ : /^-?\d+\.\d{2,4}$/);
        fc.pre(Math.abs(amount) < Math.min(10 ** (12 + DECIMALS[code]), 10 ** 14));
        expect(amountOf(text, code)).toBe(amount === 0 ? 0 : amount);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['120.5', 'USD', 12_050],
    ['-0.01', 'USD', -1],
    ['120.500', 'USD', 12_050],
    ['7', 'JPY', 7],
    ['7.000', 'JPY', 7],
    ['1.234', 'BHD', 1_234],
    ['1.2345', 'CLF', 12_345],
    ['0000000000000000000000012', 'USD', 1_200],
    ['999999999999.99', 'USD', 99_999_999_999_999],
  ])('%s %s is %d', (text, code, minor) => {
    expect(parseAmount(text, code)).toEqual({ minor });
  });

  test.each([
    ['1.005', 'USD', 'amount-precision'],
    ['0.1', 'JPY', 'amount-precision'],
    ['1.2345', 'BHD', 'amount-precision'],
    ['1000000000000', 'USD', 'amount-format'],
    ['', 'USD', 'amount-format'],
    ['+1', 'USD', 'amount-format'],
    ['--1', 'USD', 'amount-format'],
    ['1.', 'USD', 'amount-format'],
    ['.5', 'USD', 'amount-format'],
    ['1e3', 'USD', 'amount-format'],
    ['1,000', 'USD', 'amount-format'],
    [' 1', 'USD', 'amount-format'],
    ['1\n', 'USD', 'amount-format'],
    ['٣', 'USD', 'amount-format'],
    ['NaN', 'USD', 'amount-format'],
  ])('%j %s is refused: %s', (text, code, problem) => {
    expect(parseAmount(text, code)).toEqual({ problem });
  });

  test.each(['-0', '-0.00', '-000'])('%s is zero without a sign', (text) => {
    expect(parseAmount(text, 'USD')).toStrictEqual({ minor: 0 });
    expect(formatAmount(amountOf(text, 'USD'), 'USD')).toBe('0.00');
  });

  test('the largest amount of a currency with four decimals is exact, or is refused', () => {
    const parsed = parseAmount('999999999999.9999', 'CLF');
    const isExact = 'minor' in parsed && BigInt(parsed.minor) === 9_999_999_999_999_999n;
    expect(isExact || 'problem' in parsed).toBe(true);
  });

  test('a stored amount that was never checked is a bug', () => {
    expect(() => amountOf('1.005', 'USD')).toThrow('amount-precision');
    expect(() => amountOf('x', 'USD')).toThrow('amount-format');
    expect(() => amountOf('1', 'XXX')).toThrow('not an ISO 4217 currency');
  });
});

test('splitting a decimal keeps its sign, its units and its significant decimals', () => {
  expect(splitDecimal('-007.500')).toEqual({ negative: true, units: 7, fraction: '5' });
  expect(splitDecimal('0')).toEqual({ negative: false, units: 0, fraction: '' });
  expect(splitDecimal('1234567890123')).toBeNull();
});

test('a sum beyond exact integers is a bug, not a wrong sum', () => {
  expect(addExact(Number.MAX_SAFE_INTEGER, 0)).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => addExact(Number.MAX_SAFE_INTEGER, 1)).toThrow('exact integers');
  expect(() => addExact(Number.MIN_SAFE_INTEGER, -1)).toThrow('exact integers');
});

describe('dividing half to even', () => {
  const big = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
  const divisor = fc.oneof(fc.bigInt({ min: -12n, max: 12n }), big).filter((value) => value !== 0n);
  const size = (value: bigint) => (value < 0n ? -value : value);

  test('is never further than a half from the quotient, and even where it is a half away', () => {
    fc.assert(
      fc.property(big, divisor, (numerator, denominator) => {
        const quotient = divideHalfEven(numerator, denominator);
        const twice = size(numerator - quotient * denominator) * 2n;
        expect(twice <= size(denominator)).toBe(true);
        expect(twice < size(denominator) || quotient % 2n === 0n).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    [1n, 2n, 0n],
    [3n, 2n, 2n],
    [5n, 2n, 2n],
    [-1n, 2n, 0n],
    [-3n, 2n, -2n],
    [3n, -2n, -2n],
    [-5n, -2n, 2n],
    [0n, -7n, 0n],
  ])('%d / %d = %d', (numerator, denominator, quotient) => {
    expect(divideHalfEven(numerator, denominator)).toBe(quotient);
  });
});

describe('splitting by largest remainder', () => {
  const total = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
  const sizes = fc
    .array(fc.oneof(fc.nat(5), fc.nat(10 ** 9)), { minLength: 1, maxLength: 12 })
    .filter((some) => some.some((size) => size !== 0));
  const signedLike = (whole: bigint, some: readonly number[]) =>
    some.map((size) => (whole < 0n && size !== 0 ? -size : size));

  test('adds up, is within one of the exact share, and agrees with the schoolbook', () => {
    fc.assert(
      fc.property(total, sizes, (whole, some) => {
        const parts = signedLike(whole, some);
        const shares = splitByLargestRemainder(whole, parts);
        const sum = parts.reduce((all, weight) => all + BigInt(weight), 0n);
        expect(shares.reduce((all, share) => all + share, 0n)).toBe(whole);
        for (const [place, share] of shares.entries()) {
          const distance = share * sum - whole * BigInt(parts[place] ?? 0);
          expect(distance < 0n ? -distance : distance).toBeLessThan(sum < 0n ? -sum : sum);
        }
        expect(shares).toEqual(sharesOf(whole, parts.map(BigInt)));
      }),
      { numRuns: 1_000 },
    );
  });

  test('shares of a credit are credits', () => {
    expect(splitByLargestRemainder(-100n, [-1, -1, -1])).toEqual([-34n, -33n, -33n]);
  });

  test('adds up to the total also where its sign is not that of the weights', () => {
    expect(splitByLargestRemainder(-1_000n, [50, 50])).toEqual([-500n, -500n]);
    expect(splitByLargestRemainder(1_000n, [-50, -50])).toEqual([500n, 500n]);
  });

  test('gives what is left over to the largest remainders, of equals to the earlier', () => {
    expect(splitByLargestRemainder(100n, [1, 1, 1])).toEqual([34n, 33n, 33n]);
    expect(splitByLargestRemainder(-100n, [1, 1, 1])).toEqual([-34n, -33n, -33n]);
    expect(splitByLargestRemainder(10n, [1, 2, 4])).toEqual([1n, 3n, 6n]);
    expect(splitByLargestRemainder(5n, [0, 3, 0])).toEqual([0n, 5n, 0n]);
  });
});
