// The body of POST …/reminder-emails (SPEC §6): whether the user has accepted the notice.
import * as z from 'zod';
import type { Problem } from '../problem.ts';
import type { Read } from './query.ts';

/** Bytes of a body: it says one thing. */
export const REMINDER_BYTES_MAX = 1024;

/** What the body is. */
export const reminderRequest = z.strictObject({ confirmed: z.boolean().optional() });

const ALLOWED = ['{"confirmed": true}'];

/** Whether the user has accepted the notice; no body is no confirmation. */
export function readReminderRequest(body: Uint8Array): Read<boolean> {
  if (body.byteLength === 0) return { value: false };
  if (body.byteLength > REMINDER_BYTES_MAX) {
    const detail = `A request for a reminder email has at most ${REMINDER_BYTES_MAX} bytes.`;
    return { problem: { kind: 'request-too-large', detail } };
  }
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: { kind: 'malformed-json', detail: 'Send one JSON object.' } };
  }
  const parsed = reminderRequest.safeParse(json);
  return parsed.success ? { value: parsed.data.confirmed === true } : { problem: INVALID };
}

const INVALID: Problem = {
  kind: 'invalid-parameter',
  parameter: 'body',
  detail: 'The body says that the user has confirmed, and nothing else.',
  allowed: ALLOWED,
};
