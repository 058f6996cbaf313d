// The body of a request to rebuild (SPEC §8): whose read models, in the limits of the feed.
import * as z from 'zod';
import type { Problem } from '../problem.ts';
import { COMPANY_LENGTH_MAX, CUSTOMER_LENGTH_MAX } from './feed/limits.ts';

/** Bytes of a body: two names, however their letters are written. */
export const REBUILD_BYTES_MAX = 4 * 1024;

const ALLOWED = ['{"company": "usmf"}', '{"company": "usmf", "customer": "C-0001"}'];

/** What the body is. */
export const rebuildRequest = z.strictObject({
  company: z.string().min(1).max(COMPANY_LENGTH_MAX),
  customer: z.string().min(1).max(CUSTOMER_LENGTH_MAX).optional(),
});

export type RebuildRequest = { readonly company: string; readonly customer: string | null };

/** Whose read models a body asks for, or what is wrong with it. */
export function readRebuildRequest(
  body: Uint8Array,
): RebuildRequest | { readonly problem: Problem } {
  if (body.byteLength > REBUILD_BYTES_MAX) {
    const detail = `A request to rebuild has at most ${REBUILD_BYTES_MAX} bytes.`;
    return { problem: { kind: 'request-too-large', detail } };
  }
  const parsed = rebuildRequest.safeParse(jsonOf(body));
  if (parsed.success) {
    const { company, customer = null } = parsed.data;
    return { company, customer };
  }
  const detail = 'The body names a company, and maybe one of its customers.';
  return { problem: { kind: 'invalid-parameter', parameter: 'body', detail, allowed: ALLOWED } };
}

/** What the body says; undefined when it is not JSON. */
function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
