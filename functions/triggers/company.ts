// What is asked about a company: its pools, its lists, its customers.
import { getCompanyAgedBalances } from '../aged-balances.ts';
import { getCustomersFound } from '../customer-search.ts';
import {
  getCompanyActivities,
  getCompanyActivity,
  getCompanyHighestBalances,
  getCompanyOverview,
} from '../overview.ts';
import type { Trigger } from '../trigger.ts';
import { getPools } from '../user.ts';
import { COMPANY } from './routes.ts';

export const companyTriggers = [
  {
    kind: 'http',
    name: 'get-pools',
    method: 'GET',
    route: `${COMPANY}/pools`,
    policy: 'company',
    runs: getPools,
  },
  {
    kind: 'http',
    name: 'get-overview',
    method: 'GET',
    route: `${COMPANY}/overview`,
    policy: 'company',
    runs: getCompanyOverview,
  },
  {
    kind: 'http',
    name: 'get-highest-balances',
    method: 'GET',
    route: `${COMPANY}/highest-balances`,
    policy: 'company',
    runs: getCompanyHighestBalances,
  },
  {
    kind: 'http',
    name: 'get-aged-balances',
    method: 'GET',
    route: `${COMPANY}/aged-balances`,
    policy: 'company',
    runs: getCompanyAgedBalances,
  },
  {
    kind: 'http',
    name: 'get-activities',
    method: 'GET',
    route: `${COMPANY}/activities`,
    policy: 'company',
    runs: getCompanyActivities,
  },
  {
    kind: 'http',
    name: 'get-activity',
    method: 'GET',
    route: `${COMPANY}/activities/{id}`,
    policy: 'company',
    runs: getCompanyActivity,
  },
  {
    kind: 'http',
    name: 'get-customers',
    method: 'GET',
    route: `${COMPANY}/customers`,
    policy: 'company',
    runs: getCustomersFound,
  },
] as const satisfies readonly Trigger[];
