// The body of a request to erase a customer (SPEC §7), in the limits of the feed.
import * as z from 'zod';
import type { Problem } from '../problem.ts';
import { COMPANY_LENGTH_MAX, CUSTOMER_LENGTH_MAX } from './feed/limits.ts';
import { parseJsonText } from './json-text.ts';

/** Bytes of a body: two names, however their letters are written. */
export const ERASURE_BYTES_MAX = 4 * 1024;

const ALLOWED = ['{"company": "usmf", "customer": "C-0001"}'];

/** What the body is. */
export const erasureRequest = z.strictObject({
  company: z.string().min(1).max(COMPANY_LENGTH_MAX),
  customer: z.string().min(1).max(CUSTOMER_LENGTH_MAX),
});

export type ErasureRequest = z.infer<typeof erasureRequest>;

/** Whom a body asks to erase, or what is wrong with it. */
export function readErasureRequest(
  body: Uint8Array,
): ErasureRequest | { readonly problem: Problem } {
  if (body.byteLength > ERASURE_BYTES_MAX) {
    const detail = `A request to erase has at most ${ERASURE_BYTES_MAX} bytes.`;
    return { problem: { kind: 'request-too-large', detail } };
  }
  const parsed = erasureRequest.safeParse(parseJsonText(Buffer.from(body).toString('utf8')));
  if (parsed.success) return parsed.data;
  const detail = 'The body names a company and one of its customers.';
  return { problem: { kind: 'invalid-parameter', parameter: 'body', detail, allowed: ALLOWED } };
}
