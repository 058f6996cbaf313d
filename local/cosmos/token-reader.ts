// A place in a query's tokens, with the query's parameters and alias. Looks one token ahead.
import type { Json } from './json.ts';
import { QuerySyntaxError } from './query-tokens.ts';
import type { Token } from './query-tokens.ts';

/** Reads tokens in order; every `expect` throws QuerySyntaxError where the token is another. */
export class TokenReader {
  /** The name FROM gives the document. */
  alias = '';
  private position = 0;
  private predicates = 0;
  private elements = 0;
  private readonly tokens: readonly Token[];
  private readonly parameters: ReadonlyMap<string, Json>;

  constructor(tokens: readonly Token[], parameters: ReadonlyMap<string, Json>) {
    this.tokens = tokens;
    this.parameters = parameters;
  }

  /** The token ahead, or one at some distance from it. */
  peek(distance = 0): Token {
    return this.tokens[this.position + distance] ?? { kind: 'end', text: '', at: 0 };
  }

  /** Takes the token ahead. */
  next(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  /** A place to come back to with `reset`. */
  mark(): number {
    return this.position;
  }

  reset(mark: number): void {
    this.position = mark;
  }

  /** Skips to a keyword that is no property name, or to the end. */
  skipTo(keyword: string): void {
    while (this.peek().kind !== 'end') {
      if (this.isKeyword(keyword) && this.peek(-1).text !== '.') return;
      this.position += 1;
    }
  }

  isKeyword(keyword: string): boolean {
    const token = this.peek();
    return token.kind === 'name' && token.text.toUpperCase() === keyword;
  }

  /** Whether a name followed by a parenthesis is ahead. */
  isCall(): boolean {
    const following = this.peek(1);
    return this.peek().kind === 'name' && following.kind === 'symbol' && following.text === '(';
  }

  takeKeyword(keyword: string): boolean {
    const taken = this.isKeyword(keyword);
    if (taken) this.position += 1;
    return taken;
  }

  takeSymbol(symbol: string): boolean {
    const token = this.peek();
    const taken = token.kind === 'symbol' && token.text === symbol;
    if (taken) this.position += 1;
    return taken;
  }

  expectKeyword(keyword: string): void {
    if (!this.takeKeyword(keyword)) throw this.unexpected(keyword);
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.unexpected(`'${symbol}'`);
  }

  expectName(): string {
    if (this.peek().kind !== 'name') throw this.unexpected('a name');
    return this.next().text;
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.unexpected('the end of the query');
  }

  /** Counts a predicate, and refuses one too many. */
  countPredicate(most: number): void {
    this.predicates += 1;
    if (this.predicates > most) throw this.unsupported(`more than ${most} predicates`);
  }

  /** Counts constants of a list, and refuses one too many. */
  countElements(count: number, most: number): void {
    this.elements += count;
    if (this.elements > most) throw this.unsupported(`lists of more than ${most} constants`);
  }

  /** The value given for a parameter. */
  valueOf(parameter: string): Json {
    const value = this.parameters.get(parameter);
    if (value === undefined) throw new QuerySyntaxError(`No value for parameter ${parameter}.`);
    return value;
  }

  /** The error for something other than what the grammar asks for. */
  unexpected(wanted: string): QuerySyntaxError {
    const { text, at } = this.peek();
    const found = text === '' ? 'the end' : `'${text}'`;
    return new QuerySyntaxError(`Syntax error at ${at}: expected ${wanted}, found ${found}.`);
  }

  /** The error for a construct the service knows and this server does not. */
  unsupported(construct: string): QuerySyntaxError {
    return new QuerySyntaxError(
      `Unsupported by the local Cosmos DB server: ${construct} (at ${this.peek().at}).`,
    );
  }
}
