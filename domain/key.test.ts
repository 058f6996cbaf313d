import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COMPANY_LENGTH_MAX,
  CUSTOMER_LENGTH_MAX,
  RECORD_LENGTH_MAX,
  SOURCE_LENGTH_MAX,
} from '../functions/contract/feed/limits.ts';
import { COMPANY_ENTITIES, CUSTOMER_ENTITIES } from './change.ts';
import { customerKey, encodeKeyPart, recordId } from './key.ts';

/** What Cosmos DB takes: an id of 1,023 bytes, a partition key of 2 KiB (Azure Cosmos DB limits). */
const ID_BYTES_MAX = 1_023;
const PARTITION_KEY_BYTES_MAX = 2_048;

/** Texts made to collide: separators, escapes, and the same letter in several alphabets. */
const part = fc.string({
  unit: fc.oneof(
    fc.constantFrom('|', '~', '7', 'c', 'e', '/', ' ', 'é', '€', '😀'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 12,
});

describe('keys', () => {
  test('can be decoded: two different texts never become one', () => {
    fc.assert(
      fc.property(part, (text) => {
        const bytes = encodeKeyPart(text).replaceAll(/~([0-9a-f]{2})/g, '%$1');
        expect(decodeURIComponent(bytes)).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  test('consist of characters that an id may have', () => {
    fc.assert(
      fc.property(part, part, (left, right) => {
        expect(encodeKeyPart(left)).toMatch(/^[\w.~-]*$/);
        expect(customerKey(left, right)).toMatch(/^[\w.~|-]*$/);
        expect(recordId('transaction', left, right)).not.toMatch(/[/\\?#\s]/);
      }),
      { numRuns: 500 },
    );
  });

  test('keep their parts apart', () => {
    fc.assert(
      fc.property(fc.tuple(part, part), fc.tuple(part, part), (left, right) => {
        const isSame = left[0] === right[0] && left[1] === right[1];
        expect(customerKey(...left) === customerKey(...right)).toBe(isSame);
        expect(recordId('a', ...left) === recordId('a', ...right)).toBe(isSame);
      }),
      { numRuns: 1_000 },
    );
    expect(customerKey('a|b', 'c')).not.toBe(customerKey('a', 'b|c'));
    expect(customerKey('a~7cb', 'c')).not.toBe(customerKey('a|b', 'c'));
  });

  test('leave plain texts as they are', () => {
    expect(customerKey('usmf', 'C-0001')).toBe('usmf|C-0001');
    expect(recordId('transaction', '/erp/a', '5637144576')).toBe(
      'transaction|~2ferp~2fa|5637144576',
    );
  });

  test('fit the store at their longest', () => {
    const bytes = (text: string) => new TextEncoder().encode(text).length;
    const kinds = [...CUSTOMER_ENTITIES, ...COMPANY_ENTITIES];
    const longestKind = kinds.toSorted((a, b) => b.length - a.length)[0] ?? '';
    for (const widest of ['€', '～', '😀']) {
      const fill = (units: number) => widest.repeat(units / widest.length);
      const id = recordId(longestKind, '/'.repeat(SOURCE_LENGTH_MAX - 2), fill(RECORD_LENGTH_MAX));
      const key = customerKey(fill(COMPANY_LENGTH_MAX), fill(CUSTOMER_LENGTH_MAX));
      expect(bytes(id)).toBeLessThanOrEqual(ID_BYTES_MAX);
      expect(bytes(key)).toBeLessThanOrEqual(PARTITION_KEY_BYTES_MAX);
    }
  });
});
