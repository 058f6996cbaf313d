import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  encodeCursor,
  LIMIT_DEFAULT,
  LIMIT_MAX,
  readAsOf,
  readCredits,
  readCurrency,
  readCursor,
  readLimit,
  readSort,
  readTab,
} from './query.ts';

function query(text: string): URLSearchParams {
  return new URLSearchParams(text);
}

describe('query parameters', () => {
  test.each([
    ['asOf', readAsOf, '', null],
    ['asOf', readAsOf, 'asOf=2026-02-28', 20_512],
    ['credits', readCredits, '', 'separate'],
    ['credits', readCredits, 'credits=oldestFirst', 'oldestFirst'],
    ['currency', readCurrency, '', null],
    ['currency', readCurrency, 'currency=JPY', 'JPY'],
    ['tab', readTab, '', 'open'],
    ['tab', readTab, 'tab=unsettled', 'unsettled'],
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
    ['credits', readCredits, ['none', '', 'Separate', 'constructor']],
    ['currency', readCurrency, ['usd', 'XXX', '', '__proto__']],
    ['tab', readTab, ['closed', '', 'Open']],
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

describe('a cursor', () => {
  const LIST = 'open|20512|false';
  const position = fc.record({ dueOn: fc.integer(), id: fc.string({ unit: 'grapheme' }) });
  const refused = { problem: { kind: 'invalid-parameter', parameter: 'cursor' } };

  test('comes back as the position it was made of, and needs no escaping in a URL', () => {
    fc.assert(
      fc.property(position, fc.string(), (some, list) => {
        const cursor = encodeCursor(some, list);
        expect(cursor).toMatch(/^[\w-]+$/);
        fc.pre(cursor.length <= 2_048);
        expect(readCursor(query(`cursor=${cursor}`), list)).toEqual({ value: some });
      }),
    );
    expect(readCursor(query(''), LIST)).toEqual({ value: null });
  });

  test('of another list is refused', () => {
    fc.assert(
      fc.property(position, fc.string(), (some, list) => {
        fc.pre(list !== LIST);
        expect(readCursor(query(`cursor=${encodeCursor(some, list)}`), LIST)).toMatchObject(
          refused,
        );
      }),
    );
  });

  test('that no list ever returned is refused, whatever it is', () => {
    const text = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
      fc
        .anything()
        .map((value) => Buffer.from(JSON.stringify([LIST, value, value])).toString('base64url')),
    );
    fc.assert(
      fc.property(text, (cursor) => {
        const answer = readCursor(new URLSearchParams([['cursor', cursor]]), LIST);
        expect(answer).toMatchObject(refused);
      }),
      { numRuns: 1_000 },
    );
    const long = encodeCursor({ dueOn: 1, id: 'x'.repeat(3_000) }, LIST);
    expect(readCursor(query(`cursor=${long}`), LIST)).toMatchObject(refused);
  });
});
