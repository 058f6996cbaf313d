import { describe, expect, test } from 'vitest';
import { parseLoadArguments } from './arguments.ts';

describe('parseLoadArguments', () => {
  test('fills in the defaults', () => {
    expect(parseLoadArguments(['feed.ndjson'])).toEqual({
      kind: 'load',
      load: {
        path: 'feed.ndjson',
        source: null,
        target: new URL('http://127.0.0.1:7071'),
        dryRun: false,
        restart: false,
        rejectPath: 'feed.ndjson.rejects.ndjson',
      },
    });
  });

  test('takes every option', () => {
    const url = ['--url', 'https://example.com/'];
    const rest = ['--dry-run', '--restart', '--rejects', 'bad', '--source', '/erp/a/1'];

    expect(parseLoadArguments([...url, 'f', ...rest])).toMatchObject({
      load: {
        target: new URL('https://example.com'),
        dryRun: true,
        restart: true,
        source: '/erp/a/1',
      },
    });
    expect(parseLoadArguments(['--help'])).toEqual({ kind: 'help' });
  });

  test.each([
    [[]],
    [['a', 'b']],
    [['a', '--unknown']],
    [['a', '--url', 'ftp://example.com']],
    [['a', '--url', 'nonsense']],
  ])('says what is wrong with %j', (args) => {
    expect(parseLoadArguments(args)).toEqual({ kind: 'wrong', reason: expect.any(String) });
  });
});
