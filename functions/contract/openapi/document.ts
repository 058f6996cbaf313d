// The OpenAPI document: made of the table of triggers, the operations, and examples that are real
// answers. `npm run openapi` writes it to `docs/openapi.json`, and a test fails when it is stale.
import { COLLECTIONS_ROLES, type Role } from '../../../domain/access.ts';
import type { JsonObject, JsonValue } from '../../../domain/json.ts';
import type { Problem } from '../../problem.ts';
import type { HttpTrigger } from '../../trigger.ts';
import type { HttpTriggerName } from '../../triggers.ts';
import { type Body, type Operation, type Parameter, TAGS } from '../operations/operation.ts';
import type { Operations } from '../operations/operations.ts';
import { PROBLEM_SCHEMA, problemResponses } from './problems.ts';
import { components, schemaReference } from './schemas.ts';

/** A route, by the name its operation has. */
export type Route = HttpTrigger & { readonly name: HttpTriggerName };

/** Real bodies of a route: of the request, and of the answer. */
export type Example = { readonly request?: JsonValue; readonly answer: JsonValue };
export type Examples = Readonly<Partial<Record<HttpTriggerName, Example>>>;

const DESCRIPTION = [
  'The serverless backend of a collections coordinator workspace: read models over an ERP change',
  'feed that are right today, with no nightly batch.',
  '',
  'Money is a decimal string beside its currency, never a JSON number. Dates are `YYYY-MM-DD` and',
  'are never shifted between time zones. Reads tell how fresh they are: `asOf`, `businessDate`,',
  '`updatedAt`, `sources`; and carry an `ETag`. Errors are `application/problem+json`.',
  '',
  'Fields and values may be added: read what you know and leave the rest.',
].join('\n');

/** The whole document. */
export function openApiDocument(
  routes: readonly Route[],
  operations: Operations,
  examples: Examples,
  version: string,
): JsonObject {
  const paths: Record<string, Record<string, JsonValue>> = {};
  for (const route of routes) {
    const path = `/api/${route.route}`;
    const operation = operationOf(route, operations[route.name], examples[route.name]);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Arrears',
      version,
      summary: 'Backend of a collections coordinator workspace',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: { ...components(), Problem: PROBLEM_SCHEMA },
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of Entra ID. The embedded runtime adds one by itself.',
        },
      },
    },
  };
}

function operationOf(route: Route, operation: Operation, example: Example | undefined): JsonObject {
  const roles = rolesOf(route);
  const headers = operation.conditional === true ? [IF_NONE_MATCH] : [];
  const parameters = [
    ...pathParameters(route.route),
    ...(operation.query ?? []).map(queryParameter),
    ...headers,
  ];
  const { body } = operation;
  return {
    operationId: route.name,
    tags: [operation.tag],
    summary: operation.summary,
    description: `${operation.description}${rolesText(route, roles)}`,
    // Each of them alone is enough.
    security: roles.map((role) => ({ accessToken: [role] })),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, ...bodyOf(body, example?.request) } }),
    responses: responsesOf(route, operation, example?.answer),
  };
}

function rolesOf(route: Route): readonly Role[] {
  switch (route.policy) {
    case 'public':
      return [];
    case 'roles':
      return route.roles;
    case 'company':
    case 'customer':
      return COLLECTIONS_ROLES;
  }
}

function rolesText({ policy }: Route, roles: readonly Role[]): string {
  switch (policy) {
    case 'public':
      return '\n\nNeeds no token.';
    case 'roles':
      return `\n\nNeeds the role ${roles.join(' or ')}.`;
    case 'company':
      return `\n\nNeeds the role ${roles.join(' or ')}; agents see what is in their pools.`;
    case 'customer':
      return `\n\nNeeds the role ${roles.join(' or ')}; for agents, a customer outside their pools is not found.`;
  }
}

/** What may become of a request that needs a token, before anything is looked at. */
const SIGNED_IN = ['url-too-long', 'unauthenticated', 'forbidden', 'too-many-calls'] as const;

function policyProblems({ policy }: Route): readonly Problem['kind'][] {
  switch (policy) {
    case 'public':
      return ['url-too-long', 'internal'];
    case 'roles':
      return [...SIGNED_IN, 'unavailable', 'internal'];
    case 'company':
    case 'customer':
      return [
        ...SIGNED_IN,
        policy === 'company' ? 'company-not-found' : 'customer-not-found',
        'feature-off',
        'unavailable',
        'internal',
      ];
  }
}

function responsesOf(
  route: Route,
  { answers, conditional, query = [], problems = [] }: Operation,
  example: JsonValue | undefined,
): JsonObject {
  const answered = Object.entries(answers).map(([status, body]): [string, JsonObject] => {
    const isExample = status === '202' || answers[202] === undefined;
    const headers = headersOf(body, conditional === true);
    return [status, { ...headers, ...bodyOf(body, isExample ? example : undefined) }];
  });
  const unchanged: [string, JsonObject][] =
    conditional === true
      ? [['304', { description: 'The caller has this answer already.', headers: { etag: ETAG } }]]
      : [];
  const invalid: readonly Problem['kind'][] = query.length === 0 ? [] : ['invalid-parameter'];
  const wrong = problemResponses([...invalid, ...problems, ...policyProblems(route)]);
  return Object.fromEntries([...answered, ...unchanged, ...wrong]);
}

function bodyOf({ description, content }: Body, example: JsonValue | undefined): JsonObject {
  const media = Object.entries(content).map(([type, schema]): [string, JsonObject] => {
    if ('text' in schema) return [type, { schema: { type: 'string', description: schema.text } }];
    // An example is of the first type that is told.
    const isFirst = type === Object.keys(content)[0];
    const value = isFirst && example !== undefined ? { example } : {};
    return [type, { schema: schemaReference(schema), ...value }];
  });
  return { description, content: Object.fromEntries(media) };
}

const ETAG = {
  description: 'What this answer is known by; send it as `If-None-Match`.',
  schema: { type: 'string' },
};
const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The `ETag` of an answer the caller has; 304 if it still holds.',
  schema: { type: 'string' },
};

function headersOf({ headers = {} }: Body, conditional: boolean): JsonObject {
  const told = Object.entries(headers).map(([name, description]): [string, JsonObject] => [
    name,
    { description, schema: { type: 'string' } },
  ]);
  const all = Object.fromEntries(conditional ? [['etag', ETAG], ...told] : told);
  return Object.keys(all).length === 0 ? {} : { headers: all };
}

/** What stands in braces in routes. */
const PATH_PARAMETERS: Readonly<Record<string, string>> = {
  company: 'The id of the legal entity.',
  table: 'The name of the table, such as `custtrans`; case does not matter.',
  customer: 'The customer account.',
  id: 'The opaque id, as a list gives it.',
  file: 'The name of the file.',
};

function pathParameters(route: string): JsonObject[] {
  return [...route.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => {
    const description = PATH_PARAMETERS[name];
    if (description === undefined) throw new Error(`nothing says what {${name}} in ${route} is`);
    return { name, in: 'path', required: true, description, schema: { type: 'string' } };
  });
}

function queryParameter({ name, description, schema, required }: Parameter): JsonObject {
  const demanded = required === true ? { required } : {};
  return { name, in: 'query', ...demanded, description, schema };
}
