// Conditions and operands of a query, by recursive descent: OR, AND, NOT, then single predicates.
import type { Json, Path } from './json.ts';
import type { ComparisonOperator, Condition, Operand } from './query-syntax.ts';
import { QuerySyntaxError } from './query-tokens.ts';
import type { TokenReader } from './token-reader.ts';

/** Deepest nesting of a condition: far above any real query, far below the stack's end. */
export const MAX_CONDITION_DEPTH = 100;
/** Most predicates of a query; SQLite refuses expressions a thousand levels deep. */
export const MAX_PREDICATES = 500;
/** Most constants of a query's lists together; SQLite binds 32,766 values. */
export const MAX_LIST_ELEMENTS = 10_000;

/** Reads a condition. */
export function parseCondition(reader: TokenReader, depth = 0): Condition {
  if (depth > MAX_CONDITION_DEPTH) {
    throw new QuerySyntaxError(`A condition nests deeper than ${MAX_CONDITION_DEPTH} levels.`);
  }
  return readChain(reader, 'or', () =>
    readChain(reader, 'and', () => readNegation(reader, depth + 1)),
  );
}

/** Reads a path, a literal or a parameter. */
export function parseOperand(reader: TokenReader): Operand {
  const constant = readConstant(reader);
  if (constant !== undefined) return { kind: 'constant', value: constant };
  if (reader.isCall()) throw reader.unsupported(`function ${reader.peek().text}`);
  return { kind: 'path', path: parsePath(reader) };
}

