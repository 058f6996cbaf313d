// An activity as the list of the worker responsible for it shows it (DESIGN 7): sorted by its end,
// stamped with the revision it was made from.
import { type ActivityCategory, type ActivityDocument, activityOf } from './activity.ts';
import { encodeKeyPart } from './key.ts';
import type { Hash } from './record.ts';

export type AgentActivity = {
  readonly id: string;
  /** The partition: company and worker. */
  readonly agent: string;
  readonly kind: 'row';
  readonly revision: number;
  readonly customer: string;
  readonly source: string;
  readonly record: string;
  readonly number: string;
  readonly category: ActivityCategory;
  readonly type: string | null;
  readonly purpose: string;
  readonly startAt: string | null;
  /** {@link NO_END} for one that has no end. */
  readonly endAt: string;
  readonly closed: boolean;
};

/** What stands in place of a row that was taken off the list. */
export type RemovedActivity = Pick<AgentActivity, 'id' | 'agent' | 'revision'> & {
  readonly kind: 'removed';
};

export type AgentActivityDocument = AgentActivity | RemovedActivity;

/** Sorts after every instant. */
export const NO_END = '9999-12-31T23:59:59.999Z';

/** The partition of a worker's activities. */
export function agentKey(company: string, worker: string): string {
  return `${encodeKeyPart(company)}|${encodeKeyPart(worker)}`;
}

/** The id of an activity's row: a hash, since the keys it comes from may be longer than an id. */
export function agentActivityId({ pk, id }: ActivityDocument, hash: Hash): string {
  return hash(`${pk}\n${id}`);
}

/** The activity's row on the list of a worker; a marker where it does not belong there. */
export function agentActivity(
  company: string,
  customer: string,
  worker: string,
  document: ActivityDocument,
  hash: Hash,
): AgentActivityDocument {
  const key = { id: agentActivityId(document, hash), agent: agentKey(company, worker) };
  const { revision } = document.lists;
  const activity = activityOf(document);
  if (activity === null || activity.responsible !== worker) {
    return { ...key, kind: 'removed', revision };
  }
  const { source, record } = document;
  const { number, category, type, purpose, startAt, endAt, closed } = activity;
  return {
    ...key,
    kind: 'row',
    revision,
    customer,
    source,
    record,
    number,
    category,
    type,
    purpose,
    startAt,
    endAt: endAt ?? NO_END,
    closed,
  };
}
