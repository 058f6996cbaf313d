// What the workspace announces of collections data (topic `collections-events`): the ERP takes
// activities and statuses over as records of its own, and tells them like any others of its rows.
import * as z from 'zod';
import { isOwn } from './find-transaction.ts';
import type { LedgerRow } from './ledger.ts';
import type { Numbering } from './numbering.ts';

const row = z.record(z.string(), z.unknown());
const reference = z.object({ source: z.string(), record: z.string() });
const upsert = z.object({
  op: z.literal('upsert'),
  company: z.string(),
  customer: z.string(),
  /** The command by which it came about. */
  causedBy: z.string().min(1),
});

const announcement = z.discriminatedUnion('type', [
  z.object({
    id: z.string().min(1),
    type: z.literal('erp.activity.changed.v1'),
    data: upsert.extend({ row }),
  }),
  z.object({
    id: z.string().min(1),
    type: z.literal('erp.collectionsStatus.changed.v1'),
    data: upsert.extend({ row: row.and(z.object({ transaction: reference })) }),
  }),
]);

export type Announcement = z.infer<typeof announcement>;

/** The announcement of a message; null for one of which the ERP makes nothing. */
export function readAnnouncement(message: unknown): Announcement | null {
  const read = announcement.safeParse(message);
  return read.success ? read.data : null;
}

/** The record that the ERP makes of it; null where it is about a record of another ERP. */
export function echoOf(announced: Announcement, numbering: Numbering): LedgerRow | null {
  switch (announced.type) {
    case 'erp.activity.changed.v1':
      return { entity: 'activity', record: numbering.record(), row: announced.data.row };
    case 'erp.collectionsStatus.changed.v1': {
      const { transaction, ...rest } = announced.data.row;
      if (!isOwn(transaction.source)) return null;
      // Among its own rows the key says it all.
      const own = { transaction: transaction.record, ...rest };
      return { entity: 'collectionsStatus', record: numbering.record(), row: own };
    }
  }
}
