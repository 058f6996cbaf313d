// Reads a message of the queue `changes` that holds a task rather than changes: what this app
// itself put there.
import * as z from 'zod';
import { SNAPSHOT_EVENTS } from '../../application/snapshots/snapshot-event.ts';
import { UnreadableMessage } from './change-message.ts';
import { SOURCE_ROWS } from './source-rows-message.ts';
import { TASKS, type TaskMessage } from '../../application/task-message.ts';

const customerTask = z.object({
  kind: z.literal('customer-task'),
  task: z.enum(TASKS),
  run: z.string(),
  ordinal: z.int().positive(),
  reference: z.int().nonnegative(),
  day: z.int().nullable(),
  company: z.string(),
  customer: z.string(),
});

const sweepStep = z.object({
  kind: z.literal('sweep-step'),
  run: z.string(),
  page: z.int().positive(),
  company: z.string(),
  customer: z.null(),
});

const message = z.discriminatedUnion('kind', [customerTask, sweepStep]);

/** The task of a body, or what is wrong with it; null when it holds something else. */
export function readTaskMessage(body: unknown): TaskMessage | UnreadableMessage | null {
  if (typeof body !== 'object' || body === null || !('kind' in body)) return null;
  if (body.kind === SOURCE_ROWS || body.kind === SNAPSHOT_EVENTS) return null;
  const parsed = message.safeParse(body);
  return parsed.success ? parsed.data : new UnreadableMessage(parsed.error);
}
