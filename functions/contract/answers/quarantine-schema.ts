// What …/ops/quarantine answers.
import * as z from 'zod';
import { count, cursor, instant } from './values-schema.ts';

const told = z.string().nullable();

const summary = {
  id: z.string(),
  company: told.describe('Null for a row of a source that names none.'),
  customer: told.describe('Null for reference data of the company, and where a row names none.'),
  status: z
    .enum(['quarantined', 'replayed'])
    .describe('`replayed` from when it is on the queue again until it is known how that ended.'),
  reason: z.strictObject({
    code: z.enum(['unreadable', 'refused-by-store', 'failed']),
    detail: z.string().describe('A sentence without any value of the change.'),
  }),
  source: told,
  entity: told,
  table: told.describe('Of a row of a source, such as `custdispute`; null for a change.'),
  record: told.describe('Of a row of a source its `Id`.'),
  version: told,
  position: z
    .strictObject({
      messageId: told,
      sequenceNumber: told,
      enqueuedAt: instant.nullable(),
      index: count.describe('Among the changes of the message, from 0.'),
    })
    .describe('Where its message stood on the queue.'),
  firstFailedAt: instant,
  failedAt: instant.describe('When it failed last.'),
  attempts: z.int().min(1),
  replayedAt: instant.nullable(),
};

const quarantineSummary = z
  .strictObject(summary)
  .meta({ id: 'QuarantineSummary', description: 'A quarantined change without its row.' });

export const quarantineList = z
  .strictObject({ items: z.array(quarantineSummary), cursor })
  .meta({ id: 'Quarantine', description: 'A page of quarantined changes, newest first.' });

export const quarantineItem = z
  .strictObject({ ...summary, change: z.unknown().describe('The change as it stood there.') })
  .meta({ id: 'QuarantineItem', description: 'A quarantined change, whole.' });
