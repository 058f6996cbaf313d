// Documents in one SQLite file: a write that returned is in the write-ahead log and survives a kill.
// Knows nothing of HTTP, conditions or charges.
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { ContainerTopology } from '../../infra/topology.ts';
import { bringUpToDate, describeTable, keyColumns, keysOf } from './container-table.ts';
import type { ContainerTable } from './container-table.ts';
import { readIndexPolicy } from './index-policy.ts';
import { parseJson } from './json.ts';
import type { JsonObject } from './json.ts';
import { sortKey } from './sort-key.ts';

/** A document as stored: its place, its version, and its text as replies carry it. */
export type StoredDocument = {
  readonly sequence: number;
  readonly etag: string;
  readonly body: string;
};

/** A document to store. `document` is what `body` says. */
export type DocumentWrite = StoredDocument & { readonly document: JsonObject };

/** A row of a query: column names to values. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** The documents of one container. Partition and id are sort keys. */
export type DocumentCollection = {
  readonly topology: ContainerTopology;
  readonly table: ContainerTable;
  /** Distinguishes containers of one file, from 1. */
  readonly number: number;
  /** A place never used before. */
  nextSequence(): number;
  find(partition: string, id: string): StoredDocument | undefined;
  insert(partition: string, id: string, write: DocumentWrite): void;
  replace(write: DocumentWrite): void;
  remove(sequence: number): void;
  /** Rows of a statement compiled for this container's table, one by one. */
  select(statement: string, bindings: readonly SQLInputValue[]): Iterable<Row>;
};

/** All containers of a data file. */
export type DocumentStore = {
  collection(name: string): DocumentCollection | undefined;
  /** Runs `work` in one transaction, kept only if `keep` says so of its result. */
  transaction<Result>(work: () => Result, keep: (result: Result) => boolean): Result;
  /**
   * What `work` returns, and the documents whose body a filter without an index read meanwhile.
   */
  observingLoads<Result>(work: () => Result): readonly [Result, LoadedDocuments];
  /** Whether no container holds a document. */
  isEmpty(): boolean;
  close(): void;
};

/** Number and size of documents loaded. */
export type LoadedDocuments = { readonly documents: number; readonly bytes: number };

/**
 * SQL function `document_key(sequence, bytes, json)`: the sort key of a path without a column.
 * The first two arguments only tell which document was loaded.
 */
export const DOCUMENT_KEY_FUNCTION = 'document_key';

/** Opens or creates a data file (`:memory:` for none) and adds whatever the topology has new. */
export function openDocumentStore(
  dataFile: string,
  containers: readonly ContainerTopology[],
): DocumentStore {
  const database = new DatabaseSync(dataFile);
  // NORMAL: a commit is in the log file when it returns; only power loss may take the last ones.
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY',
  );
  database.exec(`PRAGMA cache_size = -${CACHE_KIBIBYTES}`);
  const loads = defineDocumentKey(database);
  const transaction = transactionsOf(database);
  const collections = transaction(
    () => new Map(openCollections(database, containers)),
    () => true,
  );
  return {
    collection: (name) => collections.get(name),
    transaction,
    observingLoads: (work) => {
      loads.reset();
      return [work(), loads.count()];
    },
    isEmpty: () =>
      [...collections.values()].every(
        (one) => [...one.select(`SELECT 1 FROM ${one.table.name} LIMIT 1`, [])].length === 0,
      ),
    close: () => database.close(),
  };
}

const CACHE_KIBIBYTES = 65_536;
const MAX_CACHED_STATEMENTS = 200;

function* openCollections(
  database: DatabaseSync,
  containers: readonly ContainerTopology[],
): Iterable<[string, DocumentCollection]> {
  database.exec(
    'CREATE TABLE IF NOT EXISTS containers (number INTEGER PRIMARY KEY, name TEXT UNIQUE, key TEXT)',
  );
  const register = database.prepare(
    'INSERT INTO containers (name, key) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const registered = database.prepare('SELECT number, key FROM containers WHERE name = ?');
  for (const topology of containers) {
    register.run(topology.name, topology.partitionKeyPath);
    const row = registered.get(topology.name);
    if (row?.['key'] !== topology.partitionKeyPath) {
      throw new Error(`the data file has ${topology.name} with another partition key`);
    }
    const number = Number(row['number']);
    const table = describeTable(number, readIndexPolicy(topology));
    bringUpToDate(database, table);
    yield [topology.name, openCollection(database, topology, table, number)];
  }
}

function openCollection(
  database: DatabaseSync,
  topology: ContainerTopology,
  table: ContainerTable,
  number: number,
): DocumentCollection {
  const { name } = table;
  const columns = keyColumns(table);
  const find = database.prepare(
    `SELECT sequence, etag, body FROM ${name} WHERE partition = ? AND id = ?`,
  );
  const insert = database.prepare(
    `INSERT INTO ${name} (${['sequence', 'partition', 'id', 'etag', 'body', ...columns].join(', ')})
     VALUES (?, ?, ?, ?, ?${', ?'.repeat(columns.length)})`,
  );
  const replace = database.prepare(
    `UPDATE ${name} SET etag = ?, body = ?${columns.map((column) => `, ${column} = ?`).join('')}
     WHERE sequence = ?`,
  );
  const remove = database.prepare(`DELETE FROM ${name} WHERE sequence = ?`);
  const last = database.prepare(`SELECT max(sequence) AS last FROM ${name}`).get();
  const statements = statementCache(database);
  let sequence = Number(last?.['last'] ?? 0);
  return {
    topology,
    table,
    number,
    nextSequence: () => ++sequence,
    find: (partition, id) => {
      const row = find.get(partition, id);
      return row && storedDocument(row);
    },
    insert: (partition, id, { sequence, etag, body, document }) => {
      insert.run(sequence, partition, id, etag, body, ...keysOf(table, document));
    },
    replace: ({ sequence, etag, body, document }) => {
      replace.run(etag, body, ...keysOf(table, document), sequence);
    },
    remove: (sequence) => {
      remove.run(sequence);
    },
    select: (statement, bindings) => statements(statement).iterate(...bindings),
  };
}

function storedDocument(row: Row): StoredDocument {
  return {
    sequence: Number(row['sequence']),
    etag: String(row['etag']),
    body: String(row['body']),
  };
}

function transactionsOf(database: DatabaseSync): DocumentStore['transaction'] {
  return (work, keep) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec(keep(result) ? 'COMMIT' : 'ROLLBACK');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
}

function statementCache(database: DatabaseSync): (text: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (text) => {
    const known = statements.get(text);
    if (known !== undefined) return known;
    const oldest = statements.keys().next().value;
    if (statements.size >= MAX_CACHED_STATEMENTS && oldest !== undefined) statements.delete(oldest);
    const prepared = database.prepare(text);
    statements.set(text, prepared);
    return prepared;
  };
}

function defineDocumentKey(database: DatabaseSync) {
  let documents = 0;
  let bytes = 0;
  let latest: SQLOutputValue = null;
  database.function(DOCUMENT_KEY_FUNCTION, { deterministic: true }, (sequence, size, json) => {
    // A row is filtered in one go, so its calls follow each other and count once.
    if (sequence !== latest) {
      latest = sequence;
      documents += 1;
      bytes += Number(size);
    }
    return sortKey(typeof json === 'string' ? parseJson(json) : undefined);
  });
  return {
    reset: () => {
      documents = 0;
      bytes = 0;
      latest = null;
    },
    count: (): LoadedDocuments => ({ documents, bytes }),
  };
}
