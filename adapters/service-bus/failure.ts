// Tells apart how Service Bus can fail: what passes when asked again, and what is a bug.
import { Unavailable } from '../../application/ports.ts';

/** Runs a request; what is transient comes out as Unavailable, anything else as it is. */
export async function asking<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (await isTransient(error)) throw new Unavailable('serviceBus', null, error);
    throw error;
  }
}

/** What the SDK's connection says of a server that hangs up before it answers; it gives no code. */
const HUNG_UP = 'Failed to connect';

async function isTransient(failure: unknown): Promise<boolean> {
  // After several attempts the SDK throws what each of them met; the last one says why it gave up.
  const error: unknown = failure instanceof AggregateError ? failure.errors.at(-1) : failure;
  // Loaded by the request already.
  const { isServiceBusError } = await import('@azure/service-bus');
  if (isServiceBusError(error) && error.code === 'MessageSizeExceeded') return false;
  if (!(error instanceof Error)) return false;
  // Besides its own errors the SDK throws those of its connection, all of which pass.
  if (isServiceBusError(error) || error.name === 'AbortError' || 'code' in error) return true;
  return error.message === HUNG_UP;
}
