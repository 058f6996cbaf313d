import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer, ApiRequest } from './http.ts';
import { csvAnswer, wantsCsv } from './csv.ts';

function accepting(accept: string | null): ApiRequest {
  return {
    params: {},
    query: new URLSearchParams(),
    url: 'http://localhost/api',
    header: (name) => (name === 'accept' ? accept : null),
    body: async () => new Uint8Array(),
  };
}

function textOf(answer: Answer): string {
  if (!('text' in answer)) throw new Error('not a text');
  return answer.text;
}

/** Records of a CSV text by RFC 4180, read letter by letter. */
function parse(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const [letter, next] = [text.charAt(at), text.charAt(at + 1)];
    if (isQuoted && letter === '"' && next === '"') {
      field += letter;
      at += 1;
    } else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && letter === ',') {
      record.push(field);
      field = '';
    } else if (!isQuoted && /[\r\n]/.test(letter)) {
      if (letter === '\r' && next === '\n') at += 1;
      records.push([...record, field]);
      [record, field] = [[], ''];
    } else field += letter;
  }
  return records;
}

describe('a grid as CSV', () => {
  test('is read back as it was, whatever is in its texts, but for the mark of a text', () => {
    const letter = fc.constantFrom(
      'a',
      '"',
      ',',
      '\r',
      '\n',
      '\t',
      ' ',
      '=',
      '-',
      '@',
      '+',
      '1',
      '😀',
    );
    const text = fc.string({ unit: letter, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.record({ name: text, amounts: fc.tuple(text, text) })), (items) => {
        const [, ...rows] = parse(textOf(csvAnswer(items, ['name', 'x', 'y'], null)));
        const told = rows.map((row) => row.map((field) => field.replace(/^'/, '')));
        expect(told).toEqual(items.map(({ name, amounts }) => [name, ...amounts]));
      }),
    );
  });

  test('has no field that a spreadsheet would take for a formula', () => {
    const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '', '"', "'", '-1', '+1');
    const text = fc.tuple(start, fc.string({ maxLength: 5 })).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (name) => {
        const [, [field = ''] = []] = parse(textOf(csvAnswer([{ name }], ['name'], null)));
        const isAmount = /^-?\d+(?:\.\d+)?$/.test(field);
        expect(isAmount || !/^[=+\-@\t\r\n]/.test(field)).toBe(true);
      }),
      { examples: [['=HYPERLINK("http://evil")'], ['x\n=1+1'], ['-1.00+cmd']] },
    );
  });

  test('leaves amounts numbers, spells flags out, and leaves empty what is not known', () => {
    const item = { amount: '-12.50', count: 3, flags: [true, false], risk: null };
    const columns = ['amount', 'count', 'a', 'b', 'risk'];
    const text = textOf(csvAnswer([item], columns, null));
    expect(text).toBe('amount,count,a,b,risk\r\n-12.50,3,true,false,\r\n');
  });

  test('marks names of columns that the company has chosen', () => {
    expect(textOf(csvAnswer([], ['=cmd', 'b'], null))).toBe("'=cmd,b\r\n");
  });

  test('says where the next page goes on', () => {
    expect(csvAnswer([], ['a'], 'next')).toMatchObject({
      headers: { 'content-type': 'text/csv; charset=utf-8', 'next-cursor': 'next' },
    });
    const last = csvAnswer([], ['a'], null);
    expect('headers' in last && last.headers).not.toHaveProperty('next-cursor');
  });
});

test.each([
  [null, false],
  ['', false],
  ['*/*', false],
  ['text/csv', true],
  ['TEXT/CSV; charset=utf-8', true],
  ['text/html, text/csv', true],
  ['application/json, text/csv', false],
  ['text/csv, application/json', true],
  ['image/png', false],
])('Accept: %s asks for CSV: %s', (accept, expected) => {
  expect(wantsCsv(accepting(accept))).toBe(expected);
});
