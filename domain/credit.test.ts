import { describe, expect, test } from 'vitest';
import { creditOf } from './credit.ts';

const ROW = { name: 'A', creditLimit: '1000.00', packingSlips: '30.00', openOrders: '200.00' };
const BALANCE = 40_000;

describe('credit', () => {
  test.each([
    ['balance', 40_000, 60_000],
    ['balanceAndPackingSlips', 43_000, 57_000],
    ['all', 63_000, 37_000],
  ])('of type %s has an exposure of %d', (creditLimitType, exposure, available) => {
    expect(creditOf({ ...ROW, creditLimitType }, BALANCE, 'USD')).toEqual({
      limit: 100_000,
      exposure,
      available,
      unlimited: false,
    });
  });

  test('is of type balance unless said otherwise', () => {
    expect(creditOf(ROW, BALANCE, 'USD')).toMatchObject({ exposure: 40_000, available: 60_000 });
  });

  test('may be used up and more; a limit of 0 is no credit', () => {
    expect(creditOf(ROW, 100_001, 'USD').available).toBe(-1);
    expect(creditOf({ ...ROW, creditLimit: '0' }, BALANCE, 'USD')).toMatchObject({
      limit: 0,
      available: -40_000,
    });
    expect(creditOf(ROW, -5_000, 'USD').available).toBe(105_000);
  });

  test.each([
    ['nothing known of the customer', null],
    ['no limit', { ...ROW, creditLimit: null }],
    ['type none', { ...ROW, creditLimitType: 'none' }],
    ['a limit in another currency', { ...ROW, limitCurrency: 'EUR' }],
    ['no bounds', { ...ROW, creditLimitUnlimited: true }],
  ])('with %s has no figures', (_, row) => {
    expect(creditOf(row, BALANCE, 'USD')).toMatchObject({ exposure: null, available: null });
  });

  test('without bounds says so, and has no limit', () => {
    expect(creditOf({ ...ROW, creditLimitUnlimited: true }, BALANCE, 'USD')).toEqual({
      limit: null,
      exposure: null,
      available: null,
      unlimited: true,
    });
  });

  test('has the decimals of the accounting currency', () => {
    const row = { ...ROW, creditLimit: '1000.5', limitCurrency: 'JPY' };
    expect(creditOf(row, 400, 'JPY')).toMatchObject({ limit: 1_000, available: 600 });
    expect(creditOf({ ...row, limitCurrency: null }, 0, 'BHD').limit).toBe(1_000_500);
  });
});
