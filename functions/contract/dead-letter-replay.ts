// The body of POST …/ops/dead-letters/replay: which dead letters to put on the queue again.
import * as z from 'zod';
import { invalid, type Read } from './query.ts';

/** Replayed by one request at most, so that it answers in time. */
export const REPLAYED_MAX = 100;

/** Whether a text is a sequence number: 63 bits, more than a JSON number keeps. */
export function isSequenceNumber(text: string): boolean {
  return /^(?:0|[1-9]\d{0,18})$/.test(text) && BigInt(text) < 2n ** 63n;
}

const sequenceNumbers = z.array(z.string().refine(isSequenceNumber)).min(1).max(REPLAYED_MAX);

/** What the body is. */
export const deadLetterReplay = z.union([
  z.strictObject({ sequenceNumbers }),
  z.strictObject({ all: z.literal(true) }),
]);

const ALLOWED = [`{"sequenceNumbers": ["…"]}, 1 to ${REPLAYED_MAX} of them`, '{"all": true}'];

/** Sequence numbers, or all of them. */
export function readDeadLetterReplay(bytes: Uint8Array): Read<readonly string[] | 'all'> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: { kind: 'malformed-json', detail: 'Send one JSON object.' } };
  }
  const read = deadLetterReplay.safeParse(parsed);
  if (!read.success) {
    const named = typeof parsed === 'object' && parsed !== null && 'all' in parsed;
    const parameter = named ? 'all' : 'sequenceNumbers';
    return invalid(parameter, 'Name sequence numbers as texts, or all of them.', ALLOWED);
  }
  return { value: 'all' in read.data ? 'all' : read.data.sequenceNumbers };
}
