// Plans: a page starts in an index, wherever it starts and however many documents there are.
import { beforeAll, describe, expect, test } from 'vitest';
import { openDocumentStore } from './document-store.ts';
import type { Json } from './json.ts';
import { compileQuery } from './query-compiler.ts';
import { countRowsIn, runQuery } from './query-page.ts';
import { parseQuery } from './query-parser.ts';
import { sortKey } from './sort-key.ts';
import { testContainer } from './test-container.ts';

const included = ['/pk', '/kind', '/open', '/transaction', '/offset'];
const composites = [['/kind', '/dueOn', '/id']];
const topology = testContainer('customers', '/pk', included, composites);
const store = openDocumentStore(':memory:', [topology]);
const partition = sortKey('A');
const DOCUMENTS = 3000;

beforeAll(() => {
  for (let index = 0; index < DOCUMENTS; index += 1) {
    const document = {
      id: `t${String(index).padStart(4, '0')}`,
      pk: 'A',
      kind: index % 3 === 0 ? 'letter' : 'transaction',
      open: index % 2 === 0,
      dueOn: `2024-${String(1 + (index % 12)).padStart(2, '0')}-01`,
      transaction: `T${index}`,
      offset: `T${index + 1}`,
    };
    const sequence = collection().nextSequence();
    const body = JSON.stringify(document);
    collection().insert(partition, sortKey(document.id), { sequence, etag: '', body, document });
  }
});

const typical = `SELECT * FROM c WHERE c.pk=@pk AND c.kind='transaction' AND c.open=true
  AND (c.dueOn > @due OR (c.dueOn = @due AND c.id > @id))
  ORDER BY c.kind ASC, c.dueOn ASC, c.id ASC`;
const parameters = new Map<string, Json>([
  ['@pk', 'A'],
  ['@due', '2024-05-01'],
  ['@id', 't0009'],
]);

describe('the plan', () => {
  test('of paging by the last key seen seeks in the composite index, without sorting', () => {
    const plan = planOf(typical);
    expect(plan).toContain('"/kind", "/dueOn", id (partition=? AND /kind=? AND /dueOn>?');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  test('of a next page seeks behind the page before', () => {
    const query = parsed("SELECT * FROM c WHERE c.kind = 'letter' ORDER BY c.kind, c.dueOn, c.id");
    const page = runQuery(store, collection(), query, compiled(query), { size: 500, offset: 0 });
    const after = page.next?.position;
    if (after === undefined) throw new Error('there is no next page');
    expect(explained(compiled(query, { after }))).toContain('/kind=? AND /dueOn>?');
  });

  test('of a descending order reads the same index backwards', () => {
    const plan = planOf('SELECT * FROM c ORDER BY c.kind DESC, c.dueOn DESC, c.id DESC');
    expect(plan).toContain('"/kind", "/dueOn", id (partition=?)');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  test('of a list of ids looks each of them up', () => {
    expect(planOf("SELECT * FROM c WHERE c.id IN ('t0001', 't0002')")).toContain('id=?');
    expect(planOf("SELECT * FROM c WHERE c.kind = 'letter' AND c.id = 't0003'")).toContain('id=?');
  });

  test('follows the filter that leaves fewest documents, also under an order', () => {
    const filter = "c.kind = 'transaction' AND c.transaction IN ('T7', 'T8')";
    expect(planOf(`SELECT * FROM c WHERE ${filter}`)).toContain('/transaction=?');
    const ordered = `SELECT * FROM c WHERE ${filter} ORDER BY c.kind, c.dueOn, c.id`;
    expect(planOf(ordered)).toContain('/transaction=?');
  });

  test('of an OR looks each branch up in its own index', () => {
    const branches = "c.transaction IN ('T7', 'T8') OR ARRAY_CONTAINS(['T7'], c.offset)";
    const plan = planOf(`SELECT * FROM c WHERE c.kind = 'transaction' AND (${branches})`);
    expect(plan).toContain('SEARCH documents_1 USING INTEGER PRIMARY KEY (rowid=?)');
    expect(plan).toContain('/transaction=?');
    expect(plan).toContain('/offset=?');
    expect(plan).not.toContain('/kind=?');
  });

  test('of a prefix reads its range', () => {
    expect(planOf("SELECT * FROM c WHERE STARTSWITH(c.id, 't00')")).toContain('id>? AND id<?');
  });
});

describe('a page', () => {
  test('of an OR goes on where the page before ended', () => {
    const branches = "STARTSWITH(c.transaction, 'T1') OR c.offset IN ('T7', 'T8', 'T9')";
    const query = parsed(`SELECT VALUE c.id FROM c WHERE c.pk = 'A' AND (${branches})`);
    const first = runQuery(store, collection(), query, compiled(query), { size: 2, offset: 0 });
    expect(first.results).toEqual(['"t0001"', '"t0006"']);
    const after = first.next?.position;
    const rest = compiled(query, after === undefined ? {} : { after });
    const next = runQuery(store, collection(), query, rest, { size: 3, offset: 0 });
    expect(next.results).toEqual(['"t0007"', '"t0008"', '"t0010"']);
  });

  test('of the typical query holds exactly what follows the last key seen', () => {
    const query = parsed(typical);
    const { results } = runQuery(store, collection(), query, compiled(query), {
      size: 3,
      offset: 0,
    });
    const found = results.map((text): Json => JSON.parse(text));
    expect(found).toMatchObject([
      { id: 't0016', dueOn: '2024-05-01' },
      { id: 't0028', dueOn: '2024-05-01' },
      { id: 't0040', dueOn: '2024-05-01' },
    ]);
  });
});

function planOf(text: string): string {
  return explained(compiled(parsed(text)));
}

function explained({ text, bindings }: ReturnType<typeof compiled>): string {
  const rows = [...collection().select(`EXPLAIN QUERY PLAN ${text}`, bindings)];
  return rows.map((row) => String(row['detail'])).join('\n');
}

function compiled(query: ReturnType<typeof parsed>, scope = {}) {
  const countRows = countRowsIn(collection());
  const compilation = compileQuery(query, collection().table, { partition, countRows, ...scope });
  if (!compilation.ok) throw new Error(compilation.message);
  return compilation.compiled;
}

function parsed(text: string) {
  const result = parseQuery(text, parameters);
  if (!result.ok) throw new Error(result.message);
  return result.query;
}

function collection() {
  const found = store.collection('customers');
  if (found === undefined) throw new Error('no such container');
  return found;
}
