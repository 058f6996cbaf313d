// Reads a message of the queue `changes` that holds rows of a source rather than changes: what this
// app itself put there.
import * as z from 'zod';
import type { SourceRowsMessage } from '../../application/source-row.ts';
import { CUSTOMER_ENTITIES } from '../../domain/change.ts';
import type { JsonObject } from '../../domain/json.ts';
import { UnreadableMessage } from './change-message.ts';

export const SOURCE_ROWS = 'source-rows';

const jsonRow = z.custom<JsonObject>((value) => typeof value === 'object' && !Array.isArray(value));

const target = z.object({
  place: z.object({
    company: z.string().nullable(),
    customer: z.string().nullable(),
    link: z.string().nullable(),
  }),
  entity: z.enum(CUSTOMER_ENTITIES).nullable(),
  record: z.string().nullable(),
  facet: z.string(),
});

const told = z.object({
  target,
  row: jsonRow.nullable(),
  completion: z.object({ currency: z.boolean(), towardsZero: z.array(z.string()) }),
  names: z.array(z.string()),
  terms: z.object({ currency: z.string(), isCredit: z.boolean() }).nullable(),
});

const message = z.object({
  kind: z.literal(SOURCE_ROWS),
  group: z.string(),
  rows: z.array(
    z.object({
      source: z.string(),
      epoch: z.string(),
      version: z.string(),
      table: z.string(),
      id: z.string(),
      time: z.string(),
      told: told.nullable(),
    }),
  ),
});

/** The rows of a body, or what is wrong with it; null when it holds something else. */
export function readSourceRows(body: unknown): SourceRowsMessage | UnreadableMessage | null {
  const isRows =
    typeof body === 'object' && body !== null && 'kind' in body && body.kind === SOURCE_ROWS;
  if (!isRows) return null;
  const parsed = message.safeParse(body);
  return parsed.success ? parsed.data : new UnreadableMessage(parsed.error);
}
