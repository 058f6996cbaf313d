// Activities: tasks, appointments, events and actions linked to a customer (SPEC §2.1).
import { type Day, formatInstant, parseInstant } from './calendar.ts';
import type { JsonObject } from './json.ts';
import { type RecordDocument, rowOf } from './record.ts';
import { flag, oneOf, text, textOrNull } from './row-reader.ts';

export const ACTIVITY_CATEGORIES = ['task', 'appointment', 'event', 'action'] as const;
export type ActivityCategory = (typeof ACTIVITY_CATEGORIES)[number];

export type ActivityDocument = RecordDocument<'activity'> & {
  readonly pk: string;
  readonly timeline: 'activity' | null;
  /** The day in UTC: within one of the day in any time zone, which is worked out on reading. */
  readonly timelineOn: Day | null;
  readonly lists: ActivityLists;
};

/** What an activity remembers of the lists it stands on; bookkeeping, as of the header's lists. */
export type ActivityLists = {
  /** The header's revision when the activity changed last. */
  readonly revision: number;
  /** Workers on whose lists it may stand: the one responsible, and those it is about to leave. */
  readonly workers: readonly string[];
};

/** Instants as `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export type Activity = {
  readonly number: string;
  readonly category: ActivityCategory;
  readonly type: string | null;
  readonly purpose: string;
  readonly startAt: string | null;
  readonly endAt: string | null;
  /** The worker it is for. */
  readonly responsible: string | null;
  readonly closed: boolean;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly memo: string | null;
  readonly url: string | null;
};

/** The typed activity of a row. */
export function readActivity(row: JsonObject): Activity {
  return {
    number: text(row, 'number'),
    category: oneOf(row, 'category', ACTIVITY_CATEGORIES),
    type: textOrNull(row, 'type'),
    purpose: text(row, 'purpose'),
    startAt: instantOrNull(row, 'startAt'),
    endAt: instantOrNull(row, 'endAt'),
    responsible: textOrNull(row, 'responsible'),
    closed: flag(row, 'closed'),
    closedAt: instantOrNull(row, 'closedAt'),
    closedBy: textOrNull(row, 'closedBy'),
    memo: textOrNull(row, 'memo'),
    url: textOrNull(row, 'url'),
  };
}

function instantOrNull(row: JsonObject, field: string): string | null {
  const value = textOrNull(row, field);
  const instant = value === null ? null : parseInstant(value);
  return instant === null ? null : formatInstant(instant);
}

/** The worker on whose list an activity belongs; null when it was deleted, or is nobody's. */
export function responsibleFor(document: ActivityDocument): string | null {
  const row = rowOf(document);
  return row === null ? null : readActivity(row).responsible;
}

/** When an activity stands on the timeline: its end, else its start, else its closing (SPEC §3.6). */
export function activityInstant({ endAt, startAt, closedAt }: Activity): string | null {
  return endAt ?? startAt ?? closedAt;
}
