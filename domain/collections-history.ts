// The collections history (SPEC §3.5, §4): every version of a status or letter row that was ever
// told, when it happened, and what was so before. Kept as it came, put in order on reading.
import { type Day, localDay } from './calendar.ts';
import { MAIN_FACET } from './change.ts';
import { type CollectionLetter, readLetter } from './collection-letter.ts';
import type { CommandDocument } from './commands/command-document.ts';
import { type Subject, subjectsOf } from './commands/command-history.ts';
import { idOf, requester } from './commands/own-changes.ts';
import { WORKSPACE_EPOCH, WORKSPACE_SOURCE } from './workspace-source.ts';
import { type StatusEntry, statusWordOf } from './collections-status.ts';
import type { HistoryDocument } from './history-entry.ts';
import { oneOf, text, textOrNull } from './row-reader.ts';
import { type Language, LANGUAGES, type Tone, TONES } from './text/fact-sheet.ts';
import { compareText } from './text-order.ts';
import { compareVersions, type Version } from './version.ts';

/** What every entry tells, of whatever kind. */
type EntryOf<Entity extends HistoryDocument['entity'] | 'command', State> = {
  readonly id: string;
  readonly entity: Entity;
  readonly source: string;
  readonly record: string;
  readonly version: Version;
  /** The day it happened in the company. */
  readonly on: Day;
  /** The instant it happened; null where only the day is known. */
  readonly at: string | null;
  /** Who changed it; null when that was not told. */
  readonly changedBy: string | null;
  readonly before: State | null;
  /** Null when the record was deleted, and of a command where the ERP tells what comes of it. */
  readonly after: State | null;
  /** The id of the command that made it so; null where none did. */
  readonly command: string | null;
};

export type StatusChange = EntryOf<'collectionsStatus', StatusEntry> & {
  /** Id of the transaction's document; null when it was never told. */
  readonly transaction: string | null;
};
export type LetterChange = EntryOf<'collectionLetter', CollectionLetter>;
export type ReminderDrafted = EntryOf<'reminderEmail', ReminderState>;

export type CommandEntry = EntryOf<'command', readonly Subject[]> &
  Pick<CommandDocument, 'state'> & { readonly type: CommandDocument['work']['type'] };

/** How a reminder email was drafted; it is found by the record. */
export type ReminderState = {
  readonly tone: Tone;
  readonly language: Language;
  readonly generator: 'model' | 'template';
  readonly model: string | null;
  readonly sheetHash: string;
};

export type HistoryItem = StatusChange | LetterChange | CommandEntry | ReminderDrafted;

/** The history in a company of this time zone, newest first. */
export function collectionsHistory(
  documents: readonly HistoryDocument[],
  commands: readonly CommandDocument[],
  timeZone: string,
): readonly HistoryItem[] {
  const records = Map.groupBy(documents.flatMap(versionOf), keyOf);
  for (const [key, versions] of records) if (versions.some(isReplaced)) records.delete(key);
  const statuses: StatusChange[] = [];
  const letters: LetterChange[] = [];
  const reminders: ReminderDrafted[] = [];
  for (const versions of records.values()) {
    versions.sort((a, b) => compareVersions(a.version, b.version));
    switch (versions[0]?.entity) {
      case 'collectionLetter':
        letters.push(...changesOf(versions, timeZone));
        break;
      case 'collectionsStatus':
        statuses.push(...wordsOf(versions, timeZone));
        break;
      case 'reminderEmail':
        reminders.push(...versions.flatMap((told) => drafted(told, timeZone)));
        break;
      case undefined:
        break;
    }
  }
  const byTransaction = Map.groupBy(statuses, ({ transaction }) => transaction);
  const told = [...byTransaction.values()].flatMap(inForceBefore);
  const asked = commands.map((command) => commandEntry(command, timeZone));
  return [...told, ...letters, ...asked, ...reminders].toSorted((a, b) => -compareHistory(a, b));
}

/** A row of the workspace's own is taken back when the ERP tells its own: then that one is told. */
function isReplaced({ source, row }: Told): boolean {
  return source === WORKSPACE_SOURCE && row === null;
}

function commandEntry(command: CommandDocument, timeZone: string): CommandEntry {
  const { id, key, requestedAt, state, work } = command;
  return {
    id,
    entity: 'command',
    source: WORKSPACE_SOURCE,
    record: key,
    version: { epoch: WORKSPACE_EPOCH, version: '1' },
    on: localDay(requestedAt, timeZone),
    at: requestedAt,
    changedBy: requester(command),
    command: idOf(command),
    type: work.type,
    state,
    ...subjectsOf(command),
  };
}

