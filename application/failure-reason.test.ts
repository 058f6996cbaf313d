import { describe, expect, test } from 'vitest';
import { failureReason } from './failure-reason.ts';
import { Refused } from './ports.ts';

/** What running throws. */
function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const NAME = 'Erika Mustermann';

describe('the reason of a failure', () => {
  test('of our own is what it says, and where', () => {
    function fold(): never {
      throw new Error('a stored row lacks amount');
    }
    const reason = failureReason(thrownBy(fold));
    expect(reason.code).toBe('failed');
    expect(reason.detail).toMatch(
      /^a stored row lacks amount \(fold, failure-reason\.test\.ts:\d+:\d+\)$/,
    );
  });

  test('of the store is its status, and not its words', () => {
    const refused = new Refused(413, new Error(NAME));
    expect(failureReason(refused)).toEqual({
      code: 'refused-by-store',
      detail: 'the store refuses this with status 413',
    });
  });

  test.each([
    ['a number', () => BigInt(NAME)],
    ['JSON', () => JSON.parse(`{"name": ${NAME}`)],
    ['a date', () => new Date(NAME).toISOString()],
    ['a method', () => Reflect.apply(Reflect.get({}, NAME), null, [])],
    ['a text that looks like a place', () => JSON.parse(`\n    at ${NAME} (file.ts:1:1)`)],
    ['no error at all', () => raise(NAME)],
  ])('of the language does not quote %s', (_, run) => {
    const { code, detail } = failureReason(thrownBy(run));
    expect(code).toBe('failed');
    expect(detail).not.toContain('Erika');
    expect(detail).not.toContain('Mustermann');
  });

  test('without a stack is told without a place', () => {
    const error = Object.assign(new TypeError(NAME), { stack: undefined });
    expect(failureReason(error)).toEqual({ code: 'failed', detail: 'TypeError' });
  });
});

function raise(value: unknown): never {
  throw value;
}
