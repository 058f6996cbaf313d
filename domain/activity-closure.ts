// That an activity was closed in the workspace (SPEC §5): a record of its own, since the activity's
// row is the ERP's. An activity is closed when its row says so or a closure of it exists.
import { formatInstant, parseInstant } from './calendar.ts';
import { inOrderOfNames, type JsonObject } from './json.ts';
import type { RecordDocument } from './record.ts';
import { type RecordReference, referenceIn } from './record-reference.ts';
import { text, textOrNull } from './row-reader.ts';

export type ClosureDocument = RecordDocument<'activityClosure'> & { readonly pk: string };

/** When an activity was closed, `YYYY-MM-DDTHH:mm:ss.sssZ`, and by which worker. */
export type Closing = { readonly closedAt: string; readonly closedBy: string | null };

/** What a closure's record says. */
export type Closure = { readonly activity: RecordReference; readonly closing: Closing };

/** Closures of one activity by the ids of their documents, in the order of those. */
export type Closings = { readonly [closure: string]: Closing };

/** The typed closure of a row. */
export function readClosure(row: JsonObject, source: string): Closure {
  const closedAt = parseInstant(text(row, 'closedAt'));
  if (closedAt === null) throw new Error('a stored row has no valid closedAt');
  return {
    activity: referenceIn(row, 'activity', source),
    closing: { closedAt: formatInstant(closedAt), closedBy: textOrNull(row, 'closedBy') },
  };
}

/** The closings with that of one document put in, or (null) taken out. */
export function withClosing(closings: Closings, id: string, closing: Closing | null): Closings {
  const others = Object.entries(closings).filter(([other]) => other !== id);
  return inOrderOfNames(closing === null ? others : [...others, [id, closing]]);
}

/** The first of the closings, ties by id; null when there is none. */
export function firstClosing(closings: Closings): Closing | null {
  let first: Closing | null = null;
  for (const closing of Object.values(closings)) {
    if (first === null || closing.closedAt < first.closedAt) first = closing;
  }
  return first;
}
