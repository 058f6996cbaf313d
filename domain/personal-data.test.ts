import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FEED_ENTITIES, rowSchema } from '../functions/contract/feed/rows.ts';
import { WHOLE_ROWS } from '../test/support/whole-rows.ts';
import { COMPANY_ENTITIES, CUSTOMER_ENTITIES, type Entity, type FeedEntity } from './change.ts';
import type { JsonObject } from './json.ts';
import { ERASED_TEXT, PERSONAL_DATA, withoutPersonalData } from './personal-data.ts';

/** The fields an entity's rows may have, by themselves or as lines told alone. */
function fieldsOf(entity: FeedEntity): string[] {
  const facets = entity === 'collectionLetter' ? ['main', 'line:1'] : ['main'];
  const names = facets.flatMap((facet) => {
    const { properties = {} } = z.toJSONSchema(rowSchema(entity, facet), { io: 'input' });
    return Object.keys(properties);
  });
  return [...new Set(names)].toSorted();
}

const isOfCompany = (entity: Entity) => COMPANY_ENTITIES.some((one) => one === entity);

describe('the table of personal data', () => {
  test.each(FEED_ENTITIES.filter((entity) => !isOfCompany(entity)))(
    'has decided about every field of the rows of %s, and about no other',
    (entity) => {
      const fields = fieldsOf(entity);
      expect(fields.length).toBeGreaterThan(0);
      expect(Object.keys(PERSONAL_DATA[entity]).toSorted()).toEqual(fields);
    },
  );
});

describe('what is left of a row', () => {
  const row = { name: 'Erika', email: 'e@example.com', creditLimit: '5.00', hobby: 'chess' };

  test('are figures and codes, and a word where no row is without a name', () => {
    expect(withoutPersonalData('customer', row)).toEqual({
      name: ERASED_TEXT,
      creditLimit: '5.00',
    });
  });

  test('are of what is within a field the known fields alone', () => {
    const lines = [{ transaction: 't', amount: '1.00', said: 'by Erika' }];
    const installments = [{ dueDate: '2026-01-01', amount: '1.00', note: { of: 'Erika' } }];
    expect(withoutPersonalData('collectionLetter', { lines })).toEqual({
      lines: [{ transaction: 't', amount: '1.00' }],
    });
    expect(withoutPersonalData('transaction', { installments })).toEqual({
      installments: [{ dueDate: '2026-01-01', amount: '1.00' }],
    });
    expect(withoutPersonalData('settlement', { transaction: 't', date: ['Erika'] })).toEqual({
      transaction: 't',
    });
  });

  test('of a row that may be of several entities is what is personal in none of them', () => {
    expect(withoutPersonalData(null, { ...row, reason: 'ill', amount: '1' })).toEqual({
      name: ERASED_TEXT,
      creditLimit: '5.00',
      amount: '1',
    });
  });

  test('of reference data is all of it', () => {
    expect(withoutPersonalData('agent', row)).toBe(row);
  });

  test('is the same when it is taken twice, whatever the row', () => {
    const any = fc.dictionary(
      fc.constantFrom('name', 'purpose', 'lines', 'transaction', 'amount', 'memo', 'x'),
      fc.jsonValue({ maxDepth: 3 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...CUSTOMER_ENTITIES, null), any, (entity, some) => {
        const json = JSON.parse(JSON.stringify(some));
        const once = withoutPersonalData(entity, json);
        expect(withoutPersonalData(entity, once)).toEqual(once);
      }),
    );
  });

  test.each(FEED_ENTITIES)('is a row of %s that a feed could have sent', (entity) => {
    const row: JsonObject = JSON.parse(JSON.stringify(WHOLE_ROWS[entity]));
    const left = withoutPersonalData(entity, row);
    expect(rowSchema(entity, 'main').safeParse(left).error).toBeUndefined();
  });
});
