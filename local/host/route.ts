// HTTP routes as the Functions host matches them: no precedence, the first template in the order
// of the functions' names that fits, wins.

/** A route of a function: methods in upper case, and the template below the prefix. */
export type Route = {
  readonly name: string;
  readonly methods: readonly string[];
  readonly template: string;
};

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly constraint: 'int' | null;
      readonly optional: boolean;
    }
  | { readonly kind: 'rest'; readonly name: string };

type CompiledRoute = Route & { readonly segments: readonly Segment[] };

export type Match = {
  /** The function. */
  readonly name: string;
  /** Decoded values of the parameters that are there. */
  readonly params: ReadonlyMap<string, string>;
};

const PARAMETER = /^\{([A-Za-z_]\w*)(?::(int))?(\?)?\}$/;
const REST = /^\{\*([A-Za-z_]\w*)\}$/;
/** Reserved by the host, also as the beginning of a longer word. */
const RESERVED = /^\/?(?:admin|runtime)/i;
const INT = /^[+-]?\d{1,20}$/;
/** What `{x:int}` takes: a .NET Int32. */
const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

/** Routes ready to match; throws for a template the host would refuse, and for equal routes. */
export class RouteTable {
  readonly #routes: readonly CompiledRoute[];
  readonly #prefix: readonly string[];

  constructor(prefix: string, routes: readonly Route[]) {
    this.#prefix = split(prefix);
    this.#routes = routes
      .map((route) => ({ ...route, segments: compile(route) }))
      // .NET compares without case by capitals, which puts `_` behind the letters.
      .toSorted((a, b) => (a.name.toUpperCase() < b.name.toUpperCase() ? -1 : 1));
    refuseEqualRoutes(this.#routes);
  }

  /** Pairs of functions that some requests fit both of, so that the names decide; as sentences. */
  overlaps(): readonly string[] {
    return this.#routes.flatMap((first, index) =>
      this.#routes
        .slice(index + 1)
        .filter(
          (second) =>
            second.methods.some((method) => first.methods.includes(method)) &&
            doOverlap(first.segments, second.segments),
        )
        .map((second) => `some requests fit ${first.name} and ${second.name}: the first gets them`),
    );
  }

  /** The function for a request; null is a 404, malformed an escape that is no text. */
  match(method: string, path: string): Match | null | 'malformed' {
    const segments = decoded(split(path));
    if (segments === null) return 'malformed';
    // Nothing fits an empty segment, not even `{*rest}`.
    if (segments.includes('')) return null;
    const prefix = this.#prefix;
    const hasPrefix = prefix.every((text, index) => isSame(text, segments[index] ?? ''));
    if (!hasPrefix) return null;
    const rest = segments.slice(prefix.length);
    for (const route of this.#routes) {
      if (!route.methods.includes(method)) continue;
      const params = fit(route.segments, rest);
      if (params !== null) return { name: route.name, params };
    }
    return null;
  }
}

/** Segments without the slashes at both ends; two slashes in a row hold an empty one. */
function split(path: string): string[] {
  const trimmed = path.replace(/^\//, '').replace(/\/$/, '');
  return trimmed === '' ? [] : trimmed.split('/');
}

/** Decoded, but for an escaped slash, which would change the number of segments. */
function decoded(segments: readonly string[]): string[] | null {
  try {
    return segments.map((segment) =>
      segment.includes('%')
        ? decodeURIComponent(segment.replaceAll(/%2f/gi, (slash) => `%25${slash.slice(1)}`))
        : segment,
    );
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function compile({ name, template }: Route): Segment[] {
  if (RESERVED.test(template)) {
    throw new Error(`the route of ${name} begins with a reserved word: ${template}`);
  }
  const parts = split(template);
  return parts.map((part, index): Segment => {
    if (part !== '' && !/[{}]/.test(part)) return { kind: 'literal', text: part };
    const last = index === parts.length - 1;
    const rest = REST.exec(part);
    if (rest !== null && last) return { kind: 'rest', name: rest[1] ?? '' };
    const parameter = PARAMETER.exec(part);
    const optional = parameter?.[3] === '?';
    if (parameter === null || (optional && !last)) {
      throw new Error(`the route of ${name} is not supported here: ${template}`);
    }
    const constraint = parameter[2] === 'int' ? 'int' : null;
    return { kind: 'parameter', name: parameter[1] ?? '', constraint, optional };
  });
}

function fit(
  template: readonly Segment[],
  path: readonly string[],
): ReadonlyMap<string, string> | null {
  const params = new Map<string, string>();
  for (const [index, segment] of template.entries()) {
    const text = path[index];
    switch (segment.kind) {
      case 'rest':
        if (text !== undefined) params.set(segment.name, path.slice(index).join('/'));
        return params;
      case 'literal':
        if (text === undefined || !isSame(segment.text, text)) return null;
        break;
      case 'parameter':
        if (text === undefined && segment.optional) break;
        if (text === undefined) return null;
        if (segment.constraint === 'int' && !isInt(text)) return null;
        params.set(segment.name, text);
        break;
    }
  }
  return path.length > template.length ? null : params;
}

function isInt(text: string): boolean {
  return INT.test(text) && Number(text) >= INT_MIN && Number(text) <= INT_MAX;
}

/** Whether there is a path that both templates fit. */
function doOverlap(
  [left, ...leftRest]: readonly Segment[],
  [right, ...rightRest]: readonly Segment[],
): boolean {
  if (left?.kind === 'rest' || right?.kind === 'rest') return true;
  if (left === undefined || right === undefined) {
    const longer = left ?? right;
    return longer === undefined || (longer.kind === 'parameter' && longer.optional);
  }
  return takesSameText(left, right) && doOverlap(leftRest, rightRest);
}

function takesSameText(
  left: Exclude<Segment, { kind: 'rest' }>,
  right: Exclude<Segment, { kind: 'rest' }>,
): boolean {
  if (left.kind === 'literal' && right.kind === 'literal') return isSame(left.text, right.text);
  if (left.kind === 'literal') return takesSameText(right, left);
  return right.kind === 'parameter' || left.constraint === null || isInt(right.text);
}

/** Stricter than the real host, which compares texts only: the second could never be reached. */
function refuseEqualRoutes(routes: readonly CompiledRoute[]): void {
  const seen = new Map<string, string>();
  for (const { name, methods, segments } of routes) {
    const shape = segments.map(shapeOf).join('/');
    for (const method of methods) {
      const key = `${method} ${shape}`;
      const other = seen.get(key);
      if (other !== undefined) throw new Error(`${other} and ${name} have the same route`);
      seen.set(key, name);
    }
  }
}

function shapeOf(segment: Segment): string {
  switch (segment.kind) {
    case 'literal':
      return segment.text.toLowerCase();
    case 'parameter':
      return `{${segment.constraint ?? ''}${segment.optional ? '?' : ''}}`;
    case 'rest':
      return '{*}';
  }
}
