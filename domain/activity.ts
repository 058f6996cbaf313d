// Activities: tasks, appointments, events and actions linked to a customer (SPEC §2.1).
import { type Closings, firstClosing } from './activity-closure.ts';
import { type Day, formatInstant, instantDay, parseInstant } from './calendar.ts';
import type { JsonObject } from './json.ts';
import { type Parts, type RecordDocument, rowOf } from './record.ts';
import { flag, oneOf, text, textOrNull } from './row-reader.ts';

export const ACTIVITY_CATEGORIES = ['task', 'appointment', 'event', 'action'] as const;
export type ActivityCategory = (typeof ACTIVITY_CATEGORIES)[number];

export type ActivityDocument = RecordDocument<'activity'> & {
  readonly pk: string;
  /** Closures of it in the workspace; they may have come before its row. */
  readonly closings: Closings;
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

/** What an activity's document is made from. */
export type ActivityState = Pick<
  ActivityDocument,
  'id' | 'pk' | 'source' | 'record' | 'changedAt' | 'closings' | 'lists' | 'carried'
> & { readonly parts: Parts };

export const NO_ACTIVITY_LISTS: ActivityLists = { revision: 0, workers: [] };

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

/** The activity of a document, closed where a closure says so; null when it is unknown or deleted. */
export function activityOf(state: Pick<ActivityState, 'parts' | 'closings'>): Activity | null {
  const row = rowOf(state);
  if (row === null) return null;
  const activity = readActivity(row);
  const closing = firstClosing(state.closings);
  if (closing === null) return activity;
  const { closedAt, closedBy } = activity.closed ? activity : closing;
  return { ...activity, closed: true, closedAt: closedAt ?? closing.closedAt, closedBy };
}

/** The document of a state: adds where it stands on the timeline, and on whose list. */
export function deriveActivity({ lists, ...state }: ActivityState): ActivityDocument {
  const activity = activityOf(state);
  const instant = activity === null ? null : activityInstant(activity);
  const timelineOn = instant === null ? null : instantDay(instant);
  const responsible = activity?.responsible ?? null;
  const workers = new Set([...lists.workers, ...(responsible === null ? [] : [responsible])]);
  return {
    ...state,
    kind: 'activity',
    timeline: timelineOn === null ? null : 'activity',
    timelineOn,
    lists: { ...lists, workers: [...workers].toSorted() },
  };
}

/** Whether nothing is known of the activity: then it needs no document at all. */
export function isUnknownActivity({ parts, closings }: ActivityDocument): boolean {
  return Object.keys(parts).length === 0 && Object.keys(closings).length === 0;
}

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
  return activityOf(document)?.responsible ?? null;
}

/** When an activity stands on the timeline: its end, else its start, else its closing (SPEC §3.6). */
export function activityInstant({ endAt, startAt, closedAt }: Activity): string | null {
  return endAt ?? startAt ?? closedAt;
}
