// A second, obvious implementation of the query language over an array, for comparison in tests.
// Shares the syntax tree with the server, nothing else.
import { isJsonObject, valueAt } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import type { Condition, ComparisonOperator, Operand, Query } from './query-syntax.ts';

/** The documents a query without an aggregate selects, in its order. */
export function selectNaively(query: Query, documents: readonly JsonObject[]): readonly Json[] {
  const { where, orderBy, offset, limit } = query;
  const chosen = documents.filter((document) => where === undefined || isTrue(where, document));
  const [first, ...others] = orderBy;
  // With one path, equal documents follow the direction of the index.
  const inOrder = first?.descending === true && others.length === 0 ? chosen.toReversed() : chosen;
  const sorted = inOrder.toSorted((left, right) => {
    for (const { path, descending } of orderBy) {
      const order = compareAny(valueAt(left, path), valueAt(right, path));
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return sorted.slice(offset, limit === undefined ? undefined : offset + limit);
}

/** Whether a condition is true of a document: neither false nor undefined. */
export function isTrue(condition: Condition, document: JsonObject): boolean {
  return evaluate(condition, document) === true;
}

/** Cosmos DB's order of all values, undefined first. */
export function compareAny(left: Json | undefined, right: Json | undefined): number {
  const order = rank(left) - rank(right);
  if (order !== 0) return order;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  if (isDeeplyEqual(left, right)) return 0;
  return compareTexts(JSON.stringify(left), JSON.stringify(right));
}

type Truth = boolean | undefined;

function evaluate(condition: Condition, document: JsonObject): Truth {
  const value = (operand: Operand) =>
    operand.kind === 'constant' ? operand.value : valueAt(document, operand.path);
  switch (condition.kind) {
    case 'and': {
      const truths = condition.operands.map((operand) => evaluate(operand, document));
      return truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;
    }
    case 'or': {
      const truths = condition.operands.map((operand) => evaluate(operand, document));
      return truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;
    }
    case 'not': {
      const truth = evaluate(condition.operand, document);
      return truth === undefined ? undefined : !truth;
    }
    case 'comparison':
      return compare(condition.operator, value(condition.left), value(condition.right));
    case 'in': {
      const truths = condition.candidates.map((candidate) =>
        compare('=', value(condition.operand), candidate),
      );
      return truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;
    }
    case 'contained': {
      const given = value(condition.operand);
      if (given === undefined) return undefined;
      return condition.elements.some((element) => isDeeplyEqual(element, given));
    }
    case 'starts-with': {
      const given = value(condition.operand);
      if (typeof given !== 'string' || typeof condition.prefix !== 'string') return undefined;
      return given.startsWith(condition.prefix);
    }
    case 'is-defined':
      return value(condition.operand) !== undefined;
    case 'is-null':
      return value(condition.operand) === null;
    case 'truth': {
      const given = value(condition.operand);
      return typeof given === 'boolean' ? given : undefined;
    }
  }
}

function compare(operator: ComparisonOperator, left: Json | undefined, right: Json | undefined) {
  if (left === undefined || right === undefined || typeName(left) !== typeName(right)) {
    return undefined;
  }
  if (operator === '=') return isDeeplyEqual(left, right);
  if (operator === '!=') return !isDeeplyEqual(left, right);
  if (typeName(left) === 'array' || typeName(left) === 'object') return undefined;
  const order = compareAny(left, right);
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

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function rank(value: Json | undefined): number {
  if (value === undefined) return 0;
  if (typeof value === 'boolean') return value ? 3 : 2;
  return ['', 'null', '', '', 'number', 'string', 'array', 'object'].indexOf(typeName(value));
}

function isDeeplyEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length && left.every((entry, at) => isDeeplyEqual(entry, right[at]))
    );
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    const names = Object.keys(left);
    const sameNames = names.length === Object.keys(right).length;
    return sameNames && names.every((name) => isDeeplyEqual(left[name], right[name]));
  }
  return left === right;
}

// By code point, as UTF-8 sorts; JavaScript's own order is by UTF-16 unit.
function compareTexts(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
