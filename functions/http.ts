// Between the Functions library and the handlers: requests in, responses out, and whatever goes
// wrong in between becomes a problem with a traceId (SPEC §4).
import type { HttpHandler, HttpRequest, InvocationContext } from '@azure/functions';
import { Unavailable } from '../application/ports.ts';
import type { App } from './composition.ts';
import { crossOriginHeaders, preflightHeaders } from './cross-origin.ts';
import { type ApiResponse, type Problem, problemResponse, reasonOf } from './problem.ts';
import { completeHeaders } from './response-headers.ts';

/** Characters of a whole address; cursors are the longest part of one. */
const URL_LENGTH_MAX = 8_192;
/** What a caller is told to wait when the dependency did not say. */
const RETRY_AFTER_SECONDS = 2;

/** A request as handlers see it: parameters decoded, the body not read yet. */
export type ApiRequest = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly url: string;
  header(name: string): string | null;
  body(): Promise<Uint8Array>;
};

/** What a handler gives: an answer as JSON, or a problem. */
export type Answer =
  | {
      readonly status: 200 | 201 | 202;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly status: 200;
      readonly text: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly status: 304; readonly headers: Readonly<Record<string, string>> }
  | { readonly problem: Problem };

export type ApiHandler = (request: ApiRequest, app: App) => Promise<Answer>;

/** The library's handler for one of ours. */
export function httpHandler(handler: ApiHandler, app: App): HttpHandler {
  return async (request, context) => {
    const traceId = context.traceContext?.traceParent?.split('-')[1] ?? context.invocationId;
    const response = await answer(handler, request, context, app, traceId);
    const { status, body } = response;
    const crossOrigin = crossOriginHeaders(request.headers.get('origin'), app.origins);
    const headers = completeHeaders(response.headers, crossOrigin);
    return body === null ? { status, headers } : { status, headers, body };
  };
}

/** What a browser asks before it calls from a page of another origin. */
export function preflightHandler(app: App): HttpHandler {
  return async (request) => {
    const crossOrigin = preflightHeaders(request.headers.get('origin'), app.origins);
    return { status: 204, headers: completeHeaders({}, crossOrigin) };
  };
}

async function answer(
  handler: ApiHandler,
  request: HttpRequest,
  context: InvocationContext,
  app: App,
  traceId: string,
): Promise<ApiResponse> {
  try {
    if (request.url.length > URL_LENGTH_MAX) {
      const detail = `An address has at most ${URL_LENGTH_MAX} characters.`;
      return problemResponse({ kind: 'url-too-long', detail }, traceId);
    }
    return responseOf(await handler(apiRequest(request), app), traceId);
  } catch (error) {
    if (error instanceof Unavailable) {
      context.warn(`${error.message}: ${reasonOf(error.cause)}`);
      const retryAfterSeconds = Math.ceil(error.retryAfterSeconds ?? RETRY_AFTER_SECONDS);
      return problemResponse({ kind: 'unavailable', retryAfterSeconds }, traceId);
    }
    context.error(`unexpected: ${reasonOf(error)}`);
    return problemResponse({ kind: 'internal' }, traceId);
  }
}

function apiRequest(request: HttpRequest): ApiRequest {
  return {
    params: request.params,
    query: request.query,
    url: request.url,
    header: (name) => request.headers.get(name),
    body: async () => new Uint8Array(await request.arrayBuffer()),
  };
}

function responseOf(answer: Answer, traceId: string): ApiResponse {
  if ('problem' in answer) return problemResponse(answer.problem, traceId);
  if (answer.status === 304) return { status: 304, headers: answer.headers, body: null };
  if ('text' in answer) return { status: 200, headers: answer.headers, body: answer.text };
  return {
    status: answer.status,
    headers: { 'content-type': 'application/json', ...answer.headers },
    body: JSON.stringify(answer.body),
  };
}
