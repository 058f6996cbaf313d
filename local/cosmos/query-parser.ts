// Recursive descent from query text to syntax tree. Refuses by name what it does not know; never
// guesses.
import type { Json } from './json.ts';
import { parseCondition, parseOperand, parsePath } from './query-condition-parser.ts';
import type { AggregateFunction, Operand, OrderPath, Query, Selection } from './query-syntax.ts';
import { QuerySyntaxError, tokensOf } from './query-tokens.ts';
import { TokenReader } from './token-reader.ts';

/** A parsed query, or what is wrong with its text. */
export type ParsedQuery =
  | { readonly ok: true; readonly query: Query }
  | { readonly ok: false; readonly message: string };

/** Longest query text, in characters (documentation, "Service quotas", SQL query limits). */
export const MAX_QUERY_CHARACTERS = 512 * 1024;

/** Parses a query and fills in its parameters (names with their `@`). */
export function parseQuery(text: string, parameters: ReadonlyMap<string, Json>): ParsedQuery {
  if (text.length > MAX_QUERY_CHARACTERS) {
    return { ok: false, message: `A query has at most ${MAX_QUERY_CHARACTERS} characters.` };
  }
  try {
    return { ok: true, query: readQuery(new TokenReader(tokensOf(text), parameters)) };
  } catch (error) {
    if (error instanceof QuerySyntaxError) return { ok: false, message: error.message };
    throw error;
  }
}

function readQuery(reader: TokenReader): Query {
  reader.expectKeyword('SELECT');
  if (reader.takeKeyword('DISTINCT')) throw reader.unsupported('DISTINCT');
  const top = reader.takeKeyword('TOP') ? readCount(reader, 'TOP') : undefined;
  // FROM names the alias the selection already uses, so it is read first.
  const selectionStart = reader.mark();
  reader.skipTo('FROM');
  readFrom(reader);
  const afterFrom = reader.mark();
  reader.reset(selectionStart);
  const selection = readSelection(reader);
  reader.expectKeyword('FROM');
  reader.reset(afterFrom);
  const where = reader.takeKeyword('WHERE') ? parseCondition(reader) : undefined;
  if (reader.isKeyword('GROUP')) throw reader.unsupported('GROUP BY');
  const orderBy = readOrderBy(reader);
  const range = readOffsetLimit(reader);
  if (top !== undefined && range !== undefined) {
    throw new QuerySyntaxError('TOP cannot be used together with OFFSET LIMIT.');
  }
  reader.expectEnd();
  const limit = top ?? range?.limit;
  const query: Query = {
    selection,
    orderBy,
    offset: range?.offset ?? 0,
    ...(where === undefined ? {} : { where }),
    ...(limit === undefined ? {} : { limit }),
  };
  if (selection.kind === 'aggregate' && (orderBy.length > 0 || limit !== undefined)) {
    throw reader.unsupported('ORDER BY, TOP or OFFSET LIMIT with an aggregate');
  }
  return query;
}

function readFrom(reader: TokenReader): void {
  reader.expectKeyword('FROM');
  reader.alias = reader.expectName();
  if (reader.takeKeyword('AS')) reader.alias = reader.expectName();
  for (const keyword of ['JOIN', 'IN']) {
    if (reader.isKeyword(keyword)) throw reader.unsupported(`${keyword} in FROM`);
  }
}

function readSelection(reader: TokenReader): Selection {
  if (reader.takeSymbol('*')) return { kind: 'document' };
  if (reader.takeKeyword('VALUE')) return readValue(reader);
  if (aggregateAhead(reader) !== undefined) throw reader.unsupported('an aggregate without VALUE');
  const properties = [];
  do {
    const path = parsePath(reader);
    const name = reader.takeKeyword('AS') ? reader.expectName() : (path.at(-1) ?? reader.alias);
    properties.push({ name, path });
  } while (reader.takeSymbol(','));
  return { kind: 'properties', properties };
}

function readValue(reader: TokenReader): Selection {
  const aggregate = aggregateAhead(reader);
  if (aggregate === undefined) return { kind: 'value', operand: parseOperand(reader) };
  reader.expectName();
  reader.expectSymbol('(');
  const operand: Operand = parseOperand(reader);
  reader.expectSymbol(')');
  if (aggregate !== 'COUNT' && operand.kind === 'constant') {
    throw reader.unsupported(`${aggregate} of a constant`);
  }
  return { kind: 'aggregate', function: aggregate, operand };
}

function aggregateAhead(reader: TokenReader): AggregateFunction | undefined {
  if (!reader.isCall()) return undefined;
  if (reader.isKeyword('AVG')) throw reader.unsupported('AVG');
  const known = ['COUNT', 'SUM', 'MIN', 'MAX'] as const;
  return known.find((name) => reader.isKeyword(name));
}

function readOrderBy(reader: TokenReader): readonly OrderPath[] {
  if (!reader.takeKeyword('ORDER')) return [];
  reader.expectKeyword('BY');
  const paths: OrderPath[] = [];
  do {
    const path = parsePath(reader);
    if (path.length === 0) throw reader.unsupported('ORDER BY the whole document');
    const descending = reader.takeKeyword('DESC');
    if (!descending) reader.takeKeyword('ASC');
    paths.push({ path, descending });
  } while (reader.takeSymbol(','));
  return paths;
}

function readOffsetLimit(reader: TokenReader) {
  if (!reader.takeKeyword('OFFSET')) return undefined;
  const offset = readCount(reader, 'OFFSET');
  reader.expectKeyword('LIMIT');
  return { offset, limit: readCount(reader, 'LIMIT') };
}

function readCount(reader: TokenReader, clause: string): number {
  const operand = parseOperand(reader);
  const count = operand.kind === 'constant' ? operand.value : undefined;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) {
    throw new QuerySyntaxError(`${clause} takes a whole number that is not negative.`);
  }
  return count;
}
