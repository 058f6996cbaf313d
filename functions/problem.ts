// Errors as RFC 9457 problem details (SPEC §4): the one place where an outcome becomes a status.
import type { RefusedToken } from '../domain/sign-in.ts';
import {
  type CommandProblem,
  describeCommandProblem,
  isCommandProblem,
} from './command-problem.ts';
import { describeTextProblem, isTextProblem, type TextProblem } from './text-problem.ts';

/** Everything that can be wrong with a request, each with the text a person acts on. */
export type Problem =
  | { readonly kind: 'malformed-json'; readonly detail: string }
  | { readonly kind: 'malformed-csv'; readonly detail: string }
  | { readonly kind: 'nesting-too-deep'; readonly detail: string }
  | { readonly kind: 'unsupported-content-type'; readonly detail: string }
  | { readonly kind: 'request-too-large'; readonly detail: string }
  | {
      readonly kind: 'invalid-parameter';
      readonly parameter: string;
      readonly detail: string;
      readonly allowed: readonly string[];
    }
  /** One field of a body that is JSON: what is wrong, and where. */
  | CommandProblem
  | { readonly kind: 'unauthenticated'; readonly reason: 'no-token' | RefusedToken }
  | { readonly kind: 'forbidden'; readonly roles: readonly string[] }
  | { readonly kind: 'too-many-calls'; readonly retryAfterSeconds: number }
  | { readonly kind: 'url-too-long'; readonly detail: string }
  | { readonly kind: 'table-not-found'; readonly tables: readonly string[] }
  | { readonly kind: 'company-not-found' }
  | { readonly kind: 'feature-off'; readonly feature: 'workspace' | 'summary' }
  | { readonly kind: 'customer-not-found' }
  | { readonly kind: 'activity-not-found' }
  | TextProblem
  | { readonly kind: 'quarantine-item-not-found' }
  | { readonly kind: 'rebuild-not-found' }
  | { readonly kind: 'erasure-not-found' }
  | { readonly kind: 'page-not-found' }
  | { readonly kind: 'as-of-too-far'; readonly detail: string }
  | { readonly kind: 'history-too-long'; readonly detail: string }
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds: number }
  | { readonly kind: 'internal' };

/** Problem types are stable names, not addresses: a client compares them, nobody opens them. */
const TYPE_PREFIX = 'urn:arrears:problem:';

/** A response with a body of its own media type. */
export type ApiResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

/** A problem as a response; `traceId` is what a person quotes when they ask about it. */
export function problemResponse(problem: Problem, traceId: string): ApiResponse {
  const { status, title, ...members } = describe(problem);
  const body = { type: `${TYPE_PREFIX}${problem.kind}`, title, status, ...members, traceId };
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headersOf(problem) },
    body: JSON.stringify(body),
  };
}

const CHALLENGE = 'Bearer realm="arrears"';

/** What a client acts on without reading the body; challenges as RFC 6750 §3 has them. */
function headersOf(problem: Problem): Readonly<Record<string, string>> {
  if (problem.kind === 'unavailable' || problem.kind === 'too-many-calls') {
    return { 'retry-after': String(problem.retryAfterSeconds) };
  }
  if (problem.kind === 'forbidden') {
    return { 'www-authenticate': `${CHALLENGE}, error="insufficient_scope"` };
  }
  if (problem.kind !== 'unauthenticated') return {};
  const error = problem.reason === 'no-token' ? '' : ', error="invalid_token"';
  return { 'www-authenticate': `${CHALLENGE}${error}` };
}

/** What is wrong with a token, for the developer of a client. */
const TOKEN_DETAILS: Readonly<Record<'no-token' | RefusedToken, string>> = {
  'no-token': 'Send an access token: Authorization: Bearer ….',
  malformed: 'The Authorization header holds no access token.',
  algorithm: 'The token is signed with an algorithm that is not taken.',
  signature: 'The token is not signed with a key of the issuer.',
  issuer: 'The token is of another issuer.',
  audience: 'The token is made out for another API.',
  expired: 'The token has expired.',
  'not-yet-valid': 'The token is not valid yet.',
  claims: 'The token lacks a claim.',
};

/** What a problem says, besides its type. */
export type Description = {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly parameter?: string;
  readonly allowed?: readonly string[];
  readonly code?: string;
  readonly rule?: string;
  readonly pointer?: string;
  readonly notice?: string;
  readonly reason?: string;
};

function describe(problem: Problem): Description {
  if (isCommandProblem(problem)) return describeCommandProblem(problem);
  if (isTextProblem(problem)) return describeTextProblem(problem);
  switch (problem.kind) {
    case 'malformed-json':
      return { status: 400, title: 'The body is not valid JSON', detail: problem.detail };
    case 'malformed-csv':
      return { status: 400, title: 'The body is not valid CSV', detail: problem.detail };
    case 'nesting-too-deep':
      return { status: 400, title: 'The body is nested too deeply', detail: problem.detail };
    case 'unsupported-content-type':
      return { status: 415, title: 'The content type is not supported', detail: problem.detail };
    case 'request-too-large':
      return { status: 413, title: 'The request exceeds a limit', detail: problem.detail };
    case 'invalid-parameter': {
      const { parameter, detail, allowed } = problem;
      return { status: 400, title: 'A parameter is not valid', detail, parameter, allowed };
    }
    case 'unauthenticated': {
      const detail = TOKEN_DETAILS[problem.reason];
      return { status: 401, title: 'Sign in first', detail };
    }
    case 'forbidden': {
      const detail = `This needs one of the roles ${problem.roles.join(', ')}.`;
      return { status: 403, title: 'Your roles do not allow this', detail };
    }
    case 'too-many-calls': {
      const detail = 'Wait as long as Retry-After says; calls of one caller are limited.';
      return { status: 429, title: 'You call too often', detail };
    }
    case 'url-too-long':
      return { status: 414, title: 'The address is too long', detail: problem.detail };
    case 'table-not-found': {
      const detail = `The tables that are read are ${problem.tables.join(', ')}.`;
      return { status: 404, title: 'There is no such table', detail };
    }
    case 'company-not-found':
      return { status: 404, title: 'There is no such company' };
    case 'feature-off': {
      const detail = `The company has switched off: ${problem.feature}.`;
      return { status: 404, title: 'This is switched off', detail };
    }
    case 'activity-not-found':
      return { status: 404, title: 'There is no such activity' };
    case 'customer-not-found':
      return { status: 404, title: 'There is no such customer' };
    case 'quarantine-item-not-found': {
      const detail = 'It may have been applied since, and is not needed any more.';
      return { status: 404, title: 'There is no such change in quarantine', detail };
    }
    case 'erasure-not-found':
      return { status: 404, title: 'There is no such erasure' };
    case 'rebuild-not-found':
      return { status: 404, title: 'There is no such rebuild' };
    case 'page-not-found':
      return { status: 404, title: 'There is no such page' };
    case 'as-of-too-far':
      return { status: 422, title: 'The as-of date is too far back', detail: problem.detail };
    case 'history-too-long':
      return { status: 422, title: 'The history is too long', detail: problem.detail };
    case 'unavailable':
      return {
        status: 503,
        title: 'A service this depends on is unavailable',
        detail: 'Send the whole request again after the time given in Retry-After.',
      };
    case 'internal':
      return { status: 500, title: 'Something went wrong here', detail: 'Quote the traceId.' };
  }
}

/** What an error says of itself; its data may be personal and stays out of the log. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : 'not an error';
}
