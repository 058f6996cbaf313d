// THE TABLE of triggers: everything that starts this app's code, each with what it runs and, over
// HTTP, who may call it. The Functions host matches routes in the order of the functions' names;
// none here matches what another does.
import { ROLES } from '../domain/access.ts';
import { ageCompanyLists } from './age-lists.ts';
import { getCompanyAgedBalances } from './aged-balances.ts';
import { applyChangeMessage } from './changes-queue.ts';
import { CHANGES_QUEUE } from './connect.ts';
import {
  getCustomerContacts,
  getCustomerHistory,
  getCustomerTimeline,
} from './customer-dealings.ts';
import { getCustomerAging, getCustomerTransactions, getCustomerWorkspace } from './customers.ts';
import { getCustomersFound } from './customer-search.ts';
import { getDeadLetters, replayDeadLetters } from './dead-letters.ts';
import { getCustomerExplanation } from './explain.ts';
import { getDocumentationFile, getDocumentationPage, getOpenApiDocument } from './documentation.ts';
import { postChanges, postD365Rows } from './feed.ts';
import { getHealthState } from './health.ts';
import {
  getCompanyActivities,
  getCompanyActivity,
  getCompanyHighestBalances,
  getCompanyOverview,
} from './overview.ts';
import { getQuarantine, getQuarantineItem, replayQuarantineItem } from './quarantine.ts';
import { getRebuild, postRebuild } from './rebuild.ts';
import type { Trigger } from './trigger.ts';
import { getMe, getPools } from './user.ts';

const COMPANY = 'companies/{company}';
const CUSTOMER = `${COMPANY}/customers/{customer}`;

export const triggers = [
  {
    kind: 'http',
    name: 'health',
    method: 'GET',
    route: 'health',
    policy: 'public',
    runs: getHealthState,
  },
  {
    kind: 'http',
    name: 'get-openapi',
    method: 'GET',
    route: 'openapi.json',
    policy: 'public',
    runs: getOpenApiDocument,
  },
  {
    kind: 'http',
    name: 'get-docs',
    method: 'GET',
    route: 'docs',
    policy: 'public',
    runs: getDocumentationPage,
  },
  {
    kind: 'http',
    name: 'get-docs-file',
    method: 'GET',
    route: 'docs/{file}',
    policy: 'public',
    runs: getDocumentationFile,
  },
  {
    kind: 'http',
    name: 'post-changes',
    method: 'POST',
    route: 'changes',
    policy: 'roles',
    roles: ['Feed.Write'],
    runs: postChanges,
  },
  {
    kind: 'http',
    name: 'post-d365-rows',
    method: 'POST',
    route: 'changes/d365/{table}',
    policy: 'roles',
    roles: ['Feed.Write'],
    runs: postD365Rows,
  },
  {
    kind: 'http',
    name: 'get-me',
    method: 'GET',
    route: 'me',
    policy: 'roles',
    roles: ROLES,
    runs: getMe,
  },
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
    name: 'get-quarantine',
    method: 'GET',
    route: 'ops/quarantine',
    policy: 'roles',
    roles: ['Ops'],
    runs: getQuarantine,
  },
  {
    kind: 'http',
    name: 'get-quarantine-item',
    method: 'GET',
    route: 'ops/quarantine/{id}',
    policy: 'roles',
    roles: ['Ops'],
    runs: getQuarantineItem,
  },
  {
    kind: 'http',
    name: 'replay-quarantine-item',
    method: 'POST',
    route: 'ops/quarantine/{id}/replay',
    policy: 'roles',
    roles: ['Ops'],
    runs: replayQuarantineItem,
  },
  {
    kind: 'http',
    name: 'get-dead-letters',
    method: 'GET',
    route: 'ops/dead-letters',
    policy: 'roles',
    roles: ['Ops'],
    runs: getDeadLetters,
  },
  {
    kind: 'http',
    name: 'replay-dead-letters',
    method: 'POST',
    route: 'ops/dead-letters/replay',
    policy: 'roles',
    roles: ['Ops'],
    runs: replayDeadLetters,
  },
  {
    kind: 'http',
    name: 'post-rebuild',
    method: 'POST',
    route: 'ops/rebuild',
    policy: 'roles',
    roles: ['Ops'],
    runs: postRebuild,
  },
  {
    kind: 'http',
    name: 'get-rebuild',
    method: 'GET',
    route: 'ops/rebuild/{id}',
    policy: 'roles',
    roles: ['Ops'],
    runs: getRebuild,
  },
  {
    kind: 'http',
    name: 'get-customer-explanation',
    method: 'GET',
    route: `${CUSTOMER}/explain`,
    policy: 'customer',
    runs: getCustomerExplanation,
  },
  { kind: 'queue', name: 'apply-changes', queue: CHANGES_QUEUE, runs: applyChangeMessage },
  // Days begin at quarters of an hour, whatever the time zone; a few seconds later no clock is still
  // before it. One that fails has no retry but the next: what is due stays due, and until then
  // stale rows are aged on the page that shows them.
  { kind: 'timer', name: 'age-lists', schedule: '5 */15 * * * *', runs: ageCompanyLists },
] as const satisfies readonly Trigger[];

/** The names of the routes; `contract/operations` describes each. */
export type HttpTriggerName = Extract<(typeof triggers)[number], { readonly kind: 'http' }>['name'];
