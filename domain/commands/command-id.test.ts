import { expect, test } from 'vitest';
import { sha256 } from '../../adapters/hash.ts';
import { placedId, placeOf } from '../placed-id.ts';
import { commandKey } from './command-id.ts';

test('a command has another key for each user and each Idempotency-Key, and an id of its own', () => {
  const keys = [
    commandKey('a', 'b', sha256),
    commandKey('ab', '', sha256),
    commandKey('', 'ab', sha256),
    commandKey('a', 'c', sha256),
  ];
  expect(new Set(keys).size).toBe(4);
  for (const key of keys) {
    const place = { pk: 'usmf|C-1', key };
    expect(placeOf(placedId(place))).toEqual(place);
  }
});
