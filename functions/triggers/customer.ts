// What is asked about one customer.
import {
  getCustomerContacts,
  getCustomerHistory,
  getCustomerTimeline,
} from '../customer-dealings.ts';
import { getCustomerAging, getCustomerTransactions, getCustomerWorkspace } from '../customers.ts';
import { getCustomerExplanation } from '../explain.ts';
import type { Trigger } from '../trigger.ts';
import { CUSTOMER } from './routes.ts';

export const customerTriggers = [
  {
    kind: 'http',
    name: 'get-customer',
    method: 'GET',
    route: CUSTOMER,
    policy: 'customer',
    runs: getCustomerWorkspace,
  },
  {
    kind: 'http',
    name: 'get-customer-aging',
    method: 'GET',
    route: `${CUSTOMER}/aging`,
    policy: 'customer',
    runs: getCustomerAging,
  },
  {
    kind: 'http',
    name: 'get-customer-transactions',
    method: 'GET',
    route: `${CUSTOMER}/transactions`,
    policy: 'customer',
    runs: getCustomerTransactions,
  },
  {
    kind: 'http',
    name: 'get-customer-timeline',
    method: 'GET',
    route: `${CUSTOMER}/timeline`,
    policy: 'customer',
    runs: getCustomerTimeline,
  },
  {
    kind: 'http',
    name: 'get-customer-contacts',
    method: 'GET',
    route: `${CUSTOMER}/contacts`,
    policy: 'customer',
    runs: getCustomerContacts,
  },
  {
    kind: 'http',
    name: 'get-collections-history',
    method: 'GET',
    route: `${CUSTOMER}/collections-history`,
    policy: 'customer',
    runs: getCustomerHistory,
  },
  {
    kind: 'http',
    name: 'get-customer-explanation',
    method: 'GET',
    route: `${CUSTOMER}/explain`,
    policy: 'customer',
    runs: getCustomerExplanation,
  },
] as const satisfies readonly Trigger[];
