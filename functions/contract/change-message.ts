// Reads a message of the queue `changes`: what this app itself put there, possibly an older
// version of it. A message that cannot be read ends in the dead-letter queue.
import { z } from 'zod';
import type { ChangeMessage } from '../../application/change-message.ts';
import { COMPANY_ENTITIES, CUSTOMER_ENTITIES } from '../../domain/change.ts';
import type { JsonObject } from '../../domain/json.ts';

const row = z.custom<JsonObject>((value) => typeof value === 'object' && !Array.isArray(value));

const change = {
  company: z.string(),
  source: z.string(),
  epoch: z.string(),
  record: z.string(),
  version: z.string(),
  facet: z.string(),
  time: z.string(),
  row: row.nullable(),
  causedBy: z.string().exactOptional(),
};

const customerMessage = z.object({
  company: z.string(),
  customer: z.string(),
  changes: z.array(
    z.object({ ...change, entity: z.enum(CUSTOMER_ENTITIES), customer: z.string() }),
  ),
});

const companyMessage = z.object({
  company: z.string(),
  customer: z.null(),
  changes: z.array(z.object({ ...change, entity: z.enum(COMPANY_ENTITIES) })),
});

const message = z.union([customerMessage, companyMessage]);

/** The message of a body; throws without quoting it, since it may hold personal data. */
export function readChangeMessage(body: unknown): ChangeMessage {
  const parsed = message.safeParse(body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new Error(`a message of the queue cannot be read at: ${where}`);
}
