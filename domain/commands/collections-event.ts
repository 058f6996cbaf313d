// What is announced of collections data (SPEC §5): on the topic `collections-events`, one CloudEvent
// for each record a command changed, as a feed would tell it.
import type { CustomerChange } from '../change.ts';
import type { JsonObject } from '../json.ts';
import { customerKey } from '../key.ts';
import { WORKSPACE_EVENT_SOURCE } from '../workspace-source.ts';
import type { CommandDocument } from './command-document.ts';
import { activityRow, idOf, ownChanges } from './own-changes.ts';

/**
 * An announcement. Its row names what it is about by source and record: a status its `transaction`,
 * the closing of an activity that `activity`, whose whole row it is. One that an owner tells on its
 * own feed with `causedBy` replaces the workspace's record.
 */
export type CollectionsEvent = {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: typeof WORKSPACE_EVENT_SOURCE;
  readonly type: 'erp.collectionsStatus.changed.v1' | 'erp.activity.changed.v1';
  /** The customer: what is told of one stays in order. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: {
    readonly op: 'upsert';
    readonly company: string;
    readonly customer: string;
    readonly record: string;
    readonly version: string;
    /** The command. */
    readonly causedBy: string;
    readonly row: JsonObject;
  };
};

/** What is announced of a command; nothing where it is the ERP's. The same each time. */
export function collectionsEvents(command: CommandDocument): readonly CollectionsEvent[] {
  return ownChanges(command).flatMap((change, index) => {
    const row = announcedRow(command, change, index);
    return row === null ? [] : [eventOf(command, change, row)];
  });
}

/** The row of a change; of a closure that of the activity, closed. */
function announcedRow(
  { work }: CommandDocument,
  { row }: CustomerChange,
  index: number,
): JsonObject | null {
  if (work.type !== 'closeActivities' || row === null) return row;
  const target = work.activities[index];
  return target === undefined ? null : { ...activityRow(target), ...row, closed: true };
}

function eventOf(
  command: CommandDocument,
  { entity, record, version, time }: CustomerChange,
  row: JsonObject,
): CollectionsEvent {
  const { company, customer } = command;
  const name = entity === 'collectionsStatus' ? entity : 'activity';
  return {
    specversion: '1.0',
    id: `${record}@${version}`,
    source: WORKSPACE_EVENT_SOURCE,
    type: `erp.${name}.changed.v1`,
    subject: customerKey(company, customer),
    time,
    datacontenttype: 'application/json',
    data: { op: 'upsert', company, customer, record, version, causedBy: idOf(command), row },
  };
}
