import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDigits } from './digits.ts';

describe('digits', () => {
  test('are read as Number reads them, and nothing else is', () => {
    const character = fc.constantFrom('0', '1', '9', '-', '+', '.', ' ', 'e', '٣', '/', ':');
    const text = fc.oneof(
      fc.string({ unit: character, maxLength: 8 }),
      fc.nat().map((number) => `00${number}`),
    );
    fc.assert(
      fc.property(text, fc.nat(9), fc.nat(9), (whole, start, end) => {
        const part = whole.slice(start, end);
        const inside = end <= whole.length;
        const expected = inside && /^[0-9]+$/.test(part) ? Number(part) : null;
        expect(readDigits(whole, start, end)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});
