import { describe, expect, test } from 'vitest';
import { dayFrom } from './calendar.ts';
import { letterDay, readLetter } from './collection-letter.ts';

const ROW = { number: 'L-1', code: '2', status: 'posted', currency: 'JPY', amount: '1200' };

describe('the day of a letter on the timeline', () => {
  test.each([
    ['created', '2026-04-30', null],
    ['posted', '2026-04-30', dayFrom('2026-04-30')],
    ['canceled', '2026-04-30', dayFrom('2026-04-30')],
    ['posted', null, null],
  ])('of one that is %s, dated %s, is %s', (status, postedDate, expected) => {
    expect(letterDay({ ...ROW, status, postedDate })).toBe(expected);
  });

  test('of a letter that was deleted is none', () => {
    expect(letterDay(null)).toBeNull();
  });
});

test('the amounts of a letter and its lines are in its currency', () => {
  const lines = [{ transaction: 't1', amount: '-5' }];
  expect(readLetter({ ...ROW, fee: '30', lines })).toMatchObject({
    amount: 1200,
    fee: 30,
    lines: [{ transaction: 't1', amount: -5 }],
  });
  expect(readLetter(ROW)).toMatchObject({ fee: null, lines: [], documentUrl: null });
});

test('a letter that tells no amount asks for its lines in its currency, and its fee', () => {
  const lines = [
    { transaction: 't1', amount: '-5', currency: 'JPY' },
    { transaction: 't2', amount: '100' },
    { transaction: 't3', amount: '7.50', currency: 'USD' },
  ];
  const { amount: _, ...row } = ROW;
  expect(readLetter({ ...row, fee: '30', lines })).toMatchObject({ amount: 125 });
  expect(readLetter(row)).toMatchObject({ amount: 0 });
});
