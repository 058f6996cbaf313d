// The SQLite table behind one container: its columns, its indexes and how a table from an older
// topology is brought up to date. Never holds a value of a request.
import type { DatabaseSync } from 'node:sqlite';
import { pathName, samePath } from './index-policy.ts';
import type { IndexPolicy } from './index-policy.ts';
import { parseJson, valueAt } from './json.ts';
import type { JsonObject, Path } from './json.ts';
import { sortKey } from './sort-key.ts';

/** Where a container's documents are: the table, and the column holding each path's sort key. */
export type ContainerTable = {
  readonly name: string;
  readonly policy: IndexPolicy;
  /** Paths with a column of their own, besides partition key and id. */
  readonly keyPaths: readonly Path[];
};

/** An index: its quoted name, and its columns after the partition. */
export type TableIndex = { readonly name: string; readonly columns: readonly IndexColumn[] };

/** A quoted column of an index with its direction. */
export type IndexColumn = { readonly column: string; readonly descending: boolean };

/** The table of container number `number`; pure. */
export function describeTable(number: number, policy: IndexPolicy): ContainerTable {
  const keyPaths: Path[] = [];
  const candidates = [...policy.explicitPaths, ...policy.composites.flat().map(({ path }) => path)];
  for (const path of candidates) {
    const known = keyPaths.some((other) => samePath(other, path));
    if (!known && fixedColumn(policy, path) === undefined) keyPaths.push(path);
  }
  return { name: `documents_${number}`, policy, keyPaths };
}

/** The quoted column with the sort key of a path; undefined when the path has no column. */
export function columnOf(table: ContainerTable, path: Path): string | undefined {
  const fixed = fixedColumn(table.policy, path);
  if (fixed !== undefined) return fixed;
  return table.keyPaths.some((known) => samePath(known, path)) ? quoted(pathName(path)) : undefined;
}

/** The values of the key columns for a document, in the order of `keyPaths`. */
export function keysOf(table: ContainerTable, document: JsonObject): readonly string[] {
  return table.keyPaths.map((path) => sortKey(valueAt(document, path)));
}

/** Quoted names of the key columns, in the order of `keyPaths`. */
export function keyColumns(table: ContainerTable): readonly string[] {
  return table.keyPaths.map((path) => quoted(pathName(path)));
}

/**
 * Creates the table, or adds the columns and indexes it lacks and drops those the topology no
 * longer has. A new column is filled from the stored documents. Runs inside a transaction.
 */
export function bringUpToDate(database: DatabaseSync, table: ContainerTable): void {
  database.exec(
    `CREATE TABLE IF NOT EXISTS ${table.name} (
      sequence INTEGER PRIMARY KEY,
      partition TEXT NOT NULL,
      id TEXT NOT NULL,
      etag TEXT NOT NULL,
      body TEXT NOT NULL
    )`,
  );
  const wanted = new Map(indexesOf(table).map((index) => [index.name, index]));
  for (const name of namesIn(database, INDEX_NAMES, table.name)) {
    if (!wanted.has(quoted(name))) database.exec(`DROP INDEX ${quoted(name)}`);
  }
  updateColumns(database, table);
  for (const [position, index] of [...wanted.values()].entries()) {
    // The first one is the key: it makes an id unique within its partition.
    const kind = position === 0 ? 'UNIQUE INDEX' : 'INDEX';
    const statement = `CREATE ${kind} IF NOT EXISTS ${index.name} ON ${table.name}`;
    database.exec(`${statement} (${columnList(index.columns)})`);
  }
}

/**
 * The indexes of a table: the key, the partition alone, then what the policy asks for. Every one
 * leads with the partition (left out here), as each partition of the service has its own.
 */
export function indexesOf(table: ContainerTable): readonly TableIndex[] {
  const composites = table.policy.composites.map((composite) =>
    composite
      .map(({ path, descending }) => ({ column: requiredColumn(table, path), descending }))
      .filter(({ column }) => column !== 'partition'),
  );
  const leading = new Set(composites.map((columns) => columns[0]?.column));
  // A composite serves filters by its first path as well as an index of that path alone.
  const single = table.policy.explicitPaths
    .map((path) => requiredColumn(table, path))
    .filter((column) => column !== 'partition' && !leading.has(column))
    .map((column) => [{ column, descending: false }]);
  const byName = new Map<string, TableIndex>();
  for (const columns of [[{ column: 'id', descending: false }], [], ...single, ...composites]) {
    const name = quoted(`${table.name}: ${columnList(columns)}`);
    byName.set(name, { name, columns });
  }
  return [...byName.values()];
}

const FIXED_COLUMNS = ['sequence', 'partition', 'id', 'etag', 'body'];
const INDEX_NAMES =
  "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?";
const COLUMN_NAMES = 'SELECT name FROM pragma_table_info(?)';

function updateColumns(database: DatabaseSync, table: ContainerTable): void {
  const present = namesIn(database, COLUMN_NAMES, table.name);
  const wanted = table.keyPaths.map(pathName);
  // A column left behind would go stale and be trusted again when its path returns.
  for (const name of present) {
    if (!FIXED_COLUMNS.includes(name) && !wanted.includes(name)) {
      database.exec(`ALTER TABLE ${table.name} DROP COLUMN ${quoted(name)}`);
    }
  }
  const missing = table.keyPaths.filter((path) => !present.includes(pathName(path)));
  for (const path of missing) {
    const column = quoted(pathName(path));
    const definition = `${column} TEXT NOT NULL DEFAULT '${sortKey(undefined)}'`;
    database.exec(`ALTER TABLE ${table.name} ADD COLUMN ${definition}`);
  }
  if (missing.length > 0) fillColumns(database, table, missing);
}

function fillColumns(database: DatabaseSync, table: ContainerTable, paths: readonly Path[]): void {
  const assignments = paths.map((path) => `${quoted(pathName(path))} = ?`).join(', ');
  const update = database.prepare(`UPDATE ${table.name} SET ${assignments} WHERE sequence = ?`);
  const next = database.prepare(
    `SELECT sequence, body FROM ${table.name} WHERE sequence > ? ORDER BY sequence LIMIT 1`,
  );
  // One row at a time: a statement must not be iterated while its table is written.
  for (let row = next.get(-1); row !== undefined; ) {
    const sequence = row['sequence'] ?? null;
    const document = parseJson(String(row['body']));
    if (document === undefined) throw new Error(`a document of ${table.name} is no JSON`);
    update.run(...paths.map((path) => sortKey(valueAt(document, path))), sequence);
    row = next.get(sequence);
  }
}

function fixedColumn(policy: IndexPolicy, path: Path): string | undefined {
  if (samePath(path, policy.partitionKeyPath)) return 'partition';
  return samePath(path, ['id']) ? 'id' : undefined;
}

function requiredColumn(table: ContainerTable, path: Path): string {
  const column = columnOf(table, path);
  if (column === undefined) throw new Error(`${pathName(path)} has no column in ${table.name}`);
  return column;
}

function namesIn(database: DatabaseSync, statement: string, table: string): readonly string[] {
  return database
    .prepare(statement)
    .all(table)
    .map((row) => String(row['name']));
}

function columnList(columns: readonly IndexColumn[]): string {
  const rest = columns.map(({ column, descending }) => column + (descending ? ' DESC' : ''));
  return ['partition', ...rest].join(', ');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
