// The timeline of a customer (SPEC §3.6): what happened, newest first. It is read from the records
// themselves, in the order of an index; only activities have to be placed on reading.
import { type Activity, type ActivityDocument, activityInstant, activityOf } from './activity.ts';
import { type Day, localDay } from './calendar.ts';
import { type CollectionLetter, type LetterDocument, readLetter } from './collection-letter.ts';
import { rowOf } from './record.ts';
import { compareText } from './text-order.ts';
import { readTransaction, type TransactionDocument } from './transaction.ts';
import type { TransactionRow } from './transaction-row.ts';

/** What stands on the timeline, in the order it stands there within a day. */
export const TIMELINE_TYPES = ['activity', 'collectionLetter', 'invoice', 'payment'] as const;
export type TimelineType = (typeof TIMELINE_TYPES)[number];

/** How long the timeline goes back from today, in days. */
export const TIMELINE_DAYS = 365;

/** A document that may stand on the timeline; it does when its `timelineOn` is a day. */
export type TimelineDocument = TransactionDocument | LetterDocument | ActivityDocument;

/** A place on the timeline, taken or not: no two items have the same. */
export type TimelinePlace = {
  readonly on: Day;
  readonly type: string;
  readonly record: string;
  readonly source: string;
};

export type TimelineItem = TimelinePlace &
  (
    | { readonly type: 'invoice' | 'payment'; readonly row: TransactionRow }
    | { readonly type: 'collectionLetter'; readonly letter: CollectionLetter }
    | { readonly type: 'activity'; readonly activity: Activity }
  );

/**
 * What a document is on the timeline of a company in this time zone; null when it is not there. An
 * activity stands at its date in the company; all other dates are never shifted.
 */
export function timelineItem(document: TimelineDocument, timeZone: string): TimelineItem | null {
  const { source, record, timelineOn: on } = document;
  if (on === null) return null;
  switch (document.kind) {
    case 'transaction': {
      const row = readTransaction(document)?.row;
      const { timeline: type } = document;
      return row === undefined || type === null ? null : { on, type, record, source, row };
    }
    case 'collectionLetter': {
      const row = rowOf(document);
      if (row === null) return null;
      return { on, type: 'collectionLetter', record, source, letter: readLetter(row) };
    }
    case 'activity': {
      const activity = activityOf(document);
      const at = activity === null ? null : activityInstant(activity);
      if (activity === null || at === null) return null;
      return { on: localDay(at, timeZone), type: 'activity', record, source, activity };
    }
  }
}

/** The order of the timeline: newest first, then type, then record, ties by source. */
export function compareTimeline(left: TimelinePlace, right: TimelinePlace): number {
  return (
    compareDayAndType(left, right) ||
    compareText(left.record, right.record) ||
    compareText(left.source, right.source)
  );
}

/** The order of items of different types; those of one type on one day are equal in it. */
export function compareDayAndType(left: TimelinePlace, right: TimelinePlace): number {
  return right.on - left.on || compareText(left.type, right.type);
}
