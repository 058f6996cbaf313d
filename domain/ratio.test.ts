import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ratioText } from './ratio.ts';

describe('a ratio', () => {
  test.each([
    [1n, 8n, '0.1'],
    [1n, 4n, '0.3'],
    [-1n, 4n, '-0.2'],
    [-1n, 20n, '0.0'],
    [-3n, 20n, '-0.1'],
    [10n, 1n, '10.0'],
    [10n ** 30n, 3n, `${'3'.repeat(30)}.3`],
  ] as const)('%d ÷ %d is %s', (numerator, denominator, text) => {
    expect(ratioText(numerator, denominator)).toBe(text);
  });

  test('is the nearest tenth; of two it is the greater', () => {
    const numerator = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
    const denominator = fc.bigInt({ min: 1n, max: 10n ** 6n });
    fc.assert(
      fc.property(numerator, denominator, (top, bottom) => {
        const text = ratioText(top, bottom);
        expect(text).toMatch(/^-?\d+\.\d$/);
        expect(text).not.toBe('-0.0');
        // -½ tenth ≤ exact - text < ½ tenth, all times twenty and the denominator
        const beyond = 20n * top - 2n * BigInt(text.replace('.', '')) * bottom;
        expect(beyond >= -bottom && beyond < bottom).toBe(true);
      }),
    );
  });
});
