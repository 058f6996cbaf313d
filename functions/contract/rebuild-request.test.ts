import { describe, expect, test } from 'vitest';
import { readRebuildRequest, REBUILD_BYTES_MAX } from './rebuild-request.ts';

const read = (text: string) => readRebuildRequest(Buffer.from(text));

describe('a request to rebuild', () => {
  test('names a company, and maybe one of its customers', () => {
    expect(read('{"company": "usmf"}')).toEqual({ company: 'usmf', customer: null });
    expect(read('{"company": "usmf", "customer": "C-0001"}')).toEqual({
      company: 'usmf',
      customer: 'C-0001',
    });
  });

  test.each(['', '{', '[]', '{}', '{"company": ""}', '{"company": 1}', '{"customer": "C-1"}'])(
    'that is %s is refused',
    (text) => {
      expect(read(text)).toMatchObject({ problem: { kind: 'invalid-parameter' } });
    },
  );

  test('with a field it does not have is refused: a misspelled customer is not the company', () => {
    const problem = { problem: { kind: 'invalid-parameter' } };
    expect(read('{"company": "usmf", "custommer": "C-0001"}')).toMatchObject(problem);
  });

  test('that is too long is refused', () => {
    const long = `{"company": "${'x'.repeat(REBUILD_BYTES_MAX)}"}`;
    expect(read(long)).toMatchObject({ problem: { kind: 'request-too-large' } });
  });
});
