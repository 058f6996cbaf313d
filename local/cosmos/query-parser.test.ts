// The parser: trees for the supported language, refusals for all else, never an exception.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from './json.ts';
import { MAX_LIST_ELEMENTS, MAX_PREDICATES } from './query-condition-parser.ts';
import { parseQuery } from './query-parser.ts';
import type { Condition } from './query-syntax.ts';

describe('conditions', () => {
  test('bind NOT before AND before OR', () => {
    expect(conditionOf('NOT c.a AND c.b OR c.d')).toMatchObject({
      kind: 'or',
      operands: [
        { kind: 'and', operands: [{ kind: 'not' }, { kind: 'truth' }] },
        { kind: 'truth', operand: { path: ['d'] } },
      ],
    });
    expect(conditionOf('c.a AND (c.b OR c.d)')).toMatchObject({
      kind: 'and',
      operands: [{ kind: 'truth' }, { kind: 'or' }],
    });
  });

  test('leave the AND of BETWEEN to it', () => {
    expect(conditionOf('c.a BETWEEN 1 AND 2 AND c.b')).toMatchObject({
      operands: [{ kind: 'and', operands: [{ operator: '>=' }, { operator: '<=' }] }, {}],
    });
  });

  test('read literals, escapes and parameters', () => {
    expect(constantOf(String.raw`"a\"b\u00e9\n"`)).toBe('a"bé\n');
    expect(constantOf(String.raw`'it\'s'`)).toBe("it's");
    expect(constantOf('-1.5e3')).toBe(-1500);
    expect(constantOf('TRUE')).toBe(true);
    expect(constantOf('null')).toBeNull();
    expect(constantOf('[1, "a", [null]]')).toEqual([1, 'a', [null]]);
    expect(constantOf('@p')).toEqual({ any: 'value' });
  });

  test('read paths with brackets and keyword names', () => {
    expect(conditionOf('c["a b"].order.from')).toMatchObject({
      operand: { path: ['a b', 'order', 'from'] },
    });
    const parsed = parseQuery('SELECT c.from, c["value"] FROM c', new Map());
    expect(parsed).toMatchObject({
      query: { selection: { properties: [{ name: 'from' }, { name: 'value' }] } },
    });
  });
});

describe('a query outside the limits', () => {
  test.each([
    ['nests too deep', `${'('.repeat(5000)}c.a${')'.repeat(5000)}`],
    ['negates too often', `${'NOT '.repeat(5000)}c.a`],
    [
      'has too many predicates',
      Array(MAX_PREDICATES + 1)
        .fill('c.a = 1')
        .join(' OR '),
    ],
    [
      'has too long a list',
      `c.a IN (${Array(MAX_LIST_ELEMENTS + 1)
        .fill('1')
        .join(',')})`,
    ],
    ['has too long a text', `c.a = "${'x'.repeat(600_000)}"`],
    ['has too deep an array', `ARRAY_CONTAINS(${'['.repeat(5000)}${']'.repeat(5000)}, c.a)`],
  ])('%s', (_, condition) => {
    expect(parseQuery(`SELECT * FROM c WHERE ${condition}`, new Map())).toMatchObject({
      ok: false,
    });
  });
});

test('any text is parsed or refused with a message', () => {
  const words = `SELECT * FROM c WHERE c.a = < 1 "x" @p ( ) , AND OR NOT IN BETWEEN ORDER BY TOP VALUE
    COUNT . [ ] OFFSET LIMIT ASC IS_NULL ARRAY_CONTAINS - { ' \\`;
  const word = fc.constantFrom(...words.split(/\s+/));
  const text = fc.oneof(
    fc.string(),
    fc.array(word).map((chosen) => chosen.join(' ')),
  );
  fc.assert(
    fc.property(text, fc.boolean(), (tail, complete) => {
      const query = complete ? `SELECT * FROM c WHERE ${tail}` : tail;
      const parsed = parseQuery(query, new Map<string, Json>([['@p', 1]]));
      expect(parsed.ok || parsed.message.length > 0).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

function conditionOf(text: string): Condition | undefined {
  const parameters = new Map<string, Json>([['@p', { any: 'value' }]]);
  const parsed = parseQuery(`SELECT * FROM c WHERE ${text}`, parameters);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.query.where;
}

function constantOf(text: string): Json | undefined {
  const condition = conditionOf(`c.a = ${text}`);
  if (condition?.kind !== 'comparison') throw new Error('not a comparison');
  return condition.right.kind === 'constant' ? condition.right.value : undefined;
}
