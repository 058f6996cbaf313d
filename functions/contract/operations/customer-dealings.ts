// The operations on dealing with a customer.
import { HISTORY_VERSIONS_MAX } from '../../../application/get-collections-history.ts';
import { TIMELINE_DAYS, TIMELINE_TYPES } from '../../../domain/timeline.ts';
import { collectionsHistory } from '../answers/collections-history-schema.ts';
import { contacts } from '../answers/contacts-schema.ts';
import { timeline } from '../answers/timeline-schema.ts';
import { INCLUDE_FUTURE } from '../query.ts';
import { json, type Operation } from './operation.ts';
import { choice, CURSOR, day, LIMIT } from './parameters.ts';

export const getCustomerTimeline: Operation = {
  tag: 'Customer',
  summary: 'Timeline',
  description:
    `What happened in the last ${TIMELINE_DAYS} days up to today: invoices, payments, posted ` +
    'letters and activities; newest first, then by type and record. Canceled letters and reversed ' +
    'payments are marked, not hidden.',
  query: [
    {
      name: 'types',
      description: 'One or several, with commas between them or as several parameters; else all.',
      schema: { type: 'array', items: { type: 'string', enum: [...TIMELINE_TYPES] } },
    },
    day('from', `The first day, at most ${TIMELINE_DAYS} days ago.`),
    day('to', 'The last day.'),
    choice(INCLUDE_FUTURE, 'Whether to show what is dated after today.'),
    LIMIT,
    CURSOR,
  ],
  answers: { 200: json('A page of the timeline.', timeline) },
  conditional: true,
};

export const getCustomerContacts: Operation = {
  tag: 'Customer',
  summary: 'Contacts',
  description:
    'Whom to turn to: the contact for collections, who is the first contact where none is; another; ' +
    'the organization; and who is responsible here.',
  answers: { 200: json('The contacts.', contacts) },
  conditional: true,
};

export const getCollectionsHistory: Operation = {
  tag: 'Customer',
  summary: 'Collections history',
  description:
    'Every command, and every version of a collections status or a letter that was ever told, newest first: who, when, ' +
    `before and after. One of more than ${HISTORY_VERSIONS_MAX} versions is refused.`,
  query: [LIMIT, CURSOR],
  answers: { 200: json('A page of the history.', collectionsHistory) },
  conditional: true,
  problems: ['history-too-long'],
};
