// The answer of …/collections-history (SPEC §3.5, §4): who did what when, before and after.
import type { HistoryAnswer, HistoryEntry } from '../../../application/get-collections-history.ts';
import type { CustomerView } from '../../../application/open-customer.ts';
import { formatDay } from '../../../domain/calendar.ts';
import type { CollectionLetter } from '../../../domain/collection-letter.ts';
import type { StatusEntry } from '../../../domain/collections-status.ts';
import { formatAmount } from '../../../domain/money.ts';
import { dateOrNull, freshness } from './freshness.ts';
import { letterFields } from './timeline.ts';

/** A page of the history; `cursor` is null on the last. */
export function historyAnswer(view: CustomerView, answer: HistoryAnswer, cursor: string | null) {
  return {
    ...freshness(view, view.businessDate),
    items: answer.items.map(entryAnswer),
    cursor,
  };
}

function entryAnswer(entry: HistoryEntry) {
  const { entity, on, at, changedBy, source, record, version, after } = entry;
  return {
    entity,
    date: formatDay(on),
    at,
    changedBy,
    source: `${source}/${version.epoch}`,
    record,
    version: version.version,
    deleted: after === null,
    ...statesOf(entry),
  };
}

function statesOf(entry: HistoryEntry) {
  switch (entry.entity) {
    case 'collectionsStatus': {
      const { number, before, after } = entry;
      return { number, before: statusFields(before), after: statusFields(after) };
    }
    case 'collectionLetter': {
      const { before, after } = entry;
      const number = after?.number ?? before?.number ?? null;
      return { number, before: letterState(before), after: letterState(after) };
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

function letterState(letter: CollectionLetter | null) {
  return letter === null ? null : { status: letter.status, ...letterFields(letter) };
}
