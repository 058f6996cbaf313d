// Which web pages may call the API from a browser (CORS): those of the origins in the settings. The
// app answers preflights itself, so that it does the same wherever it runs.

/** What a page may send, and read, besides what any may. */
const REQUEST_HEADERS = [
  'authorization',
  'content-type',
  'if-none-match',
  'idempotency-key',
  'arrears-consistency',
];
const RESPONSE_HEADERS = [
  'etag',
  'location',
  'retry-after',
  'www-authenticate',
  'next-cursor',
  'arrears-consistency',
];
/** Seconds a browser may remember the answer to a preflight. */
const PREFLIGHT_SECONDS = 7_200;

/** What lets the page of this origin read an answer; no more than `vary` where it may not. */
export function crossOriginHeaders(
  origin: string | null,
  origins: readonly string[],
): Readonly<Record<string, string>> {
  // An answer that a cache keeps must not go to a page of another origin.
  if (origins.length === 0) return {};
  if (origin === null || !origins.includes(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': RESPONSE_HEADERS.join(', '),
  };
}

/** What a preflight is answered besides. */
export function preflightHeaders(
  origin: string | null,
  origins: readonly string[],
): Readonly<Record<string, string>> {
  const headers = crossOriginHeaders(origin, origins);
  if (headers['access-control-allow-origin'] === undefined) return headers;
  return {
    ...headers,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': REQUEST_HEADERS.join(', '),
    'access-control-max-age': String(PREFLIGHT_SECONDS),
  };
}
