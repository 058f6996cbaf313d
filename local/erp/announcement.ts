// What the workspace announces of collections data (topic `collections-events`): the ERP takes
// activities and statuses over as records of its own, closes activities that it has, and tells all
// of that like any others of its rows.
import * as z from 'zod';
import type { Row } from '../sample/customer-rows.ts';
import { isOwn } from './find-transaction.ts';
import type { Ledger, LedgerRow } from './ledger.ts';
import type { Numbering } from './numbering.ts';

const row = z.record(z.string(), z.unknown());
const reference = z.object({ source: z.string(), record: z.string() });
const upsert = z.object({
  op: z.literal('upsert'),
  company: z.string(),
  customer: z.string(),
  /** Its record at the workspace. */
  record: z.string(),
  /** The command by which it came about. */
  causedBy: z.string().min(1),
});

const announcement = z.discriminatedUnion('type', [
  z.object({
    id: z.string().min(1),
    type: z.literal('erp.activity.changed.v1'),
    /** A closing names the activity that it closes; an activity that is new names none. */
    data: upsert.extend({ row: row.and(z.object({ activity: reference.exactOptional() })) }),
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
export function echoOf(
  { type, data }: Announcement,
  ledger: Ledger,
  numbering: Numbering,
): LedgerRow | null {
  switch (type) {
    case 'erp.activity.changed.v1': {
      const { activity, ...row } = data.row;
      if (activity !== undefined) return closed(activity, row, ledger);
      // By this it is found again when it is closed before the workspace knows it as the ERP's.
      const taken = { ...row, workspaceRecord: data.record };
      return { entity: 'activity', record: numbering.record(), row: taken };
    }
    case 'erp.collectionsStatus.changed.v1': {
      const { transaction, ...row } = data.row;
      if (!isOwn(transaction.source)) return null;
      // Among its own rows the key says it all.
      const own = { ...row, transaction: transaction.record };
      return { entity: 'collectionsStatus', record: numbering.record(), row: own };
    }
  }
}

/** The activity as the ERP has it, closed; null where it has none. */
function closed(
  { source, record }: z.infer<typeof reference>,
  { closedAt, closedBy }: Row,
  ledger: Ledger,
): LedgerRow | null {
  const own = isOwn(source) ? record : ledger.activityTakenOver(record);
  const row = own === null ? null : ledger.row('activity', own);
  if (own === null || row === null) return null;
  return { entity: 'activity', record: own, row: { ...row, closed: true, closedAt, closedBy } };
}
