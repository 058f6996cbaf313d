// Reads about dealing with a customer rather than its ledger, over HTTP (SPEC §3.5–3.7, §4): the
// timeline, the contacts, the collections history.
import {
  getCollectionsHistory,
  HISTORY_VERSIONS_MAX,
} from '../application/get-collections-history.ts';
import { getTimeline, type OutsideWindow, timelineWindow } from '../application/get-timeline.ts';
import { formatDay } from '../domain/calendar.ts';
import { TIMELINE_TYPES, type TimelinePlace } from '../domain/timeline.ts';
import { conditional } from './conditional-read.ts';
import { historyAnswer } from './contract/answers/collections-history.ts';
import { contactsAnswer } from './contract/answers/contacts.ts';
import { timelineAnswer } from './contract/answers/timeline.ts';
import { cursorOf, type Position, readPosition, UNKNOWN_CURSOR } from './contract/cursor.ts';
import {
  INCLUDE_FUTURE,
  invalid,
  readChoice,
  readDay,
  readLimit,
  readSeveral,
} from './contract/query.ts';
import type { Answer } from './http.ts';
import type { CustomerHandler } from './policy.ts';

/** `GET …/customers/{customer}/timeline`: what happened, newest first. */
export const getCustomerTimeline: CustomerHandler = (request, app, { view }) => {
  const { query } = request;
  const types = readSeveral(query, 'types', TIMELINE_TYPES);
  if ('problem' in types) return Promise.resolve(types);
  const from = readDay(query, 'from');
  if ('problem' in from) return Promise.resolve(from);
  const to = readDay(query, 'to');
  if ('problem' in to) return Promise.resolve(to);
  const future = readChoice(query, INCLUDE_FUTURE);
  if ('problem' in future) return Promise.resolve(future);
  const limit = readLimit(query);
  if ('problem' in limit) return Promise.resolve(limit);
  const days = { from: from.value, to: to.value, includeFuture: future.value === 'true' };
  const window = timelineWindow(view.businessDate, days);
  if ('kind' in window) return Promise.resolve(outside(window));
  const list = ['timeline', view.pk, types.value, ...Object.values(days)].join('|');
  const after = readPosition(query, list, [0, '', '', '']);
  if ('problem' in after) return Promise.resolve(after);
  const page = { types: types.value, window, after: placeOf(after.value), limit: limit.value };
  return conditional(request, view, app, async () => {
    const answer = await getTimeline(view, page, app.reads);
    const cursor = cursorOf(answer.next === null ? null : positionOf(answer.next), list);
    return { status: 200, body: timelineAnswer(view, answer, cursor) };
  });
};

function positionOf({ on, type, record, source }: TimelinePlace): Position {
  return [on, type, record, source];
}

function placeOf(position: Position | null): TimelinePlace | null {
  if (position === null) return null;
  const [on, type, record, source] = position;
  return { on: Number(on), type: String(type), record: String(record), source: String(source) };
}

function outside({ parameter, earliest, latest }: OutsideWindow): Answer {
  const [first, last] = [formatDay(earliest), latest === null ? 'later' : formatDay(latest)];
  const detail =
    'The timeline shows the last 365 days up to today, later ones with includeFuture=true, and ' +
    'ends no earlier than it begins.';
  return invalid(parameter, detail, [`${first} to ${last}`]);
}

/** `GET …/customers/{customer}/contacts`: whom to turn to, from the header alone. */
export const getCustomerContacts: CustomerHandler = (request, app, { view }) =>
  conditional(request, view, app, () =>
    Promise.resolve({ status: 200, body: contactsAnswer(view) }),
  );

/** `GET …/customers/{customer}/collections-history`: who did what when, newest first. */
export const getCustomerHistory: CustomerHandler = (request, app, { view }) => {
  const { query } = request;
  const limit = readLimit(query);
  if ('problem' in limit) return Promise.resolve(limit);
  const list = ['collections-history', view.pk].join('|');
  const after = readPosition(query, list, ['']);
  if ('problem' in after) return Promise.resolve(after);
  const [id = null] = after.value ?? [];
  const page = { after: id === null ? null : String(id), limit: limit.value };
  return conditional(request, view, app, async () => {
    const answer = await getCollectionsHistory(view, page, app.reads);
    if (!('kind' in answer)) {
      const cursor = cursorOf(answer.next === null ? null : [answer.next], list);
      return { status: 200, body: historyAnswer(view, answer, cursor) };
    }
    switch (answer.kind) {
      case 'unknown-entry':
        return UNKNOWN_CURSOR;
      case 'history-too-long': {
        const detail = `It has more than ${HISTORY_VERSIONS_MAX} versions of statuses and letters.`;
        return { problem: { kind: 'history-too-long', detail } };
      }
    }
  });
};
