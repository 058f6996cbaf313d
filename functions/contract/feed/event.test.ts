import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyJson, carelessEvent } from '../../../test/support/feed-events.ts';
import { checkEvent } from './event.ts';

const ROW = {
  type: 'invoice',
  voucher: 'V-100',
  transactionDate: '2026-04-01',
  currency: 'USD',
  amount: '120.00',
};
const DATA = {
  op: 'upsert',
  company: 'usmf',
  customer: 'C-0001',
  record: '5637144576',
  version: '48213',
  row: ROW,
};
const EVENT = {
  specversion: '1.0',
  id: 'usmf/transaction/5637144576@48213',
  source: '/erp/d365/contoso/1',
  type: 'erp.transaction.changed.v1',
  time: '2026-04-30T12:00:00+02:00',
  data: DATA,
};

function check(event: unknown) {
  return checkEvent(event);
}

function rejectionOf(event: unknown) {
  const checked = check(event);
  return 'rejection' in checked ? checked.rejection : null;
}

describe('an event', () => {
  test('becomes a change in canonical form, its row as it came', () => {
    const row = { ...ROW, somethingElse: { nested: [1, null] } };
    expect(check({ ...EVENT, data: { ...DATA, version: '0048213', row } })).toEqual({
      id: EVENT.id,
      bytes: expect.any(Number),
      change: {
        entity: 'transaction',
        company: 'usmf',
        customer: 'C-0001',
        source: '/erp/d365/contoso',
        epoch: '1',
        record: '5637144576',
        version: '48213',
        facet: 'main',
        time: '2026-04-30T10:00:00.000Z',
        row,
      },
    });
  });

  test.each([
    ['customer', 'party:5637144577', { name: 'Contoso' }, 'accepted'],
    ['customer', 'party:', { name: 'Contoso' }, 'facet-unknown'],
    ['customer', 'line:1', { name: 'Contoso' }, 'facet-unknown'],
    [
      'collectionLetter',
      'line:1',
      { transaction: '1', amount: '1.00', currency: 'USD' },
      'accepted',
    ],
    [
      'collectionLetter',
      'line:1',
      { transaction: '1', amount: '1.005', currency: 'USD' },
      'amount-precision',
    ],
    ['collectionLetter', 'line:1', { transaction: '1', amount: '1.00' }, 'missing'],
  ])('of a %s may tell the facet %s: %j is %s', (entity, facet, row, expected) => {
    const checked = check({
      ...EVENT,
      type: `erp.${entity}.changed.v1`,
      data: { ...DATA, facet, row },
    });
    expect('rejection' in checked ? checked.rejection.code : 'accepted').toBe(expected);
  });

  test('may delete, name a facet, a cause and a phase, and leave out with null', () => {
    const more = { facet: 'journal', causedBy: 'c-1', phase: 'snapshot', snapshotId: 's' };
    const checked = check({
      ...EVENT,
      source: '/erp/a/007',
      data: { ...DATA, ...more, op: 'delete', row: null },
    });
    expect(checked).toMatchObject({
      change: { source: '/erp/a', epoch: '7', facet: 'journal', causedBy: 'c-1', row: null },
    });
    // A delete is in no snapshot.
    expect('change' in checked && 'snapshotId' in checked.change).toBe(false);
    expect(check({ ...EVENT, data: { ...DATA, facet: null, causedBy: null } })).toMatchObject({
      change: { facet: 'main' },
    });
  });

  test('about reference data belongs to a company alone', () => {
    const row = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'Europe/Berlin' };
    const company = { ...EVENT, type: 'erp.company.changed.v1' };
    const checked = check({ ...company, data: { ...DATA, customer: undefined, row } });
    expect(checked).toMatchObject({ change: { entity: 'company', row } });
    expect('change' in checked && 'customer' in checked.change).toBe(false);
    expect(rejectionOf({ ...company, data: { ...DATA, row } })).toMatchObject({
      code: 'unexpected',
      pointer: '/data/customer',
    });
  });

  const wide = 'x'.repeat(600);
  test.each([
    ['specversion', '0.3', 'value-unknown'],
    ['specversion', undefined, 'missing'],
    ['id', '', 'too-short'],
    ['id', wide, 'too-long'],
    ['id', 7, 'type-mismatch'],
    ['source', '/erp/a', 'source-epoch'],
    ['source', '/erp/a/x', 'source-epoch'],
    ['source', '/erp/a b/1', 'source-epoch'],
    ['source', '1', 'source-epoch'],
    ['source', `/${wide}/1`, 'too-long'],
    ['source', '/workspace/1', 'source-reserved'],
    ['source', '/workspace/02', 'source-reserved'],
    ['type', 'erp.invoice.changed.v1', 'type-unknown'],
    ['type', 'erp.transaction.changed.v2', 'type-unknown'],
    ['time', undefined, 'missing'],
    ['time', '2026-04-30', 'timestamp-invalid'],
    ['time', '2026-04-30T10:00:00', 'timestamp-invalid'],
    ['datacontenttype', 'text/plain', 'value-unknown'],
    ['data', undefined, 'missing'],
    ['data', [], 'type-mismatch'],
    ['data', 'text', 'type-mismatch'],
  ])('with %s %j is rejected: %s', (field, value, code) => {
    expect(rejectionOf({ ...EVENT, [field]: value })).toMatchObject({ code, pointer: `/${field}` });
  });

  test.each([
    ['op', 'insert', 'value-unknown'],
    ['company', '', 'too-short'],
    ['company', 'c'.repeat(33), 'too-long'],
    ['customer', undefined, 'missing'],
    ['customer', null, 'missing'],
    ['customer', 'c'.repeat(65), 'too-long'],
    ['record', 5_637_144_576, 'type-mismatch'],
    ['record', '', 'too-short'],
    ['record', 'r'.repeat(65), 'too-long'],
    ['version', 48_213, 'type-mismatch'],
    ['version', '', 'version-invalid'],
    ['version', '-1', 'version-invalid'],
    ['version', '1.0', 'version-invalid'],
    ['version', '9'.repeat(39), 'version-invalid'],
    ['facet', 'journals', 'facet-unknown'],
    ['facet', 'party:5637144577', 'facet-unknown'],
    ['facet', 'journal:1', 'facet-unknown'],
    ['facet', 'constructor', 'facet-unknown'],
    ['facet', 'constructor:1', 'facet-unknown'],
    ['facet', '__proto__', 'facet-unknown'],
    ['facet', 1, 'type-mismatch'],
    ['phase', 'replay', 'value-unknown'],
    ['causedBy', '', 'too-short'],
    ['row', undefined, 'missing'],
    ['row', null, 'missing'],
    ['row', [], 'invalid'],
    ['row', 'text', 'invalid'],
  ])('with data %s %j is rejected: %s', (field, value, code) => {
    const rejection = rejectionOf({ ...EVENT, data: { ...DATA, [field]: value } });
    expect(rejection).toMatchObject({ code, pointer: `/data/${field}` });
    expect(rejection?.detail).toMatch(/\.$/);
  });

  test('that deletes has no row', () => {
    expect(rejectionOf({ ...EVENT, data: { ...DATA, op: 'delete' } })).toMatchObject({
      code: 'unexpected',
      pointer: '/data/row',
    });
  });

  test.each([
    ['{"row":{"__proto__":1}}', 'key-forbidden', '/data/row/__proto__'],
    ['{"row":{"a":[0,1e999]}}', 'number-invalid', '/data/row/a/1'],
    ['{"row":{"a/b":{"c~d":"\\ud800"}}}', 'text-invalid', '/data/row/a~1b/c~0d'],
    ['{"row":{"\\udc00":1}}', 'text-invalid', '/data/row'],
  ])('with data %s is rejected: %s', (json, code, pointer) => {
    expect(rejectionOf({ ...EVENT, data: { ...DATA, ...JSON.parse(json) } })).toMatchObject({
      code,
      pointer,
    });
  });

  test('that is rejected keeps its own id, if it has one', () => {
    expect(check({ id: 'mine' })).toMatchObject({ id: 'mine' });
    expect(check({ id: 7 })).toMatchObject({ id: null });
    expect(check(null)).toMatchObject({ id: null, rejection: { pointer: '' } });
  });
});

