// From conditions, which know undefined, to predicates, which do not: what makes a condition true,
// and what makes it false. Comparing different types is neither.
import type { Json, Path } from './json.ts';
import { all, always, any, equalTo, never } from './predicate.ts';
import type { PairTest, Predicate, Term } from './predicate.ts';
import type { ComparisonOperator, Condition, Operand } from './query-syntax.ts';
import {
  compareSortKeys,
  firstDefinedKey,
  hasOrder,
  keyTag,
  prefixInterval,
  sortKey,
  typeInterval,
} from './sort-key.ts';

/** Where the sort key of a path is found. */
export type TermOf = (path: Path) => Term;

/**
 * The predicate of documents for which a condition has the wanted value. Negation only swaps the
 * wanted value, so that undefined stays out of both (documentation, "Operators", logical ones).
 */
export function predicateOf(condition: Condition, wanted: boolean, termOf: TermOf): Predicate {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.operands.map((operand) => predicateOf(operand, wanted, termOf));
      // An AND is false as soon as one operand is, whatever the others.
      return (condition.kind === 'and') === wanted ? all(parts) : any(parts);
    }
    case 'not':
      return predicateOf(condition.operand, !wanted, termOf);
    case 'comparison':
      return comparison(condition.operator, condition.left, condition.right, wanted, termOf);
    case 'in':
      return oneOf(condition.operand, condition.candidates, wanted, termOf);
    case 'contained':
      return contained(condition.operand, condition.elements, wanted, termOf);
    case 'starts-with':
      return startsWith(condition.operand, condition.prefix, wanted, termOf);
    case 'is-defined':
      return isDefined(condition.operand, wanted, termOf);
    case 'is-null':
      return isNull(condition.operand, wanted, termOf);
    case 'truth':
      return equals(condition.operand, sortKey(wanted), termOf);
  }
}

const NEGATED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

const PAIR_TESTS: Readonly<Record<ComparisonOperator, PairTest>> = {
  '=': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

function comparison(
  given: ComparisonOperator,
  left: Operand,
  right: Operand,
  wanted: boolean,
  termOf: TermOf,
): Predicate {
  const operator = wanted ? given : NEGATED[given];
  if (left.kind === 'path' && right.kind === 'path') {
    const [first, second] = [termOf(left.path), termOf(right.path)];
    return { kind: 'pair', test: PAIR_TESTS[operator], left: first, right: second };
  }
  if (left.kind === 'path' && right.kind === 'constant') {
    return compared(termOf(left.path), operator, sortKey(right.value));
  }
  if (left.kind === 'constant' && right.kind === 'path') {
    return compared(termOf(right.path), MIRRORED[operator], sortKey(left.value));
  }
  if (left.kind === 'constant' && right.kind === 'constant') {
    return holds(operator, sortKey(left.value), sortKey(right.value)) ? always : never;
  }
  return never;
}

// Every test stays within the keys of the constant's own type.
function compared(term: Term, operator: ComparisonOperator, key: string): Predicate {
  const type = typeInterval(key);
  if (type === undefined) return never;
  if (operator === '=') return equalTo(term, key);
  if (operator === '!=') {
    return all([between(term, type.low, type.high), { kind: 'outsider', term, keys: [key] }]);
  }
  if (!hasOrder(key)) return never;
  const low = { key: type.low, included: true };
  const high = { key: type.high, included: false };
  switch (operator) {
    case '<':
      return { kind: 'range', term, low, high: { key, included: false } };
    case '<=':
      return { kind: 'range', term, low, high: { key, included: true } };
    case '>':
      return { kind: 'range', term, low: { key, included: false }, high };
    case '>=':
      return { kind: 'range', term, low: { key, included: true }, high };
  }
}

function holds(operator: ComparisonOperator, left: string, right: string): boolean {
  const type = typeInterval(right);
  if (type === undefined || left < type.low || left >= type.high) return false;
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (!hasOrder(right)) return false;
  const order = compareSortKeys(left, right);
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

// False needs every candidate to be comparable with the operand, hence all of one type.
function oneOf(
  operand: Operand,
  candidates: readonly Json[],
  wanted: boolean,
  termOf: TermOf,
): Predicate {
  if (operand.kind === 'constant') {
    const parts = candidates.map((candidate) =>
      comparison('=', operand, { kind: 'constant', value: candidate }, wanted, termOf),
    );
    return wanted ? any(parts) : all(parts);
  }
  const term = termOf(operand.path);
  const keys = [...new Set(candidates.map(sortKey))];
  if (wanted) return { kind: 'member', term, keys };
  const [type, ...others] = keys.map(typeInterval);
  if (type === undefined || others.some((other) => other?.low !== type.low)) return never;
  return all([between(term, type.low, type.high), { kind: 'outsider', term, keys }]);
}

function contained(
  operand: Operand,
  elements: readonly Json[],
  wanted: boolean,
  termOf: TermOf,
): Predicate {
  const keys = [...new Set(elements.map(sortKey))];
  if (operand.kind === 'constant') {
    return keys.includes(sortKey(operand.value)) === wanted ? always : never;
  }
  const term = termOf(operand.path);
  if (wanted) return keys.length === 0 ? never : { kind: 'member', term, keys };
  const defined = isDefined(operand, true, termOf);
  return keys.length === 0 ? defined : all([defined, { kind: 'outsider', term, keys }]);
}

function startsWith(operand: Operand, prefix: Json, wanted: boolean, termOf: TermOf): Predicate {
  if (typeof prefix !== 'string') return never;
  if (operand.kind === 'constant') {
    const { value } = operand;
    return typeof value === 'string' && value.startsWith(prefix) === wanted ? always : never;
  }
  const term = termOf(operand.path);
  const { low, high } = prefixInterval(prefix);
  if (wanted) return between(term, low, high);
  return any([between(term, keyTag.string, low), between(term, high, keyTag.array)]);
}

function isDefined(operand: Operand, wanted: boolean, termOf: TermOf): Predicate {
  if (operand.kind === 'constant') return wanted ? always : never;
  const term = termOf(operand.path);
  if (!wanted) return equalTo(term, keyTag.undefined);
  return { kind: 'range', term, low: { key: firstDefinedKey, included: true } };
}

function isNull(operand: Operand, wanted: boolean, termOf: TermOf): Predicate {
  if (operand.kind === 'constant') return (operand.value === null) === wanted ? always : never;
  const term = termOf(operand.path);
  if (wanted) return equalTo(term, keyTag.null);
  // False, not undefined, for a missing property too.
  const above: Predicate = { kind: 'range', term, low: { key: keyTag.null, included: false } };
  return any([equalTo(term, keyTag.undefined), above]);
}

function equals(operand: Operand, key: string, termOf: TermOf): Predicate {
  if (operand.kind === 'path') return equalTo(termOf(operand.path), key);
  return sortKey(operand.value) === key ? always : never;
}

function between(term: Term, low: string, high: string): Predicate {
  return {
    kind: 'range',
    term,
    low: { key: low, included: true },
    high: { key: high, included: false },
  };
}
