// What …/changes/snapshots answers.
import * as z from 'zod';
import { count, cursor, instant } from './values-schema.ts';

const version = z.string().regex(/^\d+$/);

export const snapshot = z
  .strictObject({
    company: z.string(),
    entity: z.string(),
    source: z.string().describe('With its epoch, as the feed tells it.'),
    snapshotId: z.string(),
    state: z
      .enum(['open', 'incomplete', 'inEffect', 'superseded'])
      .describe(
        '`open` until it is told to be complete; `incomplete` until it has carried `rowCount` ' +
          'distinct records, and deletes nothing; `inEffect`: what it did not carry is gone, unless ' +
          'it is newer; `superseded` by a newer one.',
      ),
    startedAt: instant.nullable(),
    completedAt: instant.nullable().describe('When its source told that it is complete.'),
    rowCount: count.nullable().describe('Distinct records it must carry; null while unknown.'),
    carried: count.describe('Distinct records it has carried.'),
    highWaterVersion: version.nullable(),
    customers: z
      .strictObject({
        state: z.enum(['running', 'finished']),
        enqueued: count.describe('Customers found so far.'),
        done: count,
        failed: count,
        failures: z.array(z.string()).describe('The first customers that failed.'),
      })
      .nullable()
      .describe('How far the customers are judged by it; null where that is not due.'),
  })
  .meta({ id: 'Snapshot', description: 'A snapshot of one entity of a source.' });

export const snapshotList = z
  .strictObject({ items: z.array(snapshot), cursor })
  .meta({ id: 'Snapshots', description: 'A page of snapshots, by entity, source and id.' });
