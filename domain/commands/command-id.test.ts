import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../adapters/hash.ts';
import { customerKey } from '../key.ts';
import { commandId, commandKey, commandPlace } from './command-id.ts';

const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 64 }).filter((text) => {
  return text.isWellFormed();
});

describe('the id of a command', () => {
  test('is safe in an address, and tells where the command is, whatever its customer is called', () => {
    fc.assert(
      fc.property(name, name, fc.string(), (company, customer, idempotencyKey) => {
        const key = commandKey('user', idempotencyKey, sha256);
        const id = commandId(company, customer, key);
        expect(id).toMatch(/^[\w-]+$/);
        expect(commandPlace(id)).toEqual({ pk: customerKey(company, customer), key });
      }),
    );
  });

  test('is one spelling of one place: any other text is none', () => {
    const id = commandId('usmf', 'C-1', commandKey('user', 'k', sha256));
    for (const text of [`${id}=`, `${id}A`, id.slice(1), id.toLowerCase(), '', 'bm9uZQ']) {
      expect(commandPlace(text)).toBeNull();
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        const place = commandPlace(text);
        expect(place === null || place.key.length === 32).toBe(true);
      }),
    );
  });

  test('has another key for each user and each Idempotency-Key', () => {
    const keys = [
      commandKey('a', 'b', sha256),
      commandKey('ab', '', sha256),
      commandKey('', 'ab', sha256),
      commandKey('a', 'c', sha256),
    ];
    expect(new Set(keys).size).toBe(4);
  });
});