/** A version as it was told. */
type Told = Pick<HistoryDocument, 'id' | 'entity' | 'source' | 'record'> & {
  readonly version: Version;
  readonly command: string | null;
  readonly time: string;
  readonly row: NonNullable<HistoryDocument['parts'][string]>['row'];
};

function versionOf({ id, entity, source, record, parts }: HistoryDocument): readonly Told[] {
  const part = parts[MAIN_FACET];
  if (part === undefined) return [];
  const { epoch, version, time, row, causedBy: command = null } = part;
  return [{ id, entity, source, record, version: { epoch, version }, command, time, row }];
}

function keyOf({ entity, source, record }: Told): string {
  return JSON.stringify([entity, source, record]);
}

/** The versions of one letter, oldest first, each after the one before. */
function changesOf(versions: readonly Told[], timeZone: string): readonly LetterChange[] {
  let before: CollectionLetter | null = null;
  return versions.map(({ time, row, ...told }) => {
    const after = row === null ? null : readLetter(row);
    const toldOn = localDay(time, timeZone);
    // A letter is posted on a day; all else that happens to it does when it is told.
    const on = after?.status === 'posted' ? (after.postedOn ?? toldOn) : toldOn;
    const when = { on, at: on === toldOn ? time : null };
    const change = { ...told, entity: 'collectionLetter' as const, ...when, changedBy: null };
    const entry: LetterChange = { ...change, before, after };
    before = after;
    return entry;
  });
}

/** A reminder email as it was drafted: nothing was so before, and nothing changes it. */
function drafted({ time, row, ...told }: Told, timeZone: string): readonly ReminderDrafted[] {
  if (row === null) return [];
  const after: ReminderState = {
    tone: oneOf(row, 'tone', TONES),
    language: oneOf(row, 'language', LANGUAGES),
    generator: oneOf(row, 'generator', ['model', 'template']),
    model: textOrNull(row, 'model'),
    sheetHash: text(row, 'sheetHash'),
  };
  const changedBy = textOrNull(row, 'changedBy');
  const when = { on: localDay(time, timeZone), at: time };
  return [{ ...told, entity: 'reminderEmail', ...when, changedBy, before: null, after }];
}

/**
 * The versions of one status record, oldest first. A deletion is about what the record said last,
 * and happened no earlier than that; what was so `before` follows from its transaction's others.
 */
function wordsOf(versions: readonly Told[], timeZone: string): readonly StatusChange[] {
  let last: { readonly at: string; readonly transaction: string } | null = null;
  let said: StatusEntry | null = null;
  return versions.map(({ time, row, ...told }) => {
    const word = statusWordOf(row, told.source, told.record);
    if (word !== null) last = { at: word.entry.changedAt, transaction: word.transaction.id };
    const at: string = word?.entry.changedAt ?? (last !== null && last.at > time ? last.at : time);
    const change: StatusChange = {
      ...told,
      entity: 'collectionsStatus',
      transaction: last?.transaction ?? null,
      on: localDay(at, timeZone),
      at,
      changedBy: row === null ? null : textOrNull(row, 'changedBy'),
      before: row === null ? said : null,
      after: word?.entry ?? null,
    };
    said = change.after;
    return change;
  });
}

/**
 * The changes of one transaction, each with the status before it: the one that comes before it by
 * the rule which counts (SPEC §3.5), unless that was deleted by then.
 */
function inForceBefore(changes: readonly StatusChange[]): readonly StatusChange[] {
  const standing: StatusChange[] = [];
  return changes.toSorted(compareHistory).map((change) => {
    if (change.after === null) {
      const kept = standing.filter((other) => !isTakenBack(other, change));
      standing.splice(0, standing.length, ...kept);
      return change;
    }
    const before = standing.at(-1)?.after ?? null;
    standing.push(change);
    return { ...change, before };
  });
}

function isTakenBack(word: StatusChange, deletion: StatusChange): boolean {
  return (
    word.source === deletion.source &&
    word.record === deletion.record &&
    compareVersions(word.version, deletion.version) < 0
  );
}

/** Stands after any instant: what is known by its day alone is told last of it. */
const END_OF_DAY = '~';

/** Oldest first: by day, then instant, then source, record and version; no two are equal. */
function compareHistory(left: HistoryItem, right: HistoryItem): number {
  return (
    left.on - right.on ||
    compareText(left.at ?? END_OF_DAY, right.at ?? END_OF_DAY) ||
    compareText(left.entity, right.entity) ||
    compareText(left.source, right.source) ||
    compareText(left.record, right.record) ||
    compareVersions(left.version, right.version)
  );
}
