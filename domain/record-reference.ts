// How a row names another record (SPEC §2.1): by its key alone, which is one of the row's own source;
// or, as rows of the workspace do it, by source and key.
import type { JsonObject } from './json.ts';
import { objectOrEmpty, text, textOrNull } from './row-reader.ts';

/** A record of a source, which is told without its epoch. */
export type RecordReference = { readonly source: string; readonly record: string };

/** The record a field names; null when it names none. */
export function referenceOrNull(
  row: JsonObject,
  field: string,
  ownSource: string,
): RecordReference | null {
  const key = textOrNull(row, field);
  if (key !== null) return { source: ownSource, record: key };
  const named = objectOrEmpty(row, field);
  const [source, record] = [textOrNull(named, 'source'), textOrNull(named, 'record')];
  return source === null || record === null ? null : { source, record };
}

/** The record a field names that every row has. */
export function referenceIn(row: JsonObject, field: string, ownSource: string): RecordReference {
  return referenceOrNull(row, field, ownSource) ?? { source: ownSource, record: text(row, field) };
}
