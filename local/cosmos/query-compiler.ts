// From a query to one SQLite statement that starts in an index where its page starts. Bound values
// only; the names in the text come from the topology.
import { DOCUMENT_KEY_FUNCTION } from './document-store.ts';
import { columnOf } from './container-table.ts';
import type { ContainerTable } from './container-table.ts';
import { predicateOf } from './condition-predicate.ts';
import type { TermOf } from './condition-predicate.ts';
import { isExplicit, isIndexed, pathName, samePath } from './index-policy.ts';
import type { IndexPolicy } from './index-policy.ts';
import {
  all,
  always,
  any,
  conjuncts,
  equalTo,
  impliedRange,
  predicateSql,
  sameTerm,
} from './predicate.ts';
import type { Predicate, SqlFragment, Term } from './predicate.ts';
import type { OrderPath, Query } from './query-syntax.ts';

/** What a page covers besides what the query says. */
export type PageScope = {
  /** Sort key of the one partition to read; absent for all of them. */
  readonly partition?: string;
  /** The last document of the page before. */
  readonly after?: Position;
};

/** A place in the order of a query's results. */
export type Position = {
  /** Sort keys of the ORDER BY paths that vary. */
  readonly keys: readonly string[];
  readonly sequence: number;
};

/**
 * A statement for the rows of a query, without its limit: columns `sequence` and `body`, then
 * `key_0`, `key_1` and so on for the position. An aggregate has `key_0` alone (COUNT: `count`).
 */
export type CompiledQuery = SqlFragment & { readonly positionKeys: number };

/** A compiled query, or the reason the container's index cannot serve it. */
export type Compilation =
  | { readonly ok: true; readonly compiled: CompiledQuery }
  | { readonly ok: false; readonly message: string };

/** Compiles a query for a container. */
export function compileQuery(query: Query, table: ContainerTable, scope: PageScope): Compilation {
  const fault = orderFault(query.orderBy, table.policy);
  if (fault !== undefined) return { ok: false, message: fault };
  const termOf = termsOf(table);
  const selected = all([
    scope.partition === undefined ? always : equalTo(PARTITION, scope.partition),
    query.where === undefined ? always : predicateOf(query.where, true, termOf),
  ]);
  if (query.selection.kind === 'aggregate') {
    return { ok: true, compiled: compileAggregate(query, table, selected, termOf) };
  }
  const order = varyingOrder(query, table.policy, selected, termOf);
  const parts = [selected, ...missingFieldsRule(query, table.policy, termOf)];
  if (scope.after !== undefined) parts.push(beyond(order, scope.after));
  const where = predicateSql(startingInIndex(all(parts), order));
  const keys = order.slice(0, -1);
  const columns = keys.map(({ term }, index) => `, ${term.sql} AS key_${index}`).join('');
  const orderBy = order.map(({ term, descending }) => term.sql + (descending ? ' DESC' : ''));
  return {
    ok: true,
    compiled: {
      text: `SELECT sequence, body${columns} FROM ${table.name}
        WHERE ${where.text} ORDER BY ${orderBy.join(', ')}`,
      bindings: [
        ...keys.flatMap(({ term }) => term.bindings),
        ...where.bindings,
        ...order.flatMap(({ term }) => term.bindings),
      ],
      positionKeys: keys.length,
    },
  };
}

type OrderTerm = { readonly term: Term; readonly descending: boolean };

const PARTITION: Term = { sql: 'partition', bindings: [] };
const SEQUENCE: Term = { sql: 'sequence', bindings: [] };

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

// The rule of the service: one path must be indexed; several need a composite index of exactly
// these paths, in these directions or all of them reversed (documentation, "Indexing policies").
function orderFault(orderBy: readonly OrderPath[], policy: IndexPolicy): string | undefined {
  const [first, ...others] = orderBy;
  if (first === undefined) return undefined;
  if (others.length === 0) {
    if (isIndexed(policy, first.path)) return undefined;
    return `The index path corresponding to the specified order-by item is excluded: ${pathName(first.path)}.`;
  }
  if (compositeFor(orderBy, policy) !== undefined) return undefined;
  const paths = orderBy.map(({ path, descending }) => pathName(path) + (descending ? ' DESC' : ''));
  return `The order by query does not have a corresponding composite index that it can be served from: ${paths.join(', ')}.`;
}

function compositeFor(
  orderBy: readonly OrderPath[],
  policy: IndexPolicy,
): { readonly reversed: boolean } | undefined {
  for (const composite of policy.composites) {
    const agreeing = orderBy.filter(
      ({ path, descending }, index) =>
        composite[index]?.descending === descending && samePath(composite[index].path, path),
    );
    const opposing = orderBy.filter(
      ({ path, descending }, index) =>
        composite[index]?.descending === !descending && samePath(composite[index].path, path),
    );
    if (composite.length !== orderBy.length) continue;
    if (agreeing.length === orderBy.length) return { reversed: false };
    if (opposing.length === orderBy.length) return { reversed: true };
  }
  return undefined;
}

// The paths of ORDER BY whose value is not the same for all results, and the sequence, which makes
// the order total in the direction the index is read in.
function varyingOrder(
  query: Query,
  policy: IndexPolicy,
  selected: Predicate,
  termOf: TermOf,
): readonly OrderTerm[] {
  const fixed = conjuncts(selected).flatMap((part) =>
    part.kind === 'member' && part.keys.length === 1 ? [part.term] : [],
  );
  const terms = query.orderBy
    .map(({ path, descending }) => ({ term: termOf(path), descending }))
    .filter(({ term }) => !fixed.some((other) => sameTerm(other, term)));
  const [first, ...others] = query.orderBy;
  const backwards =
    others.length === 0
      ? first?.descending === true
      : compositeFor(query.orderBy, policy)?.reversed === true;
  return [...terms, { term: SEQUENCE, descending: backwards }];
}

// A path a wildcard includes has no index entry for documents without it: they are not returned.
function missingFieldsRule(
  query: Query,
  policy: IndexPolicy,
  termOf: TermOf,
): readonly Predicate[] {
  const [only, ...others] = query.orderBy;
  if (only === undefined || others.length > 0) return [];
  if (isExplicit(policy, only.path) || samePath(only.path, ['id'])) return [];
  const operand = { kind: 'path', path: only.path } as const;
  return [predicateOf({ kind: 'is-defined', operand }, true, termOf)];
}

function beyond(order: readonly OrderTerm[], after: Position): Predicate {
  const keys = [...after.keys, after.sequence];
  return any(
    order.map(({ term, descending }, index) => {
      const bound = { key: keys[index] ?? '', included: false };
      return all([
        ...order.slice(0, index).map((earlier, at) => equalTo(earlier.term, keys[at] ?? '')),
        { kind: 'range', term, ...(descending ? { high: bound } : { low: bound }) },
      ]);
    }),
  );
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
): CompiledQuery {
  const { selection } = query;
  if (selection.kind !== 'aggregate') throw new Error(`${selection.kind} is not an aggregate`);
  const { operand } = selection;
  const defined = predicateOf({ kind: 'is-defined', operand }, true, termOf);
  const where = predicateSql(all([selected, defined]));
  const from = `FROM ${table.name} WHERE ${where.text}`;
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