/** Reads a path from the alias down: `c`, `c.a.b` or `c["a"]`. */
export function parsePath(reader: TokenReader): Path {
  if (reader.isCall()) throw reader.unsupported(`function ${reader.peek().text}`);
  if (reader.peek().kind === 'symbol') {
    throw reader.unsupported(`an expression that starts with '${reader.peek().text}'`);
  }
  const root = reader.expectName();
  if (root !== reader.alias) {
    throw new QuerySyntaxError(`Identifier '${root}' could not be resolved.`);
  }
  const path: string[] = [];
  for (;;) {
    if (reader.takeSymbol('.')) {
      path.push(reader.expectName());
    } else if (reader.takeSymbol('[')) {
      const name = reader.next();
      if (name.kind !== 'string') throw reader.unsupported('an array element in a path');
      reader.expectSymbol(']');
      path.push(name.text);
    } else {
      return path;
    }
    // SQLite's paths have no way to escape these within a name.
    if (/["\\]/.test(path.at(-1) ?? '')) throw reader.unsupported('a quote in a property name');
  }
}

function readChain(reader: TokenReader, kind: 'and' | 'or', readOne: () => Condition): Condition {
  const first = readOne();
  const operands = [first];
  while (reader.takeKeyword(kind.toUpperCase())) {
    operands.push(readOne());
  }
  return operands.length === 1 ? first : { kind, operands };
}

function readNegation(reader: TokenReader, depth: number): Condition {
  if (depth > MAX_CONDITION_DEPTH) {
    throw new QuerySyntaxError(`A condition nests deeper than ${MAX_CONDITION_DEPTH} levels.`);
  }
  if (reader.takeKeyword('NOT')) return { kind: 'not', operand: readNegation(reader, depth + 1) };
  if (reader.takeSymbol('(')) {
    const inner = parseCondition(reader, depth + 1);
    reader.expectSymbol(')');
    return inner;
  }
  reader.countPredicate(MAX_PREDICATES);
  return reader.isCall() ? readCall(reader) : readPredicate(reader);
}

function readCall(reader: TokenReader): Condition {
  const name = reader.peek().text.toUpperCase();
  switch (name) {
    case 'IS_DEFINED':
    case 'IS_NULL': {
      const [operand, ...others] = readArguments(reader);
      if (operand === undefined || others.length > 0) throw wrongArguments(name);
      return { kind: name === 'IS_NULL' ? 'is-null' : 'is-defined', operand };
    }
    case 'STARTSWITH': {
      const [operand, prefix, ...others] = readArguments(reader);
      if (operand === undefined || prefix === undefined) throw wrongArguments(name);
      if (others.length > 0) throw reader.unsupported('STARTSWITH that ignores case');
      if (prefix.kind !== 'constant') throw reader.unsupported('STARTSWITH with a path as prefix');
      return { kind: 'starts-with', operand, prefix: prefix.value };
    }
    case 'ARRAY_CONTAINS': {
      const [array, operand, ...others] = readArguments(reader);
      if (array === undefined || operand === undefined) throw wrongArguments(name);
      if (others.length > 0) throw reader.unsupported('ARRAY_CONTAINS with partial match');
      if (array.kind !== 'constant' || !Array.isArray(array.value)) {
        throw reader.unsupported('ARRAY_CONTAINS of anything but a constant array');
      }
      reader.countElements(array.value.length, MAX_LIST_ELEMENTS);
      return { kind: 'contained', operand, elements: array.value };
    }
  }
  throw reader.unsupported(`function ${reader.peek().text}`);
}

function readArguments(reader: TokenReader): readonly Operand[] {
  reader.expectName();
  reader.expectSymbol('(');
  const operands: Operand[] = [];
  do operands.push(parseOperand(reader));
  while (reader.takeSymbol(','));
  reader.expectSymbol(')');
  return operands;
}

function readPredicate(reader: TokenReader): Condition {
  const operand = parseOperand(reader);
  const negated = reader.takeKeyword('NOT');
  const condition = readRest(reader, operand);
  if (condition === undefined) {
    if (negated) throw reader.unexpected('IN or BETWEEN');
    return { kind: 'truth', operand };
  }
  return negated ? { kind: 'not', operand: condition } : condition;
}

function readRest(reader: TokenReader, operand: Operand): Condition | undefined {
  if (reader.takeKeyword('IN')) return readIn(reader, operand);
  if (reader.takeKeyword('BETWEEN')) return readBetween(reader, operand);
  if (reader.isKeyword('LIKE')) throw reader.unsupported('LIKE');
  const symbol = reader.peek();
  const operator = symbol.kind === 'symbol' ? OPERATORS[symbol.text] : undefined;
  if (operator !== undefined) {
    reader.next();
    return { kind: 'comparison', operator, left: operand, right: parseOperand(reader) };
  }
  if (symbol.kind === 'symbol' && !ENDINGS.has(symbol.text)) {
    throw reader.unsupported(`operator ${symbol.text}`);
  }
  return undefined;
}

function readIn(reader: TokenReader, operand: Operand): Condition {
  reader.expectSymbol('(');
  const candidates: Json[] = [];
  do {
    const candidate = parseOperand(reader);
    if (candidate.kind !== 'constant') throw reader.unsupported('a path within IN');
    candidates.push(candidate.value);
  } while (reader.takeSymbol(','));
  reader.expectSymbol(')');
  reader.countElements(candidates.length, MAX_LIST_ELEMENTS);
  return { kind: 'in', operand, candidates };
}

function readBetween(reader: TokenReader, operand: Operand): Condition {
  const low = parseOperand(reader);
  reader.expectKeyword('AND');
  const high = parseOperand(reader);
  return {
    kind: 'and',
    operands: [
      { kind: 'comparison', operator: '>=', left: operand, right: low },
      { kind: 'comparison', operator: '<=', left: operand, right: high },
    ],
  };
}

function readConstant(reader: TokenReader, depth = 0): Json | undefined {
  const token = reader.peek();
  const negative = token.text === '-' && reader.peek(1).kind === 'number';
  switch (token.kind) {
    case 'string':
      return reader.next().text;
    case 'number':
      return Number(reader.next().text);
    case 'parameter':
      return reader.valueOf(reader.next().text);
    case 'name':
      if (token.text.toLowerCase() === 'undefined') throw reader.unsupported('undefined');
      if (!Object.hasOwn(NAMED_CONSTANTS, token.text.toLowerCase())) return undefined;
      return NAMED_CONSTANTS[reader.next().text.toLowerCase()];
    case 'symbol':
      if (negative) {
        reader.next();
        return -Number(reader.next().text);
      }
      return reader.takeSymbol('[') ? readArray(reader, depth) : undefined;
    case 'end':
      return undefined;
  }
}

function readArray(reader: TokenReader, depth: number): readonly Json[] {
  if (depth > MAX_CONDITION_DEPTH) throw reader.unsupported('an array nested so deep');
  const elements: Json[] = [];
  if (reader.takeSymbol(']')) return elements;
  do {
    const element = readConstant(reader, depth + 1);
    if (element === undefined) throw reader.unsupported('anything but constants in an array');
    elements.push(element);
  } while (reader.takeSymbol(','));
  reader.expectSymbol(']');
  return elements;
}

function wrongArguments(name: string): QuerySyntaxError {
  return new QuerySyntaxError(`Wrong number of arguments for ${name}.`);
}

const NAMED_CONSTANTS: Readonly<Record<string, Json>> = { true: true, false: false, null: null };
const ENDINGS: ReadonlySet<string> = new Set([')', ',', ']']);
const OPERATORS: Readonly<Record<string, ComparisonOperator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};
