import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Contact, isListedBefore, readContact } from './contact.ts';

const contact: fc.Arbitrary<Contact> = fc
  .record({
    source: fc.constantFrom('/a', '/b'),
    record: fc.constantFrom('1', '2'),
    order: fc.constantFrom(null, -1, 0, 1),
  })
  .map(({ source, record, order }) =>
    readContact({ name: 'Jo', ...(order === null ? {} : { order }) }, source, record),
  );

test('contacts stand in one order: by their place, those without one last, then by record', () => {
  fc.assert(
    fc.property(contact, contact, contact, (a, b, c) => {
      const isSame = a.order === b.order && a.source === b.source && a.record === b.record;
      expect(Number(isListedBefore(a, b)) + Number(isListedBefore(b, a))).toBe(isSame ? 0 : 1);
      const isChain = isListedBefore(a, b) && isListedBefore(b, c);
      expect(isChain && !isListedBefore(a, c)).toBe(false);
      const isOnlyFirstPlaced = a.order !== null && b.order === null;
      expect(isOnlyFirstPlaced && !isListedBefore(a, b)).toBe(false);
    }),
  );
});

test('what a row does not tell of a contact is null', () => {
  expect(readContact({ name: 'Jo', email: null, extra: 1 }, '/a', '7')).toEqual({
    source: '/a',
    record: '7',
    role: null,
    order: null,
    name: 'Jo',
    title: null,
    email: null,
    phone: null,
  });
});

test('a role nobody knows is a bug, since the feed takes none', () => {
  expect(() => readContact({ name: 'Jo', role: 'boss' }, '/a', '7')).toThrow('unknown role');
});
