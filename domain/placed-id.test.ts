import fc from 'fast-check';
import { expect, test } from 'vitest';
import { customerKey } from './key.ts';
import { placedId, placeOf } from './placed-id.ts';

const KEY = '0b5d6a52-1111-4222-8333-944445555666';
const name = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 64 }),
  )
  .filter((text) => text.isWellFormed());

test('an id leads to its place, and to no other, whatever the names are', () => {
  fc.assert(
    fc.property(name, name, (company, customer) => {
      const place = { pk: customerKey(company, customer), key: KEY };
      const id = placedId(place);
      expect(id).toMatch(/^[\w-]+$/);
      expect(placeOf(id)).toEqual(place);
    }),
  );
});

test('what is no id leads nowhere', () => {
  const good = placedId({ pk: 'usmf|C-1', key: KEY });
  expect(placeOf(good)).not.toBeNull();
  const others = [
    '',
    '!',
    `${good}=`,
    `${good}A`,
    good.slice(1),
    good.toLowerCase(),
    'bm9uZQ',
    'x'.repeat(5_000),
  ];
  for (const id of others) expect(placeOf(id)).toBeNull();
  for (const pk of ['usmf', '|C-1', 'usmf|', 'usmf|C-1|x']) {
    expect(placeOf(placedId({ pk, key: KEY }))).toBeNull();
  }
  expect(placeOf(placedId({ pk: 'usmf|C-1', key: 'not a key' }))).toBeNull();
});
