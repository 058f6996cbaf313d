// What the collections history keeps of status and letter rows (SPEC §3.5): every version that was
// ever told, late ones too, each in a document of its own that nothing replaces but a tie.
import { type CustomerChange, splitFacet } from './change.ts';
import { encodeKeyPart } from './key.ts';
import type { Parts } from './record.ts';

/** Entities of which the history keeps every version. */
export const HISTORY_ENTITIES = ['collectionsStatus', 'collectionLetter'] as const;
/** Besides those it tells of reminder emails that were drafted here. */
export type HistoryEntity = (typeof HISTORY_ENTITIES)[number] | 'reminderEmail';

/** One version of a record; `parts` holds it alone. */
export type HistoryDocument = {
  readonly id: string;
  readonly pk: string;
  readonly kind: 'history';
  readonly entity: HistoryEntity;
  readonly source: string;
  readonly record: string;
  readonly parts: Parts;
};

/** The entity, if the history keeps every version of it; else null, as of the lines of a letter. */
export function historyEntityOf({ entity, facet }: CustomerChange): HistoryEntity | null {
  if (splitFacet(facet).key !== null) return null;
  return HISTORY_ENTITIES.find((known) => known === entity) ?? null;
}

/** The id of the entry of one version of a record. */
export function historyId({ entity, source, record, epoch, version }: CustomerChange): string {
  const [ofSource, ofRecord] = [encodeKeyPart(source), encodeKeyPart(record)];
  return `history|${entity}|${ofSource}|${ofRecord}|${epoch}|${version}`;
}

/** The id of the entry of a reminder email. */
export function reminderHistoryId(key: string): string {
  return `history|reminderEmail|${key}`;
}
