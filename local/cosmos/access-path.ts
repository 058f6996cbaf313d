// Which index to read where the query leaves it open, as the service does for queries without
// ORDER BY. SQLite's own choice knows nothing of how many documents a partition has.
import { indexesOf } from './container-table.ts';
import type { ContainerTable, TableIndex } from './container-table.ts';
import { all, conjuncts, impliedRange, predicateSql, sameTerm } from './predicate.ts';
import type { Predicate, SqlFragment, Term } from './predicate.ts';

/** An index that could be read, and the part of the predicate it can seek by. */
export type AccessPath = {
  readonly table: ContainerTable;
  readonly index: TableIndex;
  /** Place of the index among those of its table. */
  readonly number: number;
  readonly seek: Predicate;
};

/** Runs a statement that counts rows. */
export type CountRows = (statement: SqlFragment) => number;

/** An access path with the entries it reads, counted up to a limit. */
export type ChosenPath = { readonly path: AccessPath; readonly entries: number };

/**
 * The index with the fewest entries to read for a predicate, found by counting up to a limit.
 * `partition` is the predicate's part that fixes the partition.
 */
export function chooseAccessPath(
  table: ContainerTable,
  partition: Predicate,
  selected: Predicate,
  countRows: CountRows,
): ChosenPath {
  const [first, ...others] = accessPaths(table, partition, selected);
  if (first === undefined) throw new Error(`${table.name} has no index`);
  return [first, ...others]
    .map((path) => ({ path, entries: countRows(probeOf(path)) }))
    .reduce((best, next) => (next.entries < best.entries ? next : best));
}

/** The access path of one index; undefined when the table has no index of that number. */
export function accessPathOf(
  table: ContainerTable,
  partition: Predicate,
  number: number,
): AccessPath | undefined {
  const index = indexesOf(table)[number];
  return index && { table, index, number, seek: partition };
}

/** Entries counted before an index counts as one that reads many. */
const MAX_PROBED_ENTRIES = 1000;

// Those that seek by more come first, so that they win a draw; the partition alone comes last.
function accessPaths(
  table: ContainerTable,
  partition: Predicate,
  selected: Predicate,
): readonly AccessPath[] {
  const paths = indexesOf(table).map((index, number) => {
    const parts = seekParts(index, selected);
    return { path: { table, index, number, seek: all([partition, ...parts]) }, parts };
  });
  return paths
    .filter(({ path, parts }) => parts.length > 0 || path.index.columns.length === 0)
    .sort((left, right) => right.parts.length - left.parts.length)
    .map(({ path }) => path);
}

// Equal keys of the leading columns, then one list or range.
function seekParts(index: TableIndex, selected: Predicate): readonly Predicate[] {
  const parts: Predicate[] = [];
  for (const { column } of index.columns) {
    const term: Term = { sql: column, bindings: [] };
    const list = conjuncts(selected).find(
      (part) => part.kind === 'member' && sameTerm(part.term, term),
    );
    const range = impliedRange(selected, term);
    if (list !== undefined) parts.push(list);
    else if (range !== undefined) parts.push({ kind: 'range', term, ...range });
    if (list?.kind !== 'member' || list.keys.length > 1) break;
  }
  return parts;
}

function probeOf({ table, index, seek }: AccessPath): SqlFragment {
  const { text, bindings } = predicateSql(seek);
  const entries = `SELECT 1 FROM ${table.name} INDEXED BY ${index.name} WHERE ${text}`;
  return {
    text: `SELECT count(*) AS count FROM (${entries} LIMIT ${MAX_PROBED_ENTRIES})`,
    bindings,
  };
}
