// Two-valued predicates over sort keys, and their SQL. Values are always bound, never written into
// the text.
import { compareSortKeys } from './sort-key.ts';

/** A sort key, or the sequence of a document. */
export type Key = string | number;

/** A place whose sort key is compared: a column, or an expression with bindings of its own. */
export type Term = {
  readonly sql: string;
  readonly bindings: readonly string[];
};

/** One end of a range. */
export type Bound = { readonly key: Key; readonly included: boolean };

/** A predicate: unlike a condition of the query language it is true or false, never undefined. */
export type Predicate =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'range'; readonly term: Term; readonly low?: Bound; readonly high?: Bound }
  | {
      readonly kind: 'member' | 'outsider';
      readonly term: Term;
      readonly keys: readonly Key[];
    }
  /** The keys of two terms, compared by a fixed SQL template over `left` and `right`. */
  | { readonly kind: 'pair'; readonly test: PairTest; readonly left: Term; readonly right: Term }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Predicate[] };

/** A comparison of two terms of one type. */
export type PairTest = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A piece of SQL with the values its question marks take. */
export type SqlFragment = { readonly text: string; readonly bindings: readonly Key[] };

/** The predicate true of everything. */
export const always: Predicate = { kind: 'constant', value: true };
/** The predicate true of nothing. */
export const never: Predicate = { kind: 'constant', value: false };

/** True where every part is; flat, and without parts that decide nothing. */
export function all(parts: readonly Predicate[]): Predicate {
  return chain('all', parts);
}

/** True where any part is. */
export function any(parts: readonly Predicate[]): Predicate {
  return chain('any', parts);
}

/** True where the term's key is exactly this one. */
export function equalTo(term: Term, key: Key): Predicate {
  return { kind: 'member', term, keys: [key] };
}

/** The parts that must all hold. */
export function conjuncts(predicate: Predicate): readonly Predicate[] {
  return predicate.kind === 'all' ? predicate.parts : [predicate];
}

/**
 * The narrowest range of a term outside of which the predicate is false, as far as can be told from
 * its parts; undefined without any limit. `a > 1 OR (a = 1 AND b > 2)` gives `a >= 1`, which an
 * index can start from although it cannot serve the OR itself.
 */
export function impliedRange(predicate: Predicate, term: Term): Range | undefined {
  switch (predicate.kind) {
    case 'constant':
    case 'outsider':
    case 'pair':
      return undefined;
    case 'range':
      return sameTerm(predicate.term, term) ? predicate : undefined;
    case 'member':
      return sameTerm(predicate.term, term) ? rangeOfKeys(predicate.keys) : undefined;
    case 'all':
      return predicate.parts
        .map((part) => impliedRange(part, term))
        .reduce((sum, range) => narrower(sum, range), undefined);
    case 'any':
      return predicate.parts
        .map((part) => impliedRange(part, term))
        .reduce((sum, range) => sum && range && wider(sum, range));
  }
}

/** A predicate as SQL. */
export function predicateSql(predicate: Predicate): SqlFragment {
  switch (predicate.kind) {
    case 'constant':
      return { text: predicate.value ? '1' : '0', bindings: [] };
    case 'range':
      return rangeSql(predicate.term, predicate);
    case 'member':
    case 'outsider': {
      const { term, keys } = predicate;
      const test = keys.length === 1 ? '= ?' : `IN (${keys.map(() => '?').join(', ')})`;
      const text = `${term.sql} ${test}`;
      const bindings = [...term.bindings, ...keys];
      return { text: predicate.kind === 'member' ? text : `NOT (${text})`, bindings };
    }
    case 'pair':
      return pairSql(predicate.test, predicate.left, predicate.right);
    case 'all':
    case 'any': {
      const parts = predicate.parts.map(predicateSql);
      const joined = parts
        .map(({ text }) => text)
        .join(predicate.kind === 'all' ? ' AND ' : ' OR ');
      return { text: `(${joined})`, bindings: parts.flatMap(({ bindings }) => bindings) };
    }
  }
}

