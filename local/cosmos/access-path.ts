// Which index to read where the query leaves it open, as the service does for queries without
// ORDER BY. SQLite's own choice knows nothing of how many documents a partition has.
import { indexesOf } from './container-table.ts';
import type { ContainerTable, IndexColumn, TableIndex } from './container-table.ts';
import { all, conjuncts, impliedRange, predicateSql, sameTerm } from './predicate.ts';
import type { Predicate, SqlFragment, Term } from './predicate.ts';

/** A way to the documents a predicate selects; rows still have to be filtered by it. */
export type AccessPath = {
  /** Names the path in a continuation token. */
  readonly number: number;
  /** The columns rows come ordered by, before their sequence. */
  readonly order: readonly IndexColumn[];
  /** What follows FROM. */
  readonly source: string;
  /** Statements for the sequences of the only rows to look at, for an OR of several indexes. */
  readonly sequences: readonly SqlFragment[];
  /** Entries to read, counted up to a limit. */
  readonly entries: number;
};

/** What a path is chosen for. */
export type AccessQuestion = {
  readonly table: ContainerTable;
  /** The part of the predicate that fixes the partition. */
  readonly partition: Predicate;
  readonly selected: Predicate;
  /** Runs a statement that counts rows. */
  readonly countRows: CountRows;
};

/** Runs a statement that counts rows. */
export type CountRows = (statement: SqlFragment) => number;

/** The path with the fewest entries to read for a predicate, found by counting up to a limit. */
export function chooseAccessPath(question: AccessQuestion): AccessPath {
  const single = indexPath(question, fewestEntries(seeksOf(question)));
  if (single.entries <= FEW_ENTRIES) return single;
  return unionPaths(question).reduce(
    (best, path) => (path.entries < best.entries ? path : best),
    single,
  );
}

/** The path a number stands for; undefined when the topology no longer has it. */
export function accessPathOf(question: AccessQuestion, number: number): AccessPath | undefined {
  const { table, partition } = question;
  const index = indexesOf(table)[number];
  if (index === undefined) return unionPaths(question).find((path) => path.number === number);
  return indexPath(question, { index, number, seek: partition, parts: 0, entries: 0 });
}

/** Entries too few to look for anything better. */
const FEW_ENTRIES = 200;
/** Entries counted before an index counts as one that reads many. */
const MAX_PROBED_ENTRIES = 1000;

/** An index, with the part of the predicate it can seek by. */
type Seek = {
  readonly index: TableIndex;
  readonly number: number;
  readonly seek: Predicate;
  /** How many parts of the predicate that is, besides the partition. */
  readonly parts: number;
  readonly entries: number;
};

function indexPath({ table }: AccessQuestion, { index, number, entries }: Seek): AccessPath {
  const source = `${table.name} INDEXED BY ${index.name}`;
  return { number, order: index.columns, source, sequences: [], entries };
}

// One path for each OR whose every branch has an index: rows come in their sequence then, numbered
// after the indexes.
function unionPaths(question: AccessQuestion): readonly AccessPath[] {
  const { table, partition, selected } = question;
  const indexes = indexesOf(table).length;
  return conjuncts(selected).flatMap((part, position) => {
    if (part.kind !== 'any') return [];
    const branches = part.parts.map((branch) =>
      seeksOf({ ...question, selected: all([partition, branch]) }).filter(({ parts }) => parts > 0),
    );
    if (branches.some((seeks) => seeks.length === 0)) return [];
    const seeks = branches.map(fewestEntries);
    const sequences = seeks.map(({ index, seek }) => entriesOf(table, index, seek));
    return {
      number: indexes + position,
      order: [],
      source: `${table.name} NOT INDEXED`,
      sequences,
      entries: seeks.reduce((sum, { entries }) => sum + entries, 0),
    };
  });
}

// Those that seek by more come first, so that they win a draw; the partition alone comes last.
function seeksOf({ table, partition, selected, countRows }: AccessQuestion): readonly Seek[] {
  return indexesOf(table)
    .map((index, number) => ({ index, number, parts: seekParts(index, selected) }))
    .filter(({ index, parts }) => parts.length > 0 || index.columns.length === 0)
    .sort((left, right) => right.parts.length - left.parts.length)
    .map(({ index, number, parts }) => {
      const seek = all([partition, ...parts]);
      const { text, bindings } = entriesOf(table, index, seek);
      const probe = `SELECT count(*) AS count FROM (${text} LIMIT ${MAX_PROBED_ENTRIES})`;
      return {
        index,
        number,
        seek,
        parts: parts.length,
        entries: countRows({ text: probe, bindings }),
      };
    });
}

function fewestEntries(seeks: readonly Seek[]): Seek {
  return seeks.reduce((best, next) => (next.entries < best.entries ? next : best));
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

function entriesOf(table: ContainerTable, index: TableIndex, seek: Predicate): SqlFragment {
  const { text, bindings } = predicateSql(seek);
  const source = `${table.name} INDEXED BY ${index.name}`;
  return { text: `SELECT sequence FROM ${source} WHERE ${text}`, bindings };
}
