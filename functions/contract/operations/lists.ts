// The operations on the company-wide lists.
import { HIGHEST_MAX } from '../../../application/get-highest-balances.ts';
import { BUCKETS_MAX } from '../../../domain/aging-definition.ts';
import { SEARCH_LENGTH_MAX } from '../../customer-search.ts';
import { activities, activity } from '../answers/activities-schema.ts';
import { agedBalances, customersFound, highestBalances } from '../answers/lists-schema.ts';
import { overview } from '../answers/overview-schema.ts';
import {
  agedColumns,
  FILTER_COLUMNS,
  HIGHEST_COLUMNS,
  OLDEST_FIRST,
  YOUNGEST_FIRST,
} from '../list-query.ts';
import { ACTIVITY_STATUS } from '../query.ts';
import { grid, json, type Operation } from './operation.ts';
import { AGING, choice, CURSOR, filtersBy, LIMIT, POOL, sortBy } from './parameters.ts';

export const getOverview: Operation = {
  tag: 'Lists',
  summary: 'The landing page',
  description:
    'The caller’s open activities, the highest balances and the aged balances of a pool, each as ' +
    'its first page.',
  query: [POOL, { ...LIMIT, description: 'The activities and aged balances to answer at most.' }],
  answers: { 200: json('The landing page.', overview) },
  conditional: true,
};

export const getHighestBalances: Operation = {
  tag: 'Lists',
  summary: 'Highest balances',
  description: `The ${HIGHEST_MAX} customers of a pool with the highest outstanding balance; sorted and filtered within them.`,
  query: [
    POOL,
    sortBy(HIGHEST_COLUMNS, [], '-balance'),
    ...filtersBy([...HIGHEST_COLUMNS, ...FILTER_COLUMNS]),
    {
      ...LIMIT,
      description: 'The customers to answer at most, the first in the order asked for.',
      schema: { type: 'integer', minimum: 1, maximum: HIGHEST_MAX, default: HIGHEST_MAX },
    },
  ],
  answers: { 200: grid('The customers, highest balance first.', highestBalances) },
  conditional: true,
};

export const getAgedBalances: Operation = {
  tag: 'Lists',
  summary: 'Aged balances of customers with overdue debt',
  description:
    'Oldest bucket with an amount first, then its amount, then the account. `bucket.0` is the first ' +
    'bucket of the pool’s or the company’s definition, by which the list is sorted and filtered; ' +
    'another one asked for with `aging` tells the buckets of the page shown. Filters on account, ' +
    'name, credit group, account status and risk group, and ranges on the column sorted by, are ' +
    'found in an index; others read the list through.',
  query: [
    POOL,
    AGING,
    sortBy(agedColumns(BUCKETS_MAX), [OLDEST_FIRST, YOUNGEST_FIRST], OLDEST_FIRST),
    ...filtersBy([...agedColumns(BUCKETS_MAX), ...FILTER_COLUMNS]),
    {
      name: 'oldestBucket',
      description:
        'The oldest bucket with an amount is the one with this label, of the pool’s or the ' +
        'company’s definition.',
      schema: { type: 'string' },
    },
    LIMIT,
    CURSOR,
  ],
  answers: { 200: grid('A page of the customers.', agedBalances) },
  conditional: true,
};

export const getActivities: Operation = {
  tag: 'Lists',
  summary: 'Activities of a worker',
  description:
    'What the caller, or another worker, is responsible for at customers the caller may see, ' +
    'soonest end first.',
  query: [
    {
      name: 'responsible',
      description: 'The worker; left out, the caller’s own.',
      schema: { type: 'string' },
    },
    { ...POOL, description: 'Only at customers of this pool; left out, at all of them.' },
    choice(ACTIVITY_STATUS, 'Whether they are closed.'),
    LIMIT,
    CURSOR,
  ],
  answers: { 200: grid('A page of the activities.', activities) },
  conditional: true,
};

export const getActivity: Operation = {
  tag: 'Lists',
  summary: 'One activity',
  description: 'The whole of it, with its note.',
  answers: { 200: json('The activity.', activity) },
  conditional: true,
  problems: ['activity-not-found'],
};

export const getCustomers: Operation = {
  tag: 'Lists',
  summary: 'Look a customer up',
  description: 'Customers of a pool whose account, or else whose name, begins like this.',
  query: [
    {
      name: 'search',
      description: 'The beginning; capitals and small letters are the same in names.',
      schema: { type: 'string', minLength: 1, maxLength: SEARCH_LENGTH_MAX },
      required: true,
    },
    POOL,
    LIMIT,
    CURSOR,
  ],
  answers: { 200: json('A page of the customers.', customersFound) },
  conditional: true,
};
