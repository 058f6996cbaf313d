import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { build } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { JsonObject } from '../../../domain/json.ts';
import { dayOf } from '../../../local/sample/business-days.ts';
import { sampleEvents } from '../../../local/sample/sample.ts';
import { ApiContract } from '../../../test/end-to-end/api-contract.ts';
import { checkEvent } from '../feed/event.ts';
import { operations, type Operations } from '../operations/operations.ts';
import { DOCUMENT_FILE, routes } from '../../../tools/openapi/api-document.ts';
import { openApiDocument } from './document.ts';
import { schemaReference } from './schemas.ts';

const written: JsonObject = openApiDocument(routes, operations, {}, '1.0.0');
const contract = new ApiContract(JSON.stringify(written));

const media = z.looseObject({ example: z.unknown().optional() });
const body = z.looseObject({ content: z.record(z.string(), media).optional() });
const documented = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({ operationId: z.string(), responses: z.record(z.string(), body) }),
    ),
  ),
});

async function isValid(document: object): Promise<boolean> {
  const { valid } = await new Validator().validate({ ...document });
  return valid;
}

describe('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    expect(await isValid(written)).toBe(true);
    expect(await isValid({ ...written, paths: { '/api/health': { get: { tags: 1 } } } })).toBe(
      false,
    );
  });

  test('refers to nothing that is not there', () => {
    const text = JSON.stringify(written);
    const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    const { schemas }: { schemas?: object } = Object(written['components']);
    expect(names.length).toBeGreaterThan(50);
    expect(Object.keys(schemas ?? {})).toEqual(expect.arrayContaining(names));
    expect(text.match(/"\$ref":"(?!#\/components\/schemas\/)/)).toBeNull();
  });

  test('has every route of the table', () => {
    const { paths } = documented.parse(written);
    const told = Object.values(paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(told.toSorted()).toEqual(routes.map(({ name }) => name).toSorted());
  });

  test('a route without an operation does not compile, nor does it make a document', () => {
    const { health: _, ...others } = operations;
    // @ts-expect-error The operation of `health` is missing.
    const lacking: Operations = others;
    expect(() => openApiDocument(routes, lacking, {}, '1.0.0')).toThrow(TypeError);
  });

  test('a body has a schema with a name', () => {
    expect(() => schemaReference(z.strictObject({}))).toThrow('without an id');
  });

  test('is not in the bundle, nor are the schemas of answers', async () => {
    const { metafile } = await build({
      entryPoints: ['functions/app.ts'],
      bundle: true,
      platform: 'node',
      write: false,
      metafile: true,
      external: ['@azure/functions-core'],
      logLevel: 'error',
    });
    const files = Object.keys(metafile.inputs);
    expect(files).toContain('functions/contract/feed/rows.ts');
    expect(
      files.filter((file) => /contract\/(?:operations|openapi)\/|-schema\.ts/.test(file)),
    ).toEqual([]);
  });
});

describe('examples', () => {
  const { paths } = documented.parse(JSON.parse(readFileSync(DOCUMENT_FILE, 'utf8')));
  const answers = Object.values(paths)
    .flatMap((path) => Object.values(path))
    .flatMap(({ operationId, responses }) =>
      Object.entries(responses).flatMap(([status, { content = {} }]) =>
        'application/json' in content
          ? [{ operationId, status, example: content['application/json'].example }]
          : [],
      ),
    );
  // The dry run answers like the run, a command of ours like one to the ERP, and the document is its
  // own example.
  const without = ['post-changes 200', 'post-d365-rows 200', 'post-command 200', 'get-openapi 200'];

  test('stand beside every answer', () => {
    const lacking = answers.filter(({ example }) => example === undefined);
    expect(lacking.map(({ operationId, status }) => `${operationId} ${status}`).toSorted()).toEqual(
      without.toSorted(),
    );
  });
});

describe('a change that the feed takes', () => {
  test('is one the document tells', () => {
    const events = sampleEvents(dayOf('2026-11-24')).filter((_, index) => index % 10 === 0);
    expect(events.length).toBeGreaterThan(500);
    const findings = events.flatMap((event) => contract.componentFindings('ChangeEvent', event));
    expect(findings.slice(0, 3)).toEqual([]);
  });

  test('and the other way round, for fields that are left out, null, or of another kind', () => {
    const [first] = sampleEvents(dayOf('2026-11-24')).filter(
      ({ type }) => type === 'erp.settlement.changed.v1',
    );
    if (first === undefined) throw new Error('the sample has no settlement');
    const { row } = first.data;
    const values = fc.constantFrom(undefined, null, 1, true, 'x', '', '2026-01-01', 'USD', '1.00');
    const altered = fc.record({ field: fc.constantFrom(...Object.keys(row)), value: values });
    fc.assert(
      fc.property(altered, ({ field, value }) => {
        const event = { ...first, data: { ...first.data, row: { ...row, [field]: value } } };
        const sent: unknown = JSON.parse(JSON.stringify(event));
        const isTaken = 'change' in checkEvent(sent);
        const isTold = contract.componentFindings('ChangeEvent', sent).length === 0;
        // The document cannot tell every rule, but it must not refuse what is taken.
        expect({ field, value, refused: isTaken && !isTold }).toMatchObject({ refused: false });
        const isText = typeof value !== 'number' && typeof value !== 'boolean';
        expect({ field, value, missed: isTold && !isText }).toMatchObject({ missed: false });
      }),
    );
  });
});
