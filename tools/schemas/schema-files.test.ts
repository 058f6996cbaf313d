import { readdirSync, readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { COMPANY_ENTITIES } from '../../domain/change.ts';
import { FEED_ENTITIES } from '../../functions/contract/feed/rows.ts';
import { WHOLE_ROWS } from '../../test/support/whole-rows.ts';
import { SCHEMA_FOLDER, schemaFiles } from './schema-files.ts';

const committed = new Map(
  readdirSync(SCHEMA_FOLDER).map((name) => [
    name,
    readFileSync(new URL(name, SCHEMA_FOLDER), 'utf8'),
  ]),
);

test('docs/schemas is what `npm run schemas` writes: run it when this fails', () => {
  expect(schemaFiles()).toEqual(committed);
});

describe.each(FEED_ENTITIES)('the schema of a change of: %s', (entity) => {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const isChange = ajv.compile(JSON.parse(committed.get(`${entity}.schema.json`) ?? 'false'));
  const owner = COMPANY_ENTITIES.some((known) => known === entity) ? {} : { customer: 'C-0001' };
  const change = (more: object = {}) => ({
    specversion: '1.0',
    id: '1',
    source: '/erp/a/1',
    type: `erp.${entity}.changed.v1`,
    time: '2026-04-30T10:00:00Z',
    data: {
      op: 'upsert',
      company: 'usmf',
      ...owner,
      record: '1',
      version: '1',
      row: WHOLE_ROWS[entity],
      ...more,
    },
  });

  test('takes a row with every field, and a delete', () => {
    expect([isChange(change()), isChange.errors]).toEqual([true, null]);
    expect(isChange(change({ op: 'delete', row: null }))).toBe(true);
  });

  test.each([
    ['no version', { version: undefined }],
    ['a version that is no number', { version: 'v2' }],
    ['a row that is none', { row: 'row' }],
    ['a row without its fields', { row: {} }],
  ])('takes none with %s', (_what, more) => {
    expect(isChange(change(more))).toBe(false);
  });
});
