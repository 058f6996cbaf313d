// Reads a message of the queue `changes` as it was delivered: change by change where one of them
// is no change this version knows, so that it does not keep the others from being applied (SPEC §8).
import * as z from 'zod';
import type { Delivery } from '../../application/apply-message.ts';
import type { ChangeMessage } from '../../application/change-message.ts';
import { BURIED } from '../../application/ports.ts';
import type { MessagePosition, RawChange } from '../../application/quarantined-change.ts';
import { formatInstant, parseInstant } from '../../domain/calendar.ts';
import type { JsonValue } from '../../domain/json.ts';
import { readChangeMessage, UnreadableMessage } from './change-message.ts';

/** What came through the queue was parsed as JSON. */
const anyJson = z.custom<JsonValue>((value) => value !== undefined);

const envelope = z.object({
  company: z.string(),
  customer: z.string().nullable(),
  changes: z.array(anyJson),
  isReplay: z.boolean().optional(),
});

const metadata = z.object({
  messageId: z.string().optional(),
  sequenceNumber: z.union([z.string(), z.number().transform(String)]).optional(),
  enqueuedTimeUtc: z.string().optional(),
});

/** A delivery, or what is wrong with a body that is no message of this queue at all. */
export function readDelivery(
  body: unknown,
  triggerMetadata: unknown,
): Delivery | UnreadableMessage {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return new UnreadableMessage(parsed.error);
  const { company, customer, isReplay = false } = parsed.data;
  const changes = parsed.data.changes.map((change, index) => ({ index, body: change }));
  const rest = { isReplay, position: readPosition(triggerMetadata) };
  const whole = readOrReason(body);
  if ('message' in whole) return { message: whole.message, raw: changes, unreadable: [], ...rest };
  const [raw, unreadable]: [RawChange[], Delivery['unreadable'][number][]] = [[], []];
  for (const change of changes) {
    const alone = readOrReason({ company, customer, changes: [change.body] });
    if ('message' in alone) raw.push(change);
    else unreadable.push({ ...change, detail: alone.detail });
  }
  const message = readChangeMessage({ company, customer, changes: raw.map((one) => one.body) });
  return { message, raw, unreadable, ...rest };
}

function readOrReason(
  body: unknown,
): { readonly message: ChangeMessage } | { readonly detail: string } {
  try {
    return { message: readChangeMessage(body) };
  } catch (error) {
    if (error instanceof UnreadableMessage) return { detail: error.message };
    throw error;
  }
}

const session = z.object({
  sessionId: z.string(),
  applicationProperties: z.object({ [BURIED]: z.never().optional() }).optional(),
});

/**
 * The session a message came in; throws for one that was buried already and came all the same, so
 * that it gets among the dead letters the long way, by failing.
 */
export function readSession(triggerMetadata: unknown): string {
  const parsed = session.safeParse(triggerMetadata);
  if (!parsed.success) throw new Error('an unreadable message has no session, or came twice');
  return parsed.data.sessionId;
}

/** The host leaves the `Z` out of times in UTC. */
function instantOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const instant = parseInstant(text.endsWith('Z') ? text : `${text}Z`);
  return instant === null ? null : formatInstant(instant);
}

/** Where a message stood, as the Functions host tells it beside the body. */
export function readPosition(triggerMetadata: unknown): MessagePosition {
  const { messageId, sequenceNumber, enqueuedTimeUtc } =
    metadata.safeParse(triggerMetadata).data ?? {};
  return {
    messageId: messageId ?? null,
    sequenceNumber: sequenceNumber ?? null,
    enqueuedAt: instantOf(enqueuedTimeUtc),
  };
}
