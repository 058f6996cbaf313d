import { describe, expect, test } from 'vitest';
import { traceContextOf } from './trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

describe('the trace of an invocation', () => {
  test('is the caller’s, in a span of its own', () => {
    const { traceParent, traceState } = traceContextOf({ traceParent: PARENT, traceState: 'a=1' });

    expect(traceParent).toMatch(new RegExp(`^00-${TRACE}-[\\da-f]{16}-01$`));
    expect(traceParent).not.toBe(PARENT);
    expect(traceState).toBe('a=1');
  });

  test('is a new one where the caller sent none', () => {
    expect(traceContextOf({}).traceParent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  });

  test.each([
    '',
    'nonsense',
    PARENT.replace('00-', 'ff-'),
    PARENT.replace(TRACE, '0'.repeat(32)),
    PARENT.replace('00f067aa0ba902b7', '0'.repeat(16)),
    PARENT.toUpperCase(),
  ])('is a new one where the caller sent %j', (traceParent) => {
    const made = traceContextOf({ traceParent });

    expect(made.traceParent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
    expect(made.traceParent).not.toContain(TRACE);
    expect(made.traceState).toBe('');
  });
});
