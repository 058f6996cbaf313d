// Tells apart how Cosmos DB can fail: what passes when asked again, what it refuses for good, and
// what is a bug.
import { Refused, Unavailable } from '../../application/ports.ts';

/**
 * Throttled, timed out, partition moving, service down; and what is wrong with the account rather
 * than the request: a role not assigned, a container not there. None of it is a change's fault.
 */
const TRANSIENT = new Set<number | string>([401, 403, 404, 408, 410, 429, 449, 500, 502, 503, 504]);
/** No token to be had: thrown by name, since the identity library is loaded late. */
const NO_TOKEN = new Set([
  'AuthenticationError',
  'AggregateAuthenticationError',
  'CredentialUnavailableError',
]);

/** The library's own limit of time for a request; by name, since the library is loaded late. */
const TIMED_OUT = 'TimeoutError';

/** Whether a status of a request or of one operation of a batch passes when asked again. */
export function isTransientStatus(status: number | string | undefined): boolean {
  return status !== undefined && TRANSIENT.has(status);
}

/**
 * Runs a request; what is transient comes out as Unavailable, what is not as Refused, and a bug as
 * it is.
 */
export async function asking<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    const { status } = failure;
    if (typeof status === 'number' && !isTransientStatus(status)) throw new Refused(status, error);
    throw new Unavailable('cosmos', failure.retryAfterSeconds, error);
  }
}

type Failure = { readonly status: unknown; readonly retryAfterSeconds: number | null };

/** What the service or the connection said; null for an error that is neither's. */
function failureOf(error: unknown): Failure | null {
  if (typeof error !== 'object' || error === null) return null;
  const name: unknown = 'name' in error ? error.name : undefined;
  if (typeof name === 'string' && (name === TIMED_OUT || NO_TOKEN.has(name))) {
    return { status: null, retryAfterSeconds: null };
  }
  const status: unknown = 'code' in error ? error.code : undefined;
  // A broken connection has a text for a code.
  if (typeof status === 'number' || (typeof status === 'string' && !/^\d+$/.test(status))) {
    const asked: unknown = 'retryAfterInMs' in error ? error.retryAfterInMs : undefined;
    return { status, retryAfterSeconds: typeof asked === 'number' ? asked / 1_000 : null };
  }
  // A failed batch keeps what the service said in its cause.
  return 'cause' in error ? failureOf(error.cause) : null;
}
