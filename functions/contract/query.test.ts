import { describe, expect, test } from 'vitest';
import {
  LIMIT_DEFAULT,
  LIMIT_MAX,
  readAsOf,
  readBucket,
  readCredits,
  readCurrency,
  readDay,
  readFigure,
  readLimit,
  readSeveral,
  readSort,
  readTab,
} from './query.ts';

function query(text: string): URLSearchParams {
  return new URLSearchParams(text);
}

const readFrom = (some: URLSearchParams) => readDay(some, 'from');
const readTypes = (some: URLSearchParams) => readSeveral(some, 'types', ['a', 'b', 'c']);

describe('query parameters', () => {
  test.each([
    ['asOf', readAsOf, '', null],
    ['asOf', readAsOf, 'asOf=2026-02-28', 20_512],
    ['from', readFrom, '', null],
    ['from', readFrom, 'from=1970-01-02', 1],
    ['types', readTypes, '', ['a', 'b', 'c']],
    ['types', readTypes, 'types=b', ['b']],
    ['types', readTypes, 'types=c,a,c', ['a', 'c']],
    ['types', readTypes, 'types=c&types=a,b', ['a', 'b', 'c']],
    ['credits', readCredits, '', 'separate'],
    ['credits', readCredits, 'credits=oldestFirst', 'oldestFirst'],
    ['currency', readCurrency, '', null],
    ['currency', readCurrency, 'currency=JPY', 'JPY'],
    ['tab', readTab, '', 'open'],
    ['tab', readTab, 'tab=unsettled', 'unsettled'],
    ['figure', readFigure, 'figure=overdue', 'overdue'],
    ['bucket', (text: URLSearchParams) => readBucket(text, 'bucket'), 'bucket=1-30', '1-30'],
    ['bucket', (text: URLSearchParams) => readBucket(text, 'balance'), '', null],
    ['sort', readSort, '', false],
    ['sort', readSort, 'sort=dueDate', false],
    ['sort', readSort, 'sort=-dueDate', true],
    ['limit', readLimit, '', LIMIT_DEFAULT],
    ['limit', readLimit, 'limit=1', 1],
    ['limit', readLimit, `limit=${LIMIT_MAX}`, LIMIT_MAX],
  ] as const)('%s is read: %j', (_, read, text, value) => {
    expect(read(query(text))).toEqual({ value });
  });

  test.each([
    ['asOf', readAsOf, ['2026-02-30', 'today', '', '2026-2-1', '1899-12-31', '20260228']],
    ['from', readFrom, ['2026-02-30', '', 'yesterday']],
    ['types', readTypes, ['', 'd', 'a,', ',', 'A', 'a b', 'toString']],
    ['credits', readCredits, ['none', '', 'Separate', 'constructor']],
    ['currency', readCurrency, ['usd', 'XXX', '', '__proto__']],
    ['tab', readTab, ['closed', '', 'Open']],
    ['figure', readFigure, ['', 'Bucket', 'constructor']],
    ['bucket', (text: URLSearchParams) => readBucket(text, 'overdue'), ['1-30', '']],
    ['sort', readSort, ['amount', '', '+dueDate', '--dueDate']],
    ['limit', readLimit, ['0', '501', '-1', '1.5', '1e2', ' 1', '', '99999999', '٣']],
  ] as const)(
    '%s that is wrong is a problem which names it and what it takes',
    (name, read, texts) => {
      for (const text of texts) {
        const answer = read(new URLSearchParams([[name, text]]));
        expect(answer).toMatchObject({ problem: { kind: 'invalid-parameter', parameter: name } });
        const allowed =
          'problem' in answer && 'allowed' in answer.problem ? answer.problem.allowed : [];
        expect(allowed.length).toBeGreaterThan(0);
      }
    },
  );
});

test('a figure has to be asked for', () => {
  expect(readFigure(query(''))).toMatchObject({ problem: { parameter: 'figure' } });
});
