// THE TABLE of triggers: everything that starts this app's code, each with what it runs. The
// Functions host matches routes in the order of the functions' names; none here matches what
// another does.
import { applyChangeMessage, type QueueHandler } from './changes-queue.ts';
import { CHANGES_QUEUE } from './composition.ts';
import { getCustomerAging, getCustomerTransactions, getCustomerWorkspace } from './customers.ts';
import { postChanges } from './feed.ts';
import { getHealthState } from './health.ts';
import type { ApiHandler } from './http.ts';

export type HttpTrigger = {
  readonly kind: 'http';
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly route: string;
  readonly runs: ApiHandler;
};

export type QueueTrigger = {
  readonly kind: 'queue';
  readonly name: string;
  readonly queue: string;
  readonly runs: QueueHandler;
};

export type Trigger = HttpTrigger | QueueTrigger;

const CUSTOMER = 'companies/{company}/customers/{customer}';

export const triggers: readonly Trigger[] = [
  { kind: 'http', name: 'health', method: 'GET', route: 'health', runs: getHealthState },
  { kind: 'http', name: 'post-changes', method: 'POST', route: 'changes', runs: postChanges },
  {
    kind: 'http',
    name: 'get-customer',
    method: 'GET',
    route: CUSTOMER,
    runs: getCustomerWorkspace,
  },
  {
    kind: 'http',
    name: 'get-customer-aging',
    method: 'GET',
    route: `${CUSTOMER}/aging`,
    runs: getCustomerAging,
  },
  {
    kind: 'http',
    name: 'get-customer-transactions',
    method: 'GET',
    route: `${CUSTOMER}/transactions`,
    runs: getCustomerTransactions,
  },
  { kind: 'queue', name: 'apply-changes', queue: CHANGES_QUEUE, runs: applyChangeMessage },
];
