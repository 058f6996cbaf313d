import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions, VERSION_DIGITS_MAX, withoutLeadingZeros } from './version.ts';

const digits = (max: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: max })
    .map((some) => some.join(''));
const version = fc.record({ epoch: digits(18), version: digits(VERSION_DIGITS_MAX) });

function canonical(sent: { epoch: string; version: string }) {
  return {
    epoch: withoutLeadingZeros(sent.epoch),
    version: withoutLeadingZeros(sent.version),
  };
}

describe('comparing versions', () => {
  test('is comparing numbers, the epoch first', () => {
    const pair = fc.oneof(
      fc.tuple(version, version),
      fc
        .tuple(version, digits(VERSION_DIGITS_MAX))
        .map(([a, b]) => [a, { ...a, version: b }] as const),
    );
    fc.assert(
      fc.property(pair, ([left, right]) => {
        const order = Number(
          BigInt(left.epoch) - BigInt(right.epoch) || BigInt(left.version) - BigInt(right.version),
        );
        expect(Math.sign(compareVersions(canonical(left), canonical(right)))).toBe(
          Math.sign(order),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test('does not round what a number cannot hold', () => {
    const of = (text: string) => ({ epoch: '1', version: text });
    expect(compareVersions(of('9007199254740993'), of('9007199254740992'))).toBeGreaterThan(0);
    expect(compareVersions(of('10'), of('9'))).toBeGreaterThan(0);
    expect(compareVersions(of('7'), of('7'))).toBe(0);
  });

  test('lets a larger epoch beat any version', () => {
    const restored = { epoch: '10', version: '1' };
    expect(compareVersions(restored, { epoch: '9', version: '9'.repeat(38) })).toBeGreaterThan(0);
  });
});

test('leading zeros do not count', () => {
  fc.assert(
    fc.property(digits(VERSION_DIGITS_MAX), (text) => {
      expect(withoutLeadingZeros(text)).toBe(String(BigInt(text)));
    }),
  );
});
