// The operations on one customer.
import { AS_OF_ROWS_MAX } from '../../../domain/as-of.ts';
import { FIGURES } from '../../../domain/figure.ts';
import { aging } from '../answers/aging-schema.ts';
import { customer } from '../answers/customer-schema.ts';
import { explanation } from '../answers/explain-schema.ts';
import { transactions } from '../answers/transactions-schema.ts';
import { CREDITS, TAB, TRANSACTION_SORT } from '../query.ts';
import { json, type Operation } from './operation.ts';
import { AGING, AS_OF, choice, CURRENCY, CURSOR, LIMIT } from './parameters.ts';

const TOO_FAR = `An as-of date beyond which more than ${AS_OF_ROWS_MAX} rows have moved is refused.`;

export const getCustomer: Operation = {
  tag: 'Customer',
  summary: 'The workspace of a customer',
  description:
    'Profile, aged balances by the company’s own definition, credit, metrics, contacts, and what ' +
    'each tab holds: the whole page in one call, live.',
  answers: { 200: json('The workspace.', customer) },
  conditional: true,
};

export const getCustomerAging: Operation = {
  tag: 'Customer',
  summary: 'Aged balances',
  description:
    'What the customer owes, by age, in the accounting currency and in each transaction currency, ' +
    `now or at any date. Σ buckets + unapplied = balance, in each. ${TOO_FAR}`,
  query: [
    AS_OF,
    AGING,
    choice(
      CREDITS,
      'Where credits go: `separate` leaves them out of the buckets, under `unapplied`; `ownDate` ' +
        'ages them by their own date; `oldestFirst` takes them off the oldest bucket, then newer ' +
        'ones, the rest is `unapplied`.',
    ),
    CURRENCY,
  ],
  answers: { 200: json('The aged balances.', aging) },
  conditional: true,
  problems: ['as-of-too-far'],
};

export const getCustomerTransactions: Operation = {
  tag: 'Customer',
  summary: 'Transactions of a tab',
  description: `The posted lines of the account, page by page, with age and collections status. ${TOO_FAR}`,
  query: [
    choice(
      TAB,
      '`open`: an open amount other than zero, of either sign; `disputed`, `promised`: open with ' +
        'that status; `unsettled`: an open amount owed to the customer; `all`: closed ones too.',
    ),
    AS_OF,
    choice(TRANSACTION_SORT, 'By due date, the latest first with `-`.'),
    LIMIT,
    CURSOR,
  ],
  answers: { 200: json('A page of the tab.', transactions) },
  conditional: true,
  problems: ['as-of-too-far'],
};

export const getCustomerExplanation: Operation = {
  tag: 'Customer',
  summary: 'Where a figure comes from',
  description:
    'The transactions that add up to a figure of the aged balances, with credits apart from ' +
    `buckets, and the changes (source, version, time) behind each. ${TOO_FAR}`,
  query: [
    {
      name: 'figure',
      description: 'Which figure.',
      schema: { type: 'string', enum: [...FIGURES] },
      required: true,
    },
    {
      name: 'bucket',
      description: 'With `figure=bucket`: the label of the bucket, or its place counted from 0.',
      schema: { type: 'string' },
    },
    AS_OF,
    AGING,
    { ...CURRENCY, description: 'The figure in this currency alone; else in accounting currency.' },
    LIMIT,
    CURSOR,
  ],
  answers: { 200: json('A page of the transactions.', explanation) },
  conditional: true,
  problems: ['as-of-too-far'],
};
