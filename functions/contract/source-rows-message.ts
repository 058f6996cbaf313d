// Reads a message of the queue `changes` that holds rows of a source rather than changes, row by
// row, so that one this version does not know keeps no other from being linked (SPEC §8).
import * as z from 'zod';
import type { RowsDelivery } from '../../application/link-delivery.ts';
import type { Owner } from '../../application/quarantined-change.ts';
import type { SourceRow } from '../../application/source-row.ts';
import { CUSTOMER_ENTITIES } from '../../domain/change.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { UnreadableMessage } from './change-message.ts';
import { readPosition } from './delivery.ts';

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

const row = z.object({
  source: z.string(),
  epoch: z.string(),
  version: z.string(),
  table: z.string(),
  id: z.string(),
  time: z.string(),
  told: told.nullable(),
});

const envelope = z.object({
  kind: z.literal(SOURCE_ROWS),
  group: z.string(),
  rows: z.array(z.custom<JsonValue>((value) => value !== undefined)),
  isReplay: z.boolean().optional(),
});

/** Whose a row is, whatever else is wrong with it. */
const unknown = { company: null, customer: null };
const place = z
  .object({ company: z.string().nullable(), customer: z.string().nullable() })
  .catch(unknown);
const owned = z.object({
  table: z.string().catch(''),
  told: z
    .object({ target: z.object({ place }) })
    .nullable()
    .catch(null),
});

/** The rows of a body, or what is wrong with it; null when it holds something else. */
export function readSourceRows(
  body: unknown,
  triggerMetadata: unknown,
): RowsDelivery | UnreadableMessage | null {
  const isRows =
    typeof body === 'object' && body !== null && 'kind' in body && body.kind === SOURCE_ROWS;
  if (!isRows) return null;
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return new UnreadableMessage(parsed.error);
  const { group, isReplay = false } = parsed.data;
  const rows: SourceRow[] = [];
  const raw: RowsDelivery['raw'][number][] = [];
  const unreadable: RowsDelivery['unreadable'][number][] = [];
  for (const [index, one] of parsed.data.rows.entries()) {
    const as = { index, body: one, owner: ownerOf(one) };
    const read = row.safeParse(one);
    if (read.success) {
      rows.push(read.data);
      raw.push(as);
    } else unreadable.push({ ...as, detail: new UnreadableMessage(read.error).message });
  }
  const position = readPosition(triggerMetadata);
  return { message: { kind: SOURCE_ROWS, group, rows }, raw, unreadable, isReplay, position };
}

function ownerOf(body: JsonValue): Owner {
  const { table = '', told: says = null } = owned.safeParse(body).data ?? {};
  const { company, customer } = says?.target.place ?? unknown;
  return { company, customer, table };
}
