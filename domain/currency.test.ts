import { describe, expect, test } from 'vitest';
import { decimalsOf, isCurrency } from './currency.ts';

describe('currencies', () => {
  // ISO 4217 list one, minor units: every code that has not two of them.
  test.each([
    [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
    [3, 'BHD IQD JOD KWD LYD OMR TND'],
    [4, 'CLF UYW'],
    [2, 'USD EUR GBP CHF AUD CAD CNY SEK HUF IDR INR MGA MRU TWD ZAR COP CRC XCG ZWG'],
  ] as const)('with %d decimals', (decimals, codes) => {
    for (const code of codes.split(' ')) {
      expect(isCurrency(code)).toBe(true);
      expect(decimalsOf(code)).toBe(decimals);
    }
  });

  test.each(['usd', 'US', 'USDX', 'XXX', 'XAU', 'XTS', '', 'constructor', '__proto__'])(
    '%j is none, and has no decimals to guess',
    (code) => {
      expect(isCurrency(code)).toBe(false);
      expect(() => decimalsOf(code)).toThrow('not an ISO 4217 currency');
    },
  );
});
