// Reads a message of the queue `changes` that holds control events of snapshots: what this app
// itself put there.
import * as z from 'zod';
import {
  SNAPSHOT_EVENTS,
  type SnapshotEventsMessage,
} from '../../application/snapshots/snapshot-event.ts';
import { COMPANY_ENTITIES, CUSTOMER_ENTITIES } from '../../domain/change.ts';
import { UnreadableMessage } from './change-message.ts';

const message = z.object({
  kind: z.literal(SNAPSHOT_EVENTS),
  company: z.string(),
  customer: z.null(),
  events: z.array(
    z.object({
      control: z.enum(['started', 'completed']),
      company: z.string(),
      entity: z.enum([...CUSTOMER_ENTITIES, ...COMPANY_ENTITIES]),
      source: z.string(),
      epoch: z.string(),
      snapshotId: z.string(),
      version: z.string(),
      rowCount: z.int().nonnegative().nullable(),
      time: z.string(),
    }),
  ),
});

/** The events of a body, or what is wrong with it; null when it holds something else. */
export function readSnapshotEvents(
  body: unknown,
): SnapshotEventsMessage | UnreadableMessage | null {
  const isEvents =
    typeof body === 'object' && body !== null && 'kind' in body && body.kind === SNAPSHOT_EVENTS;
  if (!isEvents) return null;
  const parsed = message.safeParse(body);
  return parsed.success ? parsed.data : new UnreadableMessage(parsed.error);
}
