// Splits a query text into tokens. Knows no grammar.

/** A piece of a query. Names keep their case; strings are unescaped; `at` counts from 0. */
export type Token =
  | { readonly kind: 'name'; readonly text: string; readonly at: number }
  | { readonly kind: 'parameter'; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly text: string; readonly at: number }
  | { readonly kind: 'number'; readonly text: string; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number };

/** A query outside the supported language; the message is meant for the client. */
export class QuerySyntaxError extends Error {}

/** The tokens of a query, the last one of kind `end`; throws QuerySyntaxError. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const at = PIECE.lastIndex;
    const groups = PIECE.exec(text)?.groups;
    if (groups === undefined) {
      throw new QuerySyntaxError(`Syntax error near '${text.slice(at, at + 20)}'`);
    }
    const token = tokenOf(groups, at);
    if (token !== undefined) tokens.push(token);
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

const PIECE =
  /(?<space>\s+|--[^\n]*)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<parameter>@[A-Za-z0-9_]+)|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<symbol><=|>=|<>|!=|\?\?|\|\||[-+*/%=<>(),.[\]{}:?&|^~])/sy;

function tokenOf(groups: Record<string, string | undefined>, at: number): Token | undefined {
  const { name, parameter, number, string, symbol } = groups;
  if (name !== undefined) return { kind: 'name', text: name, at };
  if (parameter !== undefined) return { kind: 'parameter', text: parameter, at };
  if (number !== undefined) return { kind: 'number', text: number, at };
  if (string !== undefined) return { kind: 'string', text: unescaped(string.slice(1, -1)), at };
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, at };
  return undefined;
}

const ESCAPED: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function unescaped(text: string): string {
  return text.replaceAll(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, escape: string) =>
    escape.length > 1
      ? String.fromCharCode(Number.parseInt(escape.slice(1), 16))
      : (ESCAPED[escape] ?? escape),
  );
}
