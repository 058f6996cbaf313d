// Tells apart how Cosmos DB can fail: what passes when asked again, and what is a bug.
import { TimeoutError } from '@azure/cosmos';
import { Unavailable } from '../../application/ports.ts';

const RETRY_AFTER_SECONDS = 2;
/** Throttled, timed out, partition moving, service down: not the request's fault. */
const TRANSIENT = new Set<number | string>([408, 410, 429, 449, 500, 502, 503, 504]);

/** Whether a status of a request or of one operation of a batch passes when asked again. */
export function isTransientStatus(status: number | string | undefined): boolean {
  return status !== undefined && TRANSIENT.has(status);
}

/** Runs a request; what is transient comes out as Unavailable, anything else as it is. */
export async function asking<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (isTransient(error)) throw new Unavailable('cosmos', RETRY_AFTER_SECONDS, error);
    throw error;
  }
}

function isTransient(error: unknown): boolean {
  if (error instanceof TimeoutError) return true;
  if (typeof error !== 'object' || error === null) return false;
  // A failed batch keeps the real status in its cause; a broken connection has a text for a code.
  return hasTransientCode(error) || ('cause' in error && isTransient(error.cause));
}

function hasTransientCode(error: object): boolean {
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'number') return isTransientStatus(code);
  return typeof code === 'string' && !/^\d+$/.test(code);
}
