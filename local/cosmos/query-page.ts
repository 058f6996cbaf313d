// Runs a compiled query for one page: rows, projection, aggregates, and what it cost.
import type { DocumentCollection, DocumentStore, Row } from './document-store.ts';
import { parseJson, valueAt } from './json.ts';
import type { Json } from './json.ts';
import type { CountRows } from './access-path.ts';
import type { Continuation } from './continuation-token.ts';
import type { CompiledQuery } from './query-compiler.ts';
import type { Query, Selection } from './query-syntax.ts';
import type { QueryWork } from './request-charge.ts';
import { keyTag, scalarOfKey } from './sort-key.ts';

/** Largest page, in bytes of the documents on it (documentation, "Pagination": 4 MB). */
export const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** One page of results. */
export type QueryPage = {
  /** The results as JSON texts. */
  readonly results: readonly string[];
  /** Where the next page starts; absent on the last one. */
  readonly next?: Continuation;
  readonly work: QueryWork;
};

/** How much a page may hold. */
export type PageLimit = {
  readonly size: number;
  /** How many documents the pages from here on may hold together. */
  readonly remaining?: number;
  /** Documents to skip: only on the first page. */
  readonly offset: number;
};

/** Runs one page of a query. */
export function runQuery(
  store: DocumentStore,
  collection: DocumentCollection,
  query: Query,
  compiled: CompiledQuery,
  limit: PageLimit,
): QueryPage {
  const [page, loaded] = store.observingLoads(() =>
    query.selection.kind === 'aggregate'
      ? readAggregate(collection, query.selection.function, compiled)
      : readPage(collection, query.selection, compiled, limit),
  );
  // Documents a filter without index refused were loaded too.
  const work = {
    ...page.work,
    documents: Math.max(page.work.documents, loaded.documents),
    bytes: Math.max(page.work.bytes, loaded.bytes),
  };
  return { ...page, work };
}

/** Counts the rows of a statement with a `count` column. */
export function countRowsIn(collection: DocumentCollection): CountRows {
  return ({ text, bindings }) => {
    const [row] = [...collection.select(text, bindings)];
    return Number(row?.['count']);
  };
}

function readPage(
  collection: DocumentCollection,
  selection: Selection,
  compiled: CompiledQuery,
  { size, remaining = Infinity, offset }: PageLimit,
): QueryPage {
  const results: string[] = [];
  const most = Math.min(size, remaining);
  let documents = 0;
  let bytes = 0;
  let last: Row | undefined;
  let more = false;
  // One row beyond the page tells whether there is a next page.
  const statement = `${compiled.text} LIMIT ? OFFSET ?`;
  const bindings = [...compiled.bindings, most + 1, offset];
  for (const row of most === 0 ? [] : collection.select(statement, bindings)) {
    const body = String(row['body']);
    const length = Buffer.byteLength(body);
    more = documents === most || (documents > 0 && bytes + length > MAX_PAGE_BYTES);
    if (more) break;
    documents += 1;
    bytes += length;
    last = row;
    const result = resultOf(selection, body);
    if (result !== undefined) results.push(result);
  }
  const work = { documents, bytes, aggregatedEntries: 0 };
  const left = remaining - documents;
  if (!more || left <= 0 || last === undefined) return { results, work };
  const position = {
    keys: positionKeys(last, compiled),
    sequence: Number(last['sequence']),
    ...(compiled.index === undefined ? {} : { index: compiled.index }),
  };
  return { results, work, next: left === Infinity ? { position } : { position, remaining: left } };
}

function positionKeys(row: Row, compiled: CompiledQuery): readonly string[] {
  return Array.from({ length: compiled.positionKeys }, (_, index) => String(row[`key_${index}`]));
}

// Undefined results are left out, as SELECT VALUE of a missing property is.
function resultOf(selection: Selection, body: string): string | undefined {
  switch (selection.kind) {
    case 'document':
      return body;
    case 'value':
      if (selection.operand.kind === 'constant') return JSON.stringify(selection.operand.value);
      if (selection.operand.path.length === 0) return body;
      return textOf(valueAt(documentOf(body), selection.operand.path));
    case 'properties': {
      const document = documentOf(body);
      const entries = selection.properties.flatMap(({ name, path }) => {
        const text = textOf(valueAt(document, path));
        return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
      });
      return `{${entries.join(',')}}`;
    }
    case 'aggregate':
      throw new Error('an aggregate has no result per document');
  }
}

// An empty set counts and sums to 0 and has no smallest or largest value. SUM of anything that is
// not a number is undefined (documentation, "SUM"); an undefined result is an empty page.
function readAggregate(
  collection: DocumentCollection,
  name: 'COUNT' | 'SUM' | 'MIN' | 'MAX',
  compiled: CompiledQuery,
): QueryPage {
  const [row] = name === 'SUM' ? [] : [...collection.select(compiled.text, compiled.bindings)];
  switch (name) {
    case 'COUNT': {
      const count = Number(row?.['count']);
      return aggregatePage(count, count);
    }
    case 'MIN':
    case 'MAX': {
      const key = row?.['key_0'];
      return aggregatePage(typeof key === 'string' ? scalarOfKey(key) : undefined, 1);
    }
    case 'SUM': {
      let sum: number | undefined = 0;
      let entries = 0;
      for (const { key_0: key } of collection.select(compiled.text, compiled.bindings)) {
        entries += 1;
        const value: Json | undefined = String(key).startsWith(keyTag.number)
          ? scalarOfKey(String(key))
          : undefined;
        sum = sum === undefined || typeof value !== 'number' ? undefined : sum + value;
      }
      return aggregatePage(sum, entries);
    }
  }
}

function aggregatePage(value: Json | undefined, aggregatedEntries: number): QueryPage {
  const text = textOf(value);
  const work = { documents: 0, bytes: 0, aggregatedEntries };
  return { results: text === undefined ? [] : [text], work };
}

function documentOf(body: string): Json {
  const document = parseJson(body);
  if (document === undefined) throw new Error('a stored document is not JSON');
  return document;
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
