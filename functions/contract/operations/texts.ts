// The operations on generated texts.
import { CALLS_PER_DAY } from '../../../application/text/text-budget.ts';
import { FIRM_DAYS_MAX, FRIENDLY_DAYS_MAX } from '../../../domain/text/reminder-sheet.ts';
import { SUMMARY_LANGUAGE } from '../../texts.ts';
import { reminderEmail, summary } from '../answers/texts-schema.ts';
import { reminderRequest } from '../reminder-request.ts';
import { json, type Operation } from './operation.ts';
import { choice } from './parameters.ts';

const CHECKED =
  'All figures are worked out here, none by a model. Every amount, date, number, percentage, count ' +
  'and name of a text that a model wrote is in `facts`, or the text is not shown: then a template ' +
  `says the same facts. A model is asked at most ${CALLS_PER_DAY} times a day for one customer.`;

export const getCustomerSummary: Operation = {
  tag: 'Texts',
  summary: 'Summary of the account',
  description:
    'What is owed, how the customer pays, what was promised and disputed, and what there is to do, ' +
    `live. It is kept while its facts are the same. ${CHECKED}`,
  query: [choice(SUMMARY_LANGUAGE, 'The language of the text.')],
  answers: { 200: json('The summary.', summary) },
  conditional: true,
};

export const postReminderEmail: Operation = {
  tag: 'Texts',
  summary: 'Draft a reminder email',
  description:
    'A draft of an email about what is overdue, to be checked and sent by the user: it is never sent ' +
    'from here. Disputed items are left out; what was promised for a day that has not passed is ' +
    'acknowledged. Its tone goes by the oldest age it reminds of: `friendly` up to ' +
    `${FRIENDLY_DAYS_MAX} days, \`firm\` up to ${FIRM_DAYS_MAX}, \`final\` beyond. It is in the ` +
    `customer’s language, which is English or German, else in English. ${CHECKED}`,
  body: {
    description: 'That the user has accepted the notice.',
    content: { 'application/json': reminderRequest.meta({ id: 'ReminderRequest' }) },
  },
  answers: {
    201: {
      ...json('The draft.', reminderEmail),
      headers: { location: 'Where the draft is from now on.' },
    },
  },
  problems: [
    'malformed-json',
    'invalid-parameter',
    'request-too-large',
    'confirmation-required',
    'nothing-to-remind-of',
  ],
};

export const getReminderEmail: Operation = {
  tag: 'Texts',
  summary: 'A reminder email',
  description:
    'A draft that was made before, and whether its facts have changed since, as they do when a ' +
    'payment arrives. With `.eml` after the id the email as a message (RFC 5322), marked as unsent, ' +
    'which mail programs open to be checked and sent. A draft of a customer whom the caller does not ' +
    'see is not found.',
  answers: {
    200: {
      description: 'The draft, or its message.',
      content: {
        'application/json': reminderEmail,
        'message/rfc822': { text: 'With `.eml` after the id: the message, as text and as HTML.' },
      },
    },
  },
  conditional: true,
  problems: ['reminder-email-not-found', 'feature-off'],
};
