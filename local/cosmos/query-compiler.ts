// From a query to one SQLite statement that starts in an index where its page starts. Bound values
// only; the names in the text come from the topology.
import { accessPathOf, chooseAccessPath } from './access-path.ts';
import type { AccessPath, CountRows } from './access-path.ts';
import { predicateOf } from './condition-predicate.ts';
import type { TermOf } from './condition-predicate.ts';
import { columnOf } from './container-table.ts';
import type { ContainerTable } from './container-table.ts';
import { DOCUMENT_KEY_FUNCTION } from './document-store.ts';
import {
  all,
  always,
  conjuncts,
  equalTo,
  impliedRange,
  predicateSql,
  sameTerm,
} from './predicate.ts';
import type { Predicate, SqlFragment, Term } from './predicate.ts';
import {
  beyond,
  orderFault,
  orderOf,
  orderPredicates,
  sequenceTerm,
  varying,
} from './query-order.ts';
import type { OrderTerm, Position } from './query-order.ts';
import type { Query } from './query-syntax.ts';

/** What a page covers besides what the query says. */
export type PageScope = {
  /** Sort key of the one partition to read; absent for all of them. */
  readonly partition?: string;
  /** The last document of the page before. */
  readonly after?: Position;
  /** Counts the rows of a statement: how indexes are compared. */
  readonly countRows: CountRows;
};

/**
 * A statement for the rows of a query, without its limit: columns `sequence` and `body`, then
 * `key_0`, `key_1` and so on for the position. An aggregate has `key_0` alone (COUNT: `count`).
 */
export type CompiledQuery = SqlFragment & {
  readonly positionKeys: number;
  /** For `Position.index`. */
  readonly index?: number;
};

/** A compiled query, or the reason the container's index cannot serve it. */
export type Compilation =
  | { readonly ok: true; readonly compiled: CompiledQuery }
  | { readonly ok: false; readonly message: string };

/** Compiles a query for a container. */
export function compileQuery(query: Query, table: ContainerTable, scope: PageScope): Compilation {
  const fault = orderFault(query.orderBy, table.policy);
  if (fault !== undefined) return { ok: false, message: fault };
  const termOf = termsOf(table);
  const partition = scope.partition === undefined ? always : equalTo(PARTITION, scope.partition);
  const where = query.where === undefined ? always : predicateOf(query.where, true, termOf);
  const selected = all([partition, where, ...orderPredicates(query, table.policy, termOf)]);
  const ordered = query.orderBy.length > 0;
  const path = pathFor(table, selected, ordered, scope);
  if (query.selection.kind === 'aggregate') {
    return { ok: true, compiled: compileAggregate(query, table, selected, termOf, path) };
  }
  const order =
    ordered || path === undefined
      ? orderOf(query, table.policy, selected, termOf)
      : orderAlong(path, selected);
  const compiled = compileRows(table, selected, order, scope, path);
  const index = ordered || path === undefined ? {} : { index: path.number };
  return { ok: true, compiled: { ...compiled, ...index } };
}

const PARTITION: Term = { sql: 'partition', bindings: [] };

/** Most documents sorted rather than read in order: selective filters come before the order. */
const MAX_SORTED_DOCUMENTS = 200;

// Undefined leaves the choice to SQLite, which takes the index that serves the order. Across
// partitions no index can seek: all of them lead with the partition.
function pathFor(
  table: ContainerTable,
  selected: Predicate,
  ordered: boolean,
  { after, countRows }: PageScope,
): AccessPath | undefined {
  const partition = conjuncts(selected).find(
    (part) => part.kind === 'member' && sameTerm(part.term, PARTITION),
  );
  if (partition === undefined) return undefined;
  const question = { table, partition, selected, countRows };
  if (!ordered && after !== undefined) {
    return after.index === undefined ? undefined : accessPathOf(question, after.index);
  }
  const path = chooseAccessPath(question);
  return ordered && path.entries > MAX_SORTED_DOCUMENTS ? undefined : path;
}

