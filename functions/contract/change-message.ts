// Reads a message of the queue `changes`: what this app itself put there, possibly an older
// version of it.
import * as z from 'zod';
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
  snapshotId: z.string().exactOptional(),
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

/** Which of the two a body means to be, so that what is wrong with it can be told. */
function schemaOf(body: unknown) {
  const isOfCompany =
    typeof body === 'object' && body !== null && 'customer' in body && body.customer === null;
  return isOfCompany ? companyMessage : customerMessage;
}

/** Says where a body is not as it should be, without quoting it: it may hold personal data. */
export class UnreadableMessage extends Error {
  constructor({ issues }: z.ZodError) {
    const where = [...new Set(issues.map(({ path }) => path.join('.') || 'the body'))].join(', ');
    super(`a message of the queue cannot be read at: ${where}`);
    this.name = 'UnreadableMessage';
  }
}

/** The message of a body; throws UnreadableMessage. */
export function readChangeMessage(body: unknown): ChangeMessage {
  const parsed = schemaOf(body).safeParse(body);
  if (parsed.success) return parsed.data;
  throw new UnreadableMessage(parsed.error);
}
