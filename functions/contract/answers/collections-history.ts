// The answer of …/collections-history (SPEC §3.5, §4): who did what when, before and after.
import type { HistoryAnswer, HistoryEntry } from '../../../application/get-collections-history.ts';
import type { CustomerView } from '../../../application/open-customer.ts';
import { formatDay } from '../../../domain/calendar.ts';
import type { CollectionLetter } from '../../../domain/collection-letter.ts';
import type { ReminderState } from '../../../domain/collections-history.ts';
import type { StatusEntry } from '../../../domain/collections-status.ts';
import { formatAmount } from '../../../domain/money.ts';
import { placedId } from '../../../domain/placed-id.ts';
import type { AnswerOf } from './answer-of.ts';
import type { collectionsHistory, historyEntry } from './collections-history-schema.ts';
import { dateOrNull, freshness } from './freshness.ts';
import { letterFields } from './timeline.ts';

/** A page of the history; `cursor` is null on the last. */
export function historyAnswer(
  view: CustomerView,
  answer: HistoryAnswer,
  cursor: string | null,
): AnswerOf<typeof collectionsHistory> {
  return {
    ...freshness(view, view.businessDate),
    items: answer.items.map((entry) => entryAnswer(entry, view.pk)),
    cursor,
  };
}

function entryAnswer(entry: HistoryEntry, pk: string): AnswerOf<typeof historyEntry> {
  const { on, at, changedBy, source, record, version } = entry;
  const told = {
    date: formatDay(on),
    at,
    changedBy,
    source: `${source}/${version.epoch}`,
    record,
    version: version.version,
    deleted: entry.entity !== 'command' && entry.after === null,
    command: entry.command,
  };
  switch (entry.entity) {
    case 'collectionsStatus': {
      const { entity, number, before, after } = entry;
      const states = { before: statusFields(before), after: statusFields(after) };
      return { entity, ...told, number, ...states };
    }
    case 'command': {
      const { entity, type, state, before, after } = entry;
      return { entity, ...told, number: null, type, state, before, after };
    }
    case 'reminderEmail': {
      const { entity } = entry;
      const states = { before: null, after: reminderFields(entry.after) };
      return { entity, ...told, number: null, ...states, id: placedId({ pk, key: record }) };
    }
    case 'collectionLetter': {
      const { entity, before, after } = entry;
      const number = after?.number ?? before?.number ?? null;
      const states = { before: letterState(before), after: letterState(after) };
      return { entity, ...told, number, ...states };
    }
  }
}

function statusFields(entry: StatusEntry | null) {
  if (entry === null) return null;
  const { status, followUpOn, amount, currency, reason, note } = entry;
  return {
    status,
    followUpDate: dateOrNull(followUpOn),
    amount: amount === null || currency === null ? null : formatAmount(amount, currency),
    currency,
    reason,
    note,
  };
}

function reminderFields(state: ReminderState | null) {
  if (state === null) return null;
  const { tone, language, generator, model, sheetHash: factSheetHash } = state;
  return { tone, language, generator, model, factSheetHash };
}

function letterState(letter: CollectionLetter | null) {
  return letter === null ? null : { status: letter.status, ...letterFields(letter) };
}