// A query without ORDER BY comes in the order of the index it reads, so that pages go on in it.
function orderAlong({ order }: AccessPath, selected: Predicate): readonly OrderTerm[] {
  const terms = order.map(({ column, descending }) => ({
    term: { sql: column, bindings: [] },
    descending,
  }));
  return [...varying(terms, selected), { term: sequenceTerm, descending: false }];
}

function compileRows(
  table: ContainerTable,
  selected: Predicate,
  order: readonly OrderTerm[],
  { after }: PageScope,
  path: AccessPath | undefined,
): CompiledQuery {
  const predicate = after === undefined ? selected : all([selected, beyond(order, after)]);
  const where = whereAlong(path, startingInIndex(predicate, order));
  const keys = order.slice(0, -1);
  const columns = keys.map(({ term }, index) => `, ${term.sql} AS key_${index}`).join('');
  const orderBy = order.map(({ term, descending }) => term.sql + (descending ? ' DESC' : ''));
  const text = `SELECT sequence, body${columns} FROM ${sourceOf(table, path)}
    WHERE ${where.text} ORDER BY ${orderBy.join(', ')}`;
  const bindings = [
    ...keys.flatMap(({ term }) => term.bindings),
    ...where.bindings,
    ...order.flatMap(({ term }) => term.bindings),
  ];
  return { text, bindings, positionKeys: keys.length };
}

function sourceOf(table: ContainerTable, path: AccessPath | undefined): string {
  return path?.source ?? table.name;
}

function whereAlong(path: AccessPath | undefined, predicate: Predicate): SqlFragment {
  const { text, bindings } = predicateSql(predicate);
  if (path === undefined || path.sequences.length === 0) return { text, bindings };
  const union = path.sequences.map((statement) => statement.text).join(' UNION ');
  return {
    text: `sequence IN (${union}) AND ${text}`,
    bindings: [...path.sequences.flatMap((statement) => statement.bindings), ...bindings],
  };
}

/** Where the sort key of a path is: its column, or computed from the document. */
function termsOf(table: ContainerTable): TermOf {
  return (path) => {
    const column = columnOf(table, path);
    if (column !== undefined) return { sql: column, bindings: [] };
    const json = path.length === 0 ? 'json(body)' : 'body -> ?';
    return {
      sql: `${DOCUMENT_KEY_FUNCTION}(sequence, octet_length(body), ${json})`,
      bindings: path.length === 0 ? [] : [`$${path.map((name) => `."${name}"`).join('')}`],
    };
  };
}

// SQLite seeks with one range per column: of all that limit an ordered column it must be the
// narrowest, also one that only follows from an OR (as in paging by the last key seen).
function startingInIndex(predicate: Predicate, order: readonly OrderTerm[]): Predicate {
  const ranges = order.flatMap(({ term }): Predicate[] => {
    const range = impliedRange(predicate, term);
    return range === undefined ? [] : [{ kind: 'range', term, ...range }];
  });
  const rest = conjuncts(predicate).filter(
    (part) => part.kind !== 'range' || !order.some(({ term }) => sameTerm(term, part.term)),
  );
  return all([...rest, ...ranges]);
}

function compileAggregate(
  query: Query,
  table: ContainerTable,
  selected: Predicate,
  termOf: TermOf,
  path: AccessPath | undefined,
): CompiledQuery {
  const { selection } = query;
  if (selection.kind !== 'aggregate') throw new Error(`${selection.kind} is not an aggregate`);
  const { operand } = selection;
  const defined = predicateOf({ kind: 'is-defined', operand }, true, termOf);
  const where = whereAlong(path, all([selected, defined]));
  const from = `FROM ${sourceOf(table, path)} WHERE ${where.text}`;
  if (selection.function === 'COUNT' || operand.kind === 'constant') {
    return { text: `SELECT count(*) AS count ${from}`, bindings: where.bindings, positionKeys: 0 };
  }
  const term = termOf(operand.path);
  const chosen = {
    SUM: term.sql,
    MIN: `min(${term.sql})`,
    MAX: `max(${term.sql})`,
  }[selection.function];
  return {
    text: `SELECT ${chosen} AS key_0 ${from}`,
    bindings: [...term.bindings, ...where.bindings],
    positionKeys: 1,
  };
}
