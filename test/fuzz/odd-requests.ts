// Requests nobody should send, made from the OpenAPI document: every operation, its parameters, its
// headers and its bodies, each at times as it should be and mostly not.
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { JsonValue } from '../../domain/json.ts';
import { ROOT } from '../support/source-files.ts';
import { oddJson, oddText, spoiled } from './odd-values.ts';

export type OddRequest = {
  readonly method: string;
  /** Path and query as they go over the wire. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
};

const parameter = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  schema: z.looseObject({
    enum: z.array(z.unknown()).optional(),
    examples: z.array(z.unknown()).optional(),
  }),
});
const content = z.record(z.string(), z.looseObject({ example: z.unknown().optional() }));
const operation = z.looseObject({
  parameters: z.array(parameter).optional(),
  requestBody: z.looseObject({ content }).optional(),
});
const document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), operation)) });

type Operation = z.infer<typeof operation> & { readonly method: string; readonly path: string };

const told = document.parse(JSON.parse(readFileSync(join(ROOT, 'docs', 'openapi.json'), 'utf8')));
export const OPERATIONS: readonly Operation[] = Object.entries(told.paths).flatMap(
  ([path, operations]) =>
    Object.entries(operations).map(([method, one]) => ({
      ...one,
      method: method.toUpperCase(),
      path,
    })),
);

/** Things that are there, so that not every request ends at the first check. */
const GOOD: Readonly<Record<string, readonly string[]>> = {
  company: ['usmf'],
  customer: ['C-0001'],
  table: ['custtrans', 'custtable', 'custsettlement', 'custdispute'],
  file: ['show-api.js'],
};
const GOOD_DATES = ['2026-04-30', '2025-01-01', '1900-01-01', '2999-12-31'];
/** Parts of an Authorization header; absent is the developer of the embedded host. */
const TOKENS = ['', 'Bearer', 'Bearer a.b.c', 'Basic YTpi', 'Bearer '];
const SIGNED_IN = ['Bearer dev:x:Feed.Write,Ops', 'Bearer dev:x:Collections.Manager'];
const CONTENT_TYPES = [
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents-batch+json; charset=utf-8',
  'application/x-ndjson',
  'text/csv',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  ';',
];

/** Any request; half of those that are not of any operation are of one with a body. */
export const oddRequest: fc.Arbitrary<OddRequest> = fc.constantFrom(...OPERATIONS).chain((one) =>
  fc
    .record({ path: pathOf(one), query: queryOf(one), headers: headersOf(), body: bodyOf(one) })
    .map(({ path, query, headers, body }) => ({
      method: one.method,
      path: query === '' ? path : `${path}?${query}`,
      headers,
      body: one.method === 'GET' ? null : body,
    })),
);

function pathOf({ path }: Operation): fc.Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return fc.constant(part);
    const good = fc.constantFrom(...(GOOD[name] ?? ['bm9uZQ']));
    return fc.oneof({ weight: 3, arbitrary: good }, { weight: 1, arbitrary: oddText.map(inPath) });
  });
  return fc.tuple(...parts).map((all) => all.join('/'));
}

function queryOf({ parameters = [] }: Operation): fc.Arbitrary<string> {
  const asked = parameters
    .filter((one) => one.in === 'query')
    .map(({ name, schema }) => {
      const values = [...(schema.enum ?? []), ...(schema.examples ?? []), ...GOOD_DATES, '1'];
      const value = fc.oneof(oddText, fc.constantFrom(...values.map(String)));
      return value.map((text) => `${encoded(name)}=${encoded(text)}`);
    });
  const unknown = fc.tuple(oddText, oddText).map((pair) => pair.map(encoded).join('='));
  return fc
    .uniqueArray(fc.integer({ min: -1, max: asked.length - 1 }), { maxLength: 5 })
    .chain((chosen) => fc.tuple(...chosen.map((index) => asked[index] ?? unknown)))
    .map((pairs) => pairs.join('&'));
}

const ascii = (text: string) => text.replaceAll(/[^\u0020-\u007e]/g, '').slice(0, 200);

function headersOf(): fc.Arbitrary<Readonly<Record<string, string>>> {
  const any = oddText.map(ascii);
  return fc.record(
    {
      authorization: fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom(...TOKENS) },
        { weight: 4, arbitrary: fc.constantFrom(...SIGNED_IN) },
      ),
      'content-type': fc.constantFrom(...CONTENT_TYPES),
      'content-encoding': fc.constantFrom('gzip', 'identity', 'br'),
      accept: fc.oneof(fc.constantFrom('text/csv', '*/*'), any),
      'if-none-match': fc.oneof(fc.constantFrom('*', 'W/"x"', '"'), any),
      'idempotency-key': any,
      'arrears-consistency': any,
      traceparent: any,
      origin: any,
    },
    { requiredKeys: [] },
  );
}

function bodyOf({ requestBody }: Operation): fc.Arbitrary<string | Uint8Array | null> {
  const examples = Object.values(requestBody?.content ?? {}).flatMap(({ example }) =>
    example === undefined ? [] : [jsonOf(example)],
  );
  const texts = examples.length === 0 ? oddJson : spoiled(examples);
  return fc.oneof(
    { weight: 6, arbitrary: texts.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: texts.map((value) => cut(JSON.stringify(value))) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', null, '[', '{"a":1,"a":2}', '[]', '1e400', 'a,b\n1'),
    },
  );
}

const cut = (text: string) => text.slice(0, Math.floor(text.length / 2));

function jsonOf(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value));
}

/** Escaped as an address has to be, or a text that no escape stands for. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** A segment that stays one: a dot alone would be taken for a folder. */
function inPath(text: string): string {
  return /^\.*$/.test(text) ? '%2e%2e' : encoded(text);
}
