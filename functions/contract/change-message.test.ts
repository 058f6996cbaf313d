import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pack } from '../../application/ingest-changes.ts';
import type { Change } from '../../domain/change.ts';
import { ofCompany, randomChange } from '../../test/support/random-changes.ts';
import { readChangeMessage } from './change-message.ts';

const MESSAGE = {
  company: 'usmf',
  customer: 'C-1',
  changes: [
    {
      entity: 'customer',
      company: 'usmf',
      customer: 'C-1',
      source: '/erp/a',
      epoch: '1',
      record: 'r',
      version: '1',
      facet: 'main',
      time: '2026-01-01T00:00:00.000Z',
      row: { name: 'Erika Mustermann' },
      causedBy: 'c',
    },
  ],
};

describe('a message of the queue', () => {
  test('is read as it was sent', () => {
    const change: fc.Arbitrary<Change> = fc.oneof(randomChange, randomChange.map(ofCompany));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        for (const message of pack(changes.map((one) => ({ change: one, bytes: 1 })))) {
          expect(readChangeMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
        }
      }),
      { numRuns: 100 },
    );
    expect(readChangeMessage(MESSAGE)).toEqual(MESSAGE);
  });

  test.each([
    ['nothing', null],
    ['text', JSON.stringify(MESSAGE)],
    ['no changes', { ...MESSAGE, changes: null }],
    [
      'an entity of the company',
      { ...MESSAGE, changes: [{ ...MESSAGE.changes[0], entity: 'company' }] },
    ],
    ['a row that is none', { ...MESSAGE, changes: [{ ...MESSAGE.changes[0], row: 'x' }] }],
    ['an unknown entity', { ...MESSAGE, changes: [{ ...MESSAGE.changes[0], entity: 'toString' }] }],
  ])('that holds %s is refused, and not quoted', (_, body) => {
    expect(() => readChangeMessage(body)).toThrow('cannot be read at');
    expect(() => readChangeMessage(body)).not.toThrow('Erika');
  });
});
