// What a dead letter of one of our queues holds, as far as that can be told (SPEC §7, erase).
import * as z from 'zod';
import type { DeadLetterContent } from '../../application/erasure/clear-dead-letters.ts';
import type { JsonValue } from '../../domain/json.ts';
import { UnreadableMessage } from './change-message.ts';
import { readSourceRows } from './source-rows-message.ts';
import { readTaskMessage } from './task-message.ts';

const anyJson = z.custom<JsonValue>((value) => value !== undefined);

const ofCustomer = z.object({
  kind: z.undefined().optional(),
  company: z.string(),
  customer: z.string().nullable(),
  changes: z.array(anyJson),
  isReplay: z.boolean().exactOptional(),
});

/** A command on its way to the ERP is a CloudEvent. */
const command = z.object({
  specversion: z.literal('1.0'),
  data: z.object({ company: z.string(), customer: z.string() }),
});

/** The content of a body, whoever wrote it. */
export function readDeadLetter(body: unknown): DeadLetterContent {
  const task = readTaskMessage(body);
  if (task !== null && !(task instanceof UnreadableMessage)) return { kind: 'task' };
  const rows = readSourceRows(body, {});
  // Of rows that cannot be read it is their text that tells whose they are.
  if (rows !== null && !(rows instanceof UnreadableMessage) && rows.unreadable.length === 0) {
    return { kind: 'rows', message: rows.message };
  }
  const changes = ofCustomer.safeParse(body);
  if (changes.success) return { kind: 'changes', message: changes.data };
  const sent = command.safeParse(body);
  if (sent.success) return { kind: 'command', ...sent.data.data };
  return { kind: 'unreadable', text: typeof body === 'string' ? body : JSON.stringify(body) };
}
