// The order of a query's results: what the service allows to order by, and in which terms the order
// is total, so that a page can start after any document.
import { isExplicit, isIndexed, pathName, samePath } from './index-policy.ts';
import type { IndexPolicy } from './index-policy.ts';
import { predicateOf } from './condition-predicate.ts';
import type { TermOf } from './condition-predicate.ts';
import { all, any, conjuncts, equalTo, sameTerm } from './predicate.ts';
import type { Predicate, Term } from './predicate.ts';
import type { OrderPath, Query } from './query-syntax.ts';

/** One term of an order. */
export type OrderTerm = { readonly term: Term; readonly descending: boolean };

/** A place in the order of a query's results. */
export type Position = {
  /** Sort keys of the order's terms but the last, which is the sequence. */
  readonly keys: readonly string[];
  readonly sequence: number;
  /** The index that gave a query without ORDER BY its order, by its place among the table's. */
  readonly index?: number;
};

/** The sequence of a document: the order of creation. */
export const sequenceTerm: Term = { sql: 'sequence', bindings: [] };

/**
 * Why the service would refuse to order so, in its words: one path must be indexed; several need a
 * composite index of exactly these paths, in these directions or all of them reversed
 * (documentation, "Indexing policies"). Undefined when it would not.
 */
export function orderFault(orderBy: readonly OrderPath[], policy: IndexPolicy): string | undefined {
  const [first, ...others] = orderBy;
  if (first === undefined) return undefined;
  if (others.length === 0) {
    if (isIndexed(policy, first.path)) return undefined;
    const name = pathName(first.path);
    return `The index path corresponding to the specified order-by item is excluded: ${name}.`;
  }
  if (compositeFor(orderBy, policy) !== undefined) return undefined;
  const paths = orderBy.map(({ path, descending }) => pathName(path) + (descending ? ' DESC' : ''));
  return `The order by query does not have a corresponding composite index that it can be served from: ${paths.join(', ')}.`;
}

/** The terms of ORDER BY that vary among the documents selected, then the sequence. */
export function orderOf(
  query: Query,
  policy: IndexPolicy,
  selected: Predicate,
  termOf: TermOf,
): readonly OrderTerm[] {
  const [first, ...others] = query.orderBy;
  const backwards =
    others.length === 0
      ? first?.descending === true
      : compositeFor(query.orderBy, policy)?.reversed === true;
  const terms = query.orderBy.map(({ path, descending }) => ({ term: termOf(path), descending }));
  // An index read backwards gives equal keys in descending sequence.
  return [...varying(terms, selected), { term: sequenceTerm, descending: backwards }];
}

/** The terms that are not the same for all documents selected. */
export function varying(terms: readonly OrderTerm[], selected: Predicate): readonly OrderTerm[] {
  const fixed = conjuncts(selected).flatMap((part) =>
    part.kind === 'member' && part.keys.length === 1 ? [part.term] : [],
  );
  return terms.filter(({ term }) => !fixed.some((other) => sameTerm(other, term)));
}

/**
 * The predicate ordering adds: a path that a wildcard includes has no index entry for documents
 * without it, so they are not returned (documentation, "ORDER BY clause").
 */
export function orderPredicates(
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

/** The predicate of documents that come after a position. */
export function beyond(order: readonly OrderTerm[], after: Position): Predicate {
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

function compositeFor(
  orderBy: readonly OrderPath[],
  policy: IndexPolicy,
): { readonly reversed: boolean } | undefined {
  for (const composite of policy.composites) {
    if (composite.length !== orderBy.length) continue;
    const serves = (reversed: boolean) =>
      composite.every(({ path, descending }, index) => {
        const ordered = orderBy[index];
        if (ordered === undefined || !samePath(ordered.path, path)) return false;
        return (ordered.descending === descending) !== reversed;
      });
    if (serves(false)) return { reversed: false };
    if (serves(true)) return { reversed: true };
  }
  return undefined;
}
