import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTraceParent, NO_TELEMETRY, parseTraceParent } from './telemetry.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('the header traceparent', () => {
  test('is read and written', () => {
    const hex = (length: number) =>
      fc
        .bigInt({ min: 1n, max: 16n ** BigInt(length) - 1n })
        .map((number) => number.toString(16).padStart(length, '0'));
    const parent = fc.record({ traceId: hex(32), spanId: hex(16), isSampled: fc.boolean() });
    fc.assert(
      fc.property(parent, (one) => {
        expect(parseTraceParent(formatTraceParent(one))).toEqual(one);
      }),
    );
  });

  test('of a later version may say more', () => {
    const parent = { traceId: TRACE, spanId: SPAN, isSampled: true };
    expect(parseTraceParent(`01-${TRACE}-${SPAN}-03-more`)).toEqual(parent);
  });

  test.each([
    '',
    'none',
    `00-${TRACE}-${SPAN}`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  ])('is none: %j', (text) => {
    expect(parseTraceParent(text)).toBeNull();
  });
});

test('where nobody is told, what is asked for happens all the same', async () => {
  const start = { name: 'a', kind: 'internal', attributes: {} } as const;
  const run = async () => 7;
  expect(await NO_TELEMETRY.span(start, run)).toBe(7);
  expect(NO_TELEMETRY.current()).toBeNull();
});
