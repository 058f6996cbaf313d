import { describe, expect, test } from 'vitest';
import { listRowOf } from '../test/support/list-rows.ts';
import { compareListRows, isListRowSelected, type ListCondition } from './list-order.ts';

const ROWS = [
  listRowOf({ customer: 'A', balance: 200, riskScore: 7, creditLimit: null }),
  listRowOf({ customer: 'B', balance: 100, riskScore: null, creditLimit: 0 }),
  listRowOf({ customer: 'C', balance: 100, riskScore: -1, creditLimit: 500 }),
];

function sorted(column: 'balance' | 'riskScore', descending: boolean): string {
  const order = [
    { column, descending },
    { column: 'customer', descending: true },
  ] as const;
  return ROWS.toSorted(compareListRows(order))
    .map(({ customer }) => customer)
    .join('');
}

function selected(condition: ListCondition): string {
  return ROWS.filter((row) => isListRowSelected(row, [condition]))
    .map(({ customer }) => customer)
    .join('');
}

describe('the order of rows', () => {
  test('follows its columns one after another, each in its own direction', () => {
    expect(sorted('balance', false)).toBe('CBA');
    expect(sorted('balance', true)).toBe('ACB');
  });

  test('has what is not known last, either way', () => {
    expect(sorted('riskScore', false)).toBe('CAB');
    expect(sorted('riskScore', true)).toBe('ACB');
  });

  test('leaves rows as they are where no column tells them apart', () => {
    expect(ROWS.toSorted(compareListRows([]))).toEqual(ROWS);
  });
});

describe('a condition', () => {
  test.each<[ListCondition, string]>([
    [{ column: 'customer', is: 'equal', value: 'B' }, 'B'],
    [{ column: 'customer', is: 'prefix', value: '' }, 'ABC'],
    [{ column: 'customer', is: 'prefix', value: 'C' }, 'C'],
    [{ column: 'balance', is: 'from', value: 200 }, 'A'],
    [{ column: 'balance', is: 'to', value: 199 }, 'BC'],
    [{ column: 'riskScore', is: 'to', value: 1000 }, 'AC'],
    [{ column: 'creditLimit', is: 'from', value: 0 }, 'BC'],
    [{ column: 'isOverdue', is: 'equal', value: false }, 'ABC'],
  ])('%j selects %s', (condition, expected) => {
    expect(selected(condition)).toBe(expected);
  });

  test('is one of several, all of which must hold; without any all rows are selected', () => {
    const conditions: ListCondition[] = [
      { column: 'balance', is: 'to', value: 100 },
      { column: 'customer', is: 'prefix', value: 'C' },
    ];
    expect(ROWS.filter((row) => isListRowSelected(row, conditions))).toEqual([ROWS[2]]);
    expect(ROWS.every((row) => isListRowSelected(row, []))).toBe(true);
  });
});
