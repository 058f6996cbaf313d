// What an HTTP function returned, as the answer on the wire.
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { HttpCookie, HttpData, TypedData } from './core-module.ts';
import type { InvocationResult } from './invocation.ts';

const BODILESS = new Set([204, 304]);

/** Answers with what a function gave: nothing is 204, a failure is 500 without a body. */
export function sendResult(response: ServerResponse, result: InvocationResult): void {
  switch (result.kind) {
    case 'failed':
      sendStatus(response, 500);
      return;
    case 'succeeded':
      if (result.returnValue?.http === undefined) sendStatus(response, 204);
      else send(response, result.returnValue.http);
      return;
  }
}

/** Answers with a status and nothing else. */
export function sendStatus(response: ServerResponse, status: number): void {
  response.writeHead(status, BODILESS.has(status) ? {} : { 'content-length': '0' });
  response.end();
}

/** Throws RangeError for a status that HTTP does not have. */
function send(response: ServerResponse, { statusCode, headers, cookies, body }: HttpData): void {
  const status = Number(statusCode ?? 200);
  if (status < 200) throw new RangeError(`${status} cannot be the status of an answer`);
  const bytes = bytesOf(body);
  const all: OutgoingHttpHeaders = { ...headers };
  if (cookies !== undefined && cookies.length > 0) all['set-cookie'] = cookies.map(cookieText);
  if (BODILESS.has(status)) {
    response.writeHead(status, all);
    response.end();
    return;
  }
  all['content-length'] = String(bytes.length);
  response.writeHead(status, all);
  response.end(bytes);
}

function bytesOf(body: TypedData | undefined): Uint8Array {
  return body?.bytes ?? Buffer.from(body?.string ?? body?.json ?? '', 'utf8');
}

/** A `Set-Cookie` value (RFC 6265, 4.1); the app's text is escaped as the real host does. */
function cookieText(cookie: HttpCookie): string {
  const { name, value, domain, path, expires, maxAge, secure, httpOnly } = cookie;
  const sites = { none: '', lax: 'Lax', strict: 'Strict', explicitNone: 'None' };
  const site = sites[cookie.sameSite ?? 'none'];
  return [
    `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
    expires === undefined ? '' : `Expires=${new Date(expires.value.seconds * 1_000).toUTCString()}`,
    maxAge === undefined ? '' : `Max-Age=${maxAge.value}`,
    domain === undefined ? '' : `Domain=${domain.value}`,
    // As ASP.NET Core has it, a cookie is for the whole site unless told otherwise.
    `Path=${path?.value ?? '/'}`,
    secure?.value === true ? 'Secure' : '',
    site === '' ? '' : `SameSite=${site}`,
    httpOnly?.value === true ? 'HttpOnly' : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}
