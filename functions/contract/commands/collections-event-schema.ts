// What the workspace announces of collections data on the topic `collections-events`, as JSON Schema.
// Nothing is checked by it while the app runs. Objects are open, since fields may be added.
import * as z from 'zod';
import { ACTIVITY_CATEGORIES } from '../../../domain/activity.ts';
import { COLLECTIONS_STATUSES } from '../../../domain/collections-status.ts';
import { WORKSPACE_EVENT_SOURCE } from '../../../domain/workspace-source.ts';
import { money } from '../answers/values-schema.ts';
import { currency, date, instant } from '../feed/fields.ts';

const reference = z
  .object({ source: z.string().describe('Without its epoch.'), record: z.string() })
  .meta({ id: 'RecordReference', description: 'A record that some source told.' });

const status = z
  .object({
    transaction: reference,
    status: z.enum(COLLECTIONS_STATUSES),
    changedAt: instant,
    changedBy: z.string().optional().describe('The worker who did it, else the user.'),
    followUpDate: date.optional(),
    amount: money.optional().describe('What is promised, in `currency`.'),
    currency: currency.optional(),
    reason: z.string().optional(),
    note: z.string().optional(),
  })
  .meta({ id: 'StatusRow', description: 'The collections status of a transaction.' });

const activity = z
  .object({
    activity: reference
      .optional()
      .describe('The activity that is closed; not there for a new one.'),
    number: z.string(),
    category: z.enum(ACTIVITY_CATEGORIES),
    type: z.string().optional(),
    purpose: z.string(),
    startAt: instant.optional(),
    endAt: instant.optional(),
    responsible: z.string().optional().describe('The worker it is for.'),
    memo: z.string().optional(),
    closed: z.boolean(),
    closedAt: instant.optional(),
    closedBy: z.string().optional(),
  })
  .meta({ id: 'ActivityRow', description: 'A new activity, or one that was closed.' });

function event<Entity extends 'collectionsStatus' | 'activity', Row extends z.ZodType>(
  entity: Entity,
  row: Row,
) {
  return z.object({
    specversion: z.literal('1.0'),
    id: z.string().describe('The same each time it is announced.'),
    source: z.literal(WORKSPACE_EVENT_SOURCE),
    type: z.literal(`erp.${entity}.changed.v1`),
    subject: z.string().describe('The customer: `company|customer`, encoded.'),
    time: instant,
    datacontenttype: z.literal('application/json'),
    data: z.object({
      op: z.literal('upsert'),
      company: z.string(),
      customer: z.string(),
      record: z.string().describe('Its record at the workspace.'),
      version: z.string(),
      causedBy: z.string().describe('The command: send it with the row you make of this.'),
      row,
    }),
  });
}

/** A message of the topic. */
export const collectionsEvent = z.discriminatedUnion('type', [
  event('collectionsStatus', status),
  event('activity', activity),
]);
