// The problems of the OpenAPI document: statuses, titles and texts as they are really answered.
import { ROLES } from '../../../domain/access.ts';
import { REMINDER_REFUSALS } from '../../../domain/text/reminder-sheet.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { COMMAND_RULES } from '../../../domain/commands/refusal.ts';
import { type Problem, problemResponse } from '../../problem.ts';

type Kind = Problem['kind'];

/** One problem of each kind. */
const PROBLEMS: { readonly [K in Kind]: Extract<Problem, { readonly kind: K }> } = {
  'malformed-json': { kind: 'malformed-json', detail: 'Line 3 is not valid JSON.' },
  'malformed-csv': {
    kind: 'malformed-csv',
    detail: 'The body is not CSV with a header: CSV_QUOTE_NOT_CLOSED.',
  },
  'table-not-found': { kind: 'table-not-found', tables: ['custtable', 'custtrans'] },
  'nesting-too-deep': {
    kind: 'nesting-too-deep',
    detail: 'Change 0 is nested more than 20 levels deep.',
  },
  'unsupported-content-type': {
    kind: 'unsupported-content-type',
    detail: 'Send the body without a content encoding.',
  },
  'request-too-large': {
    kind: 'request-too-large',
    detail: 'A request has at most 5000 changes.',
  },
  'invalid-parameter': {
    kind: 'invalid-parameter',
    parameter: 'limit',
    detail: 'limit is a whole number.',
    allowed: ['1 to 500'],
  },
  'body-invalid': {
    kind: 'body-invalid',
    code: 'date-invalid',
    pointer: '/date',
    detail: 'A date is YYYY-MM-DD and in the calendar, from 1900 to 2999.',
  },
  'command-refused': {
    kind: 'command-refused',
    rule: 'exceeds-open',
    pointer: '/settlements/0/amount',
    detail: 'The transaction has less than that open.',
  },
  unauthenticated: { kind: 'unauthenticated', reason: 'no-token' },
  forbidden: { kind: 'forbidden', roles: ROLES },
  'too-many-calls': { kind: 'too-many-calls', retryAfterSeconds: 3 },
  'url-too-long': { kind: 'url-too-long', detail: 'An address has at most 8192 characters.' },
  'company-not-found': { kind: 'company-not-found' },
  'feature-off': { kind: 'feature-off', feature: 'workspace' },
  'customer-not-found': { kind: 'customer-not-found' },
  'command-not-found': { kind: 'command-not-found' },
  'command-not-the-erps': { kind: 'command-not-the-erps' },
  'command-running': { kind: 'command-running' },
  'idempotency-key-missing': { kind: 'idempotency-key-missing' },
  'idempotency-key-reused': { kind: 'idempotency-key-reused' },
  'activity-not-found': { kind: 'activity-not-found' },
  'reminder-email-not-found': { kind: 'reminder-email-not-found' },
  'confirmation-required': { kind: 'confirmation-required' },
  'nothing-to-remind-of': { kind: 'nothing-to-remind-of', reason: 'all-disputed' },
  'quarantine-item-not-found': { kind: 'quarantine-item-not-found' },
  'rebuild-not-found': { kind: 'rebuild-not-found' },
  'erasure-not-found': { kind: 'erasure-not-found' },
  'page-not-found': { kind: 'page-not-found' },
  'as-of-too-far': {
    kind: 'as-of-too-far',
    detail: 'More than 20000 rows have moved since; ask for a later date.',
  },
  'history-too-long': {
    kind: 'history-too-long',
    detail: 'It has more than 10000 versions of statuses and letters.',
  },
  unavailable: { kind: 'unavailable', retryAfterSeconds: 5 },
  internal: { kind: 'internal' },
};

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

type Answered = {
  readonly kind: Kind;
  readonly status: number;
  readonly headers: readonly string[];
  readonly title: string;
  readonly body: JsonObject;
};

function answered(kind: Kind): Answered {
  const { status, headers, body } = problemResponse(PROBLEMS[kind], TRACE_ID);
  const names = Object.keys(headers).filter((name) => name !== 'content-type');
  const told: JsonObject & { readonly title: string } = JSON.parse(body ?? '{}');
  return { kind, status, headers: names, title: told.title, body: told };
}

/** What problems have in common, and the headers some of them come with. */
export const PROBLEM_SCHEMA: JsonObject = {
  type: 'object',
  description:
    'What is wrong (RFC 9457). `type` is stable: compare it, and nothing is found by opening it.',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence a person can act on.' },
    parameter: { type: 'string', description: 'The query parameter that is not valid.' },
    allowed: {
      type: 'array',
      items: { type: 'string' },
      description: 'What the parameter takes, where it can be listed.',
    },
    code: { type: 'string', description: 'What is wrong with a field of the body.' },
    rule: { enum: COMMAND_RULES, description: 'The rule a command breaks.' },
    pointer: { type: 'string', description: 'The JSON pointer of the field in the body.' },
    notice: { type: 'string', description: 'What the user has to accept, to be shown as it is.' },
    reason: {
      type: 'string',
      enum: [...REMINDER_REFUSALS],
      description: 'Why there is nothing to remind of.',
    },
    traceId: { type: 'string', description: 'What to quote when asking about it.' },
  },
  required: ['type', 'title', 'status', 'traceId'],
  additionalProperties: false,
};

const HEADERS: Readonly<Record<string, JsonObject>> = {
  'retry-after': {
    description: 'Seconds after which to send the same request again.',
    schema: { type: 'integer' },
  },
  'www-authenticate': {
    description: 'The challenge, as RFC 6750 has it.',
    schema: { type: 'string' },
  },
};

/** The responses that tell these problems, by status. */
export function problemResponses(kinds: readonly Kind[]): readonly [string, JsonObject][] {
  const byStatus = Map.groupBy(kinds.map(answered), ({ status }) => status);
  return [...byStatus]
    .toSorted(([a], [b]) => a - b)
    .map(([status, problems]) => [String(status), response(problems)]);
}

function response(problems: readonly Answered[]): JsonObject {
  const names = new Set(problems.flatMap(({ headers }) => headers));
  const headers = Object.fromEntries([...names].map((name) => [name, HEADERS[name] ?? {}]));
  return {
    description: problems.map(({ title }) => title).join('; '),
    ...(names.size === 0 ? {} : { headers }),
    content: {
      'application/problem+json': {
        schema: {
          $ref: '#/components/schemas/Problem',
          properties: { type: { enum: problems.map(({ body }) => body['type'] ?? null) } },
        },
        examples: Object.fromEntries(problems.map(({ kind, body }) => [kind, { value: body }])),
      },
    },
  };
}
