// Laws of queries: compiled statements select what a naive evaluator selects, page by page.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeContinuation, encodeContinuation } from './continuation-token.ts';
import { openDocumentStore } from './document-store.ts';
import type { Json, JsonObject } from './json.ts';
import { isJsonObject, parseJson } from './json.ts';
import { compareAny, selectNaively } from './naive-query.ts';
import { compileQuery } from './query-compiler.ts';
import { runQuery } from './query-page.ts';
import { parseQuery } from './query-parser.ts';
import type { Query } from './query-syntax.ts';
import { prefixInterval, scalarOfKey, sortKey } from './sort-key.ts';
import { testContainer } from './test-container.ts';

const composites = [
  ['/a', '/b', '/id'],
  ['/a DESC', '/o/x', '/id'],
];
const container = testContainer('laws', '/pk', ['/pk', '/a', '/b'], composites);
const store = openDocumentStore(':memory:', [container]);
const collection = store.collection('laws');
let partitions = 0;

const scalar = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1, 1.5, -1e300, 2 ** 60),
  fc.constantFrom<Json>('', 'a', 'ab', 'b', '1', 'A', '\u{10ffff}', '\u{ffff}', 'a"\\\u0001'),
);
const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constantFrom<Json>([], [1, 'a'], {}, { x: 1, y: 0 }, { y: 0, x: 1 }) },
);
const fields = fc.record(
  { a: value, b: value, n: value, o: fc.oneof(value, fc.record({ x: scalar })) },
  { requiredKeys: [] },
);
const pathText = fc.constantFrom('c.a', 'c.b', 'c.n', 'c.o.x', 'c["o"]', 'c.id', 'c.none.none');

type Clause = { readonly text: string; readonly parameters: ReadonlyMap<string, Json> };

const constant: fc.Arbitrary<Clause> = fc.tuple(value, fc.nat()).map(([given, number]) => {
  const name = `@p${number}`;
  return { text: name, parameters: new Map([[name, given]]) };
});
const operand = fc.oneof(
  { weight: 2, arbitrary: pathText.map((text): Clause => ({ text, parameters: new Map() })) },
  { weight: 1, arbitrary: constant },
);
const operator = fc.constantFrom('=', '!=', '<>', '<', '<=', '>', '>=');
const list = fc.array(constant, { minLength: 1, maxLength: 4 });

const predicate: fc.Arbitrary<Clause> = fc.oneof(
  fc.tuple(operand, operator, operand).map(([l, o, r]) => joined`${l} ${o} ${r}`),
  fc.tuple(operand, constant, constant).map(([p, l, h]) => joined`${p} BETWEEN ${l} AND ${h}`),
  fc.tuple(operand, list).map(([p, entries]) => joined`${p} IN (${commas(entries)})`),
  fc.tuple(operand, list).map(([p, entries]) => joined`${p} NOT IN (${commas(entries)})`),
  fc
    .tuple(pathText, fc.array(value, { maxLength: 3 }), fc.nat())
    .map(([path, elements, number]): Clause => {
      const text = `ARRAY_CONTAINS(@list${number}, ${path})`;
      return { text, parameters: new Map<string, Json>([[`@list${number}`, elements]]) };
    }),
  fc.tuple(operand, constant).map(([p, prefix]) => joined`STARTSWITH(${p}, ${prefix})`),
  operand.map((p) => joined`IS_DEFINED(${p})`),
  operand.map((p) => joined`is_null(${p})`),
  operand.map((p) => joined`${p}`),
);

const { condition } = fc.letrec<{ condition: Clause }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    predicate,
    fc.tuple(tie('condition'), tie('condition')).map(([l, r]) => joined`(${l} AND ${r})`),
    fc.tuple(tie('condition'), tie('condition')).map(([l, r]) => joined`(${l} OR ${r})`),
    tie('condition').map((inner) => joined`NOT (${inner})`),
  ),
}));