/** Whether two terms are the same place. */
export function sameTerm(left: Term, right: Term): boolean {
  return (
    left.sql === right.sql && left.bindings.every((value, index) => value === right.bindings[index])
  );
}

/** Ends of a range; at least one is there. */
export type Range = { readonly low?: Bound; readonly high?: Bound };

function chain(kind: 'all' | 'any', parts: readonly Predicate[]): Predicate {
  const deciding = kind === 'any';
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const kept = flat.filter((part) => part.kind !== 'constant' || part.value === deciding);
  const decided = kept.find((part) => part.kind === 'constant');
  if (decided !== undefined) return decided;
  const [only, ...others] = kept;
  if (only === undefined) return { kind: 'constant', value: !deciding };
  return others.length === 0 ? only : { kind, parts: kept };
}

function rangeSql(term: Term, { low, high }: Range): SqlFragment {
  const tests: string[] = [];
  const bindings: Key[] = [];
  if (low !== undefined) {
    tests.push(`${term.sql} ${low.included ? '>=' : '>'} ?`);
    bindings.push(...term.bindings, low.key);
  }
  if (high !== undefined) {
    tests.push(`${term.sql} ${high.included ? '<=' : '<'} ?`);
    bindings.push(...term.bindings, high.key);
  }
  return { text: tests.length === 0 ? '1' : `(${tests.join(' AND ')})`, bindings };
}

// Same first character means same type, booleans apart; only defined keys compare.
function pairSql(test: PairTest, left: Term, right: Term): SqlFragment {
  const ordered = test !== '=' && test !== '<>';
  const bindings: Key[] = [];
  const place = (term: Term) => {
    bindings.push(...term.bindings);
    return term.sql;
  };
  const text = [
    `replace(substr(${place(left)}, 1, 1), '3', '2') = replace(substr(${place(right)}, 1, 1), '3', '2')`,
    `${place(left)} ${test} ${place(right)}`,
    `${place(left)} >= '1'`,
    ...(ordered ? [`${place(left)} < '6'`] : []),
  ].join(' AND ');
  return { text: `(${text})`, bindings };
}

function rangeOfKeys(keys: readonly Key[]): Range | undefined {
  const ranges = keys.map((key): Range => {
    const bound = { key, included: true };
    return { low: bound, high: bound };
  });
  return ranges.reduce<Range | undefined>(
    (sum, range) => (sum ? wider(sum, range) : range),
    undefined,
  );
}

function narrower(left: Range | undefined, right: Range | undefined): Range | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return rangeOf(
    pick(left.low, right.low, (a, b) => (compareLow(a, b) >= 0 ? a : b)),
    pick(left.high, right.high, (a, b) => (compareHigh(a, b) <= 0 ? a : b)),
  );
}

function wider(left: Range, right: Range): Range | undefined {
  return rangeOf(
    left.low && right.low && (compareLow(left.low, right.low) <= 0 ? left.low : right.low),
    left.high && right.high && (compareHigh(left.high, right.high) >= 0 ? left.high : right.high),
  );
}

function rangeOf(low: Bound | undefined, high: Bound | undefined): Range | undefined {
  if (low === undefined && high === undefined) return undefined;
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

function pick(
  left: Bound | undefined,
  right: Bound | undefined,
  choose: (left: Bound, right: Bound) => Bound,
): Bound | undefined {
  return left && right ? choose(left, right) : (left ?? right);
}

// At the same key an included low end lies before an excluded one, an included high end after it.
function compareLow(left: Bound, right: Bound): number {
  return compareKeys(left.key, right.key) || Number(right.included) - Number(left.included);
}

function compareHigh(left: Bound, right: Bound): number {
  return compareKeys(left.key, right.key) || Number(left.included) - Number(right.included);
}

// Keys of one term are either all texts or all numbers.
function compareKeys(left: Key, right: Key): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return compareSortKeys(String(left), String(right));
}
