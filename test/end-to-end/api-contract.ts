// Holds every answer of a running app to `docs/openapi.json`: a status, a content type, a header or
// a field it does not tell is an error.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { z } from 'zod';
import { ROOT } from '../support/source-files.ts';

const response = z.looseObject({
  headers: z.record(z.string(), z.unknown()).optional(),
  content: z.record(z.string(), z.unknown()).optional(),
});
const operation = z.looseObject({ responses: z.record(z.string(), response) });
const document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
});

export type ApiDocument = z.infer<typeof document>;

/** An answer, as far as the document tells it. */
export type ToldAnswer = {
  readonly method: string;
  /** With or without a query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
};

/** Headers a route has to tell of; others come from the host, or say what the status says. */
const TOLD_HEADERS = ['etag', 'retry-after', 'www-authenticate', 'next-cursor', 'location'];

const KEY = 'openapi.json';

/** What is wrong with an answer, as sentences; none when it is as the document tells. */
export class ApiContract {
  readonly #document: ApiDocument;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(text: string) {
    this.#document = document.parse(JSON.parse(text));
    ajvFormats.default(this.#ajv);
    this.#ajv.addSchema(this.#document, KEY);
  }

  findings(answer: ToldAnswer): readonly string[] {
    const { method, path, status, headers, text } = answer;
    const name = `${method} ${path} → ${status}`;
    // The host answers these itself, and so bare.
    if (status === 400 && text === '' && !isDecodable(path)) return [];
    const route = this.#routeOf(path.replace(/\?.*$/, ''));
    const told = this.#document.paths[route ?? '']?.[method.toLowerCase()];
    if (route === null || told === undefined) return [`${name}: the route is not told`];
    const described = told.responses[status];
    if (described === undefined) return [`${name}: the status is not told`];
    const findings = TOLD_HEADERS.filter(
      (header) => headers.has(header) && !Object.hasOwn(described.headers ?? {}, header),
    ).map((header) => `${name}: the header ${header} is not told`);
    const pointer = ['paths', route, method.toLowerCase(), 'responses', String(status)];
    return [...findings, ...this.#bodyFindings(answer, described, pointer, name)];
  }

  /** What is wrong with a value that a component of the document describes. */
  componentFindings(component: string, value: unknown): readonly string[] {
    return this.#valueFindings(['components', 'schemas', component], value, component);
  }

  #bodyFindings(
    { headers, text }: ToldAnswer,
    { content = {} }: z.infer<typeof response>,
    pointer: readonly string[],
    name: string,
  ): readonly string[] {
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (text === '' && Object.keys(content).length === 0) return [];
    if (!Object.hasOwn(content, type)) return [`${name}: the content type “${type}” is not told`];
    const value: unknown = /\+?json$/.test(type) ? JSON.parse(text) : text;
    return this.#valueFindings([...pointer, 'content', type, 'schema'], value, name);
  }

  #valueFindings(pointer: readonly string[], value: unknown, name: string): readonly string[] {
    const reference = `${KEY}#/${pointer.map(escaped).join('/')}`;
    const known = this.#validators.get(reference);
    const validate = known ?? this.#ajv.compile({ $ref: reference });
    this.#validators.set(reference, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${name}: ${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  /** The route of a path; one that is written out comes before one with a parameter there. */
  #routeOf(path: string): string | null {
    const fits = Object.keys(this.#document.paths).filter((route) =>
      new RegExp(`^${route.replaceAll(/\{[^}]+\}/g, '[^/]+').replaceAll('.', '\\.')}$`).test(path),
    );
    return fits.toSorted((a, b) => a.split('{').length - b.split('{').length)[0] ?? null;
  }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** A step of a JSON pointer that stands in a URI. */
function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** The contract that is published. */
export const CONTRACT = new ApiContract(readFileSync(join(ROOT, 'docs', 'openapi.json'), 'utf8'));

/** `fetch` that throws when the answer is not as the document tells. */
export async function fetchAsTold(url: URL, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, init);
  const findings = CONTRACT.findings({
    method: init.method ?? 'GET',
    path: `${url.pathname}${url.search}`,
    status: response.status,
    headers: response.headers,
    text: await response.clone().text(),
  });
  if (findings.length > 0)
    throw new Error(`not as docs/openapi.json tells: ${findings.join('\n')}`);
  return response;
}