const order = fc.constantFrom(
  'ORDER BY c.a',
  'ORDER BY c.b DESC',
  'ORDER BY c.id',
  'ORDER BY c.a, c.b, c.id',
  'ORDER BY c.a DESC, c.b DESC, c.id DESC',
  'ORDER BY c.a DESC, c.o.x ASC, c.id ASC',
  'ORDER BY c.a ASC, c.o.x DESC, c.id DESC',
);

const documents = fc.array(fields, { maxLength: 25 });
const pageSize = fc.integer({ min: 1, max: 9 });
// Pretended sizes of indexes: whichever is read, the results are the same.
const counts = fc.array(fc.nat({ max: 1000 }), { minLength: 1 });

describe('a compiled query', () => {
  test('selects what a naive evaluation selects, in any page size', () => {
    const range = fc.constantFrom('', 'OFFSET 2 LIMIT 7', 'OFFSET 0 LIMIT 0');
    const ending = fc.tuple(order, range).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(
        documents,
        condition,
        ending,
        pageSize,
        counts,
        (rows, where, end, size, probes) => {
          const text = `SELECT * FROM c WHERE ${where.text} ${end}`;
          const stored = insertAll(rows);
          const query = parsed(text, where.parameters);
          const expected = selectNaively(query, stored.documents);
          const actual = allPages(query, text, { partition: stored.partition, size, probes });
          expect(actual.map(idOf)).toEqual(expected.map(idOf));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('without ORDER BY selects each document once, in an order of its own', () => {
    fc.assert(
      fc.property(documents, condition, pageSize, counts, (rows, where, size, probes) => {
        const text = `SELECT * FROM c WHERE ${where.text}`;
        const stored = insertAll(rows);
        const query = parsed(text, where.parameters);
        const expected = selectNaively(query, stored.documents);
        const actual = allPages(query, text, { partition: stored.partition, size, probes });
        expect(actual).toHaveLength(expected.length);
        expect(new Set(actual.map(idOf))).toEqual(new Set(expected.map(idOf)));
      }),
      { numRuns: 400 },
    );
  });

  test('aggregates what a naive evaluation finds', () => {
    fc.assert(
      fc.property(documents, condition, counts, (rows, where, probes) => {
        const stored = insertAll(rows);
        const aggregate = (expression: string) => {
          const text = `SELECT VALUE ${expression} FROM c WHERE ${where.text}`;
          const scope = { partition: stored.partition, size: 10, probes };
          return allPages(parsed(text, where.parameters), text, scope);
        };
        const query = parsed(`SELECT * FROM c WHERE ${where.text}`, where.parameters);
        const values = selectNaively(query, stored.documents)
          .map((document) => (isJsonObject(document) ? document['a'] : undefined))
          .filter((given) => given !== undefined);
        expect(aggregate('COUNT(c.a)')).toEqual([values.length]);
        // The documentation leaves open what the largest of arrays and objects is.
        const ordered = values.filter(isScalar).toSorted(compareAny);
        expect(aggregate('MIN(c.a)')).toEqual(ordered.slice(0, 1));
        const largest = ordered.length === values.length ? ordered.slice(-1) : [];
        expect(aggregate('MAX(c.a)')).toEqual(largest);
        const numbers = values.filter((given) => typeof given === 'number');
        const sum = numbers.reduce((total, given) => total + given, 0);
        expect(aggregate('SUM(c.a)')).toEqual(numbers.length === values.length ? [sum] : []);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a sort key', () => {
  test('orders as the values it stands for', () => {
    fc.assert(
      fc.property(value, value, (left, right) => {
        // Equality is all there is among arrays and among objects.
        fc.pre(isScalar(left) || isScalar(right));
        const order = Buffer.compare(Buffer.from(sortKey(left)), Buffer.from(sortKey(right)));
        expect(order).toBe(Math.sign(compareAny(left, right)));
      }),
    );
  });

  test('of a number gives it back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (number) => {
        expect(scalarOfKey(sortKey(number))).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  test('interval of a prefix holds exactly the strings that start with it', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '\u{d7ff}', '\u{e000}', '\u{10ffff}'),
    });
    fc.assert(
      fc.property(text, text, (prefix, rest) => {
        const { low, high } = prefixInterval(prefix);
        for (const candidate of [prefix + rest, rest]) {
          const key = Buffer.from(sortKey(candidate));
          const within = key.compare(Buffer.from(low)) >= 0 && key.compare(Buffer.from(high)) < 0;
          expect(within).toBe(candidate.startsWith(prefix));
        }
      }),
    );
  });
});

function joined(texts: TemplateStringsArray, ...clauses: readonly (Clause | string)[]): Clause {
  const parameters = new Map<string, Json>();
  let text = texts[0] ?? '';
  clauses.forEach((clause, index) => {
    // Parameters are numbered at random: the same number may stand for two values.
    let inner = typeof clause === 'string' ? clause : clause.text;
    if (typeof clause !== 'string') {
      for (const [name, given] of clause.parameters) {
        const fresh = `${name}_${parameters.size}x`;
        inner = inner.replaceAll(new RegExp(`${name}\\b`, 'g'), fresh);
        parameters.set(fresh, given);
      }
    }
    text += inner + (texts[index + 1] ?? '');
  });
  return { text, parameters };
}

function commas(clauses: readonly Clause[]): Clause {
  return clauses.reduce((left, right) => joined`${left}, ${right}`);
}

function insertAll(rows: readonly JsonObject[]) {
  if (collection === undefined) throw new Error('no collection');
  partitions += 1;
  const partition = sortKey(`p${partitions}`);
  const documents = rows.map((row, index): JsonObject => {
    const id = `${(index * 7) % 10}-${index}`;
    return { ...row, id, pk: `p${partitions}` };
  });
  for (const document of documents) {
    const sequence = collection.nextSequence();
    const body = JSON.stringify(document);
    const id = sortKey(document['id']);
    collection.insert(partition, id, { sequence, etag: '', body, document });
  }
  return { partition, documents };
}

function parsed(text: string, parameters: ReadonlyMap<string, Json>): Query {
  const result = parseQuery(text, parameters);
  if (!result.ok) throw new Error(`${result.message} in ${text}`);
  return result.query;
}

type PagesScope = {
  readonly partition: string;
  readonly size: number;
  readonly probes: readonly number[];
};

function allPages(
  query: Query,
  text: string,
  { partition, size, probes }: PagesScope,
): readonly Json[] {
  if (collection === undefined) throw new Error('no collection');
  const identity = { container: 'laws', partition, text, parameters: new Map() };
  let probed = 0;
  const countRows = () => probes[probed++ % probes.length] ?? 0;
  const results: string[] = [];
  let token: string | undefined;
  do {
    const from = token === undefined ? undefined : decodeContinuation(identity, token);
    const after = from === undefined ? {} : { after: from.position };
    const compilation = compileQuery(query, collection.table, {
      partition,
      countRows,
      ...after,
    });
    if (!compilation.ok) throw new Error(compilation.message);
    const remaining = from === undefined ? query.limit : from.remaining;
    const page = runQuery(store, collection, query, compilation.compiled, {
      size,
      offset: from === undefined ? query.offset : 0,
      ...(remaining === undefined ? {} : { remaining }),
    });
    expect(page.results.length).toBeLessThanOrEqual(size);
    results.push(...page.results);
    token = page.next && encodeContinuation(identity, page.next);
  } while (token !== undefined);
  return results.map((result) => parseJson(result) ?? null);
}

function isScalar(given: Json): boolean {
  return typeof given !== 'object' || given === null;
}

function idOf(document: Json): Json | undefined {
  return isJsonObject(document) ? document['id'] : undefined;
}
