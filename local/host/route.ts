// HTTP routes as the Functions host matches them: no precedence, the first template in the order
// of the functions' names that fits, wins.

/** A route of a function: method and template below the prefix. */
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
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
};

const PARAMETER = /^\{([A-Za-z_]\w*)(?::(int))?(\?)?\}$/;
const REST = /^\{\*([A-Za-z_]\w*)\}$/;
const RESERVED = /^\/?(?:admin|runtime)/i;

/** Routes ready to match; throws for a template the host would refuse, and for equal routes. */
export class RouteTable {
  readonly #routes: readonly CompiledRoute[];
  readonly #prefix: readonly string[];

  constructor(prefix: string, routes: readonly Route[]) {
    this.#prefix = split(prefix);
    this.#routes = routes
      .map((route) => ({ ...route, segments: compile(route) }))
      .toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
    refuseEqualRoutes(this.#routes);
  }

  /** The function for a request; null is a 404. Throws URIError for a malformed escape. */
  match(method: string, path: string): Match | null {
    const segments = split(path).map(decode);
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

function split(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** Decoded, but for an escaped slash, which would change the number of segments. */
function decode(segment: string): string {
  return segment.includes('%') ? decodeURIComponent(segment.replaceAll(/%2f/gi, '%252F')) : segment;
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
    if (!/[{}]/.test(part)) return { kind: 'literal', text: part };
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
): Readonly<Record<string, string>> | null {
  const params: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const text = path[index];
    switch (segment.kind) {
      case 'rest':
        params[segment.name] = path.slice(index).join('/');
        return params;
      case 'literal':
        if (text === undefined || !isSame(segment.text, text)) return null;
        break;
      case 'parameter':
        if (text === undefined && !segment.optional) return null;
        if (text === undefined) break;
        if (segment.constraint === 'int' && !/^[+-]?\d{1,10}$/.test(text)) return null;
        params[segment.name] = text;
        break;
    }
  }
  return path.length > template.length ? null : params;
}

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
      return segment.constraint === null ? '{}' : `{${segment.constraint}}`;
    case 'rest':
      return '{*}';
  }
}