describe('whatever comes', () => {
  const mutated = fc
    .tuple(fc.subarray(Object.keys(EVENT)), fc.subarray(Object.keys(DATA)), anyJson)
    .map(([outer, inner, junk]) => {
      const with_ = (keys: string[]) => Object.fromEntries(keys.map((key) => [key, junk]));
      return { ...EVENT, data: { ...DATA, ...with_(inner) }, ...with_(outer) };
    });

  test('is a change, or a rejection that points at something and says what', () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, fc.anything(), mutated, carelessEvent(12)), (event) => {
        const checked = check(event);
        expect('change' in checked).not.toBe('rejection' in checked);
        if (!('rejection' in checked)) return;
        const { code, pointer, detail } = checked.rejection;
        expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
        expect(pointer).toMatch(/^(?:\/(?:[^~/]|~[01])*)*$/);
        expect(detail).toMatch(/\S.*\.$/s);
      }),
      { numRuns: 5_000 },
    );
  });

  test('is not quoted where it may be personal', () => {
    const secret = 'Erika Mustermann';
    for (const key of Object.keys(DATA)) {
      const rejection = rejectionOf({ ...EVENT, data: { ...DATA, [key]: { name: secret } } });
      expect(JSON.stringify(rejection)).not.toContain(secret);
    }
  });
});
