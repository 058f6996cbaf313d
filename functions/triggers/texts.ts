// Texts that are generated from the figures of a customer.
import { COLLECTIONS_ROLES } from '../../domain/access.ts';
import { getCustomerSummary, getReminderEmail, postReminderEmail } from '../texts.ts';
import type { Trigger } from '../trigger.ts';
import { CUSTOMER } from './routes.ts';

export const textTriggers = [
  {
    kind: 'http',
    name: 'get-customer-summary',
    method: 'GET',
    route: `${CUSTOMER}/summary`,
    policy: 'customer',
    runs: getCustomerSummary,
  },
  {
    kind: 'http',
    name: 'post-reminder-email',
    method: 'POST',
    route: `${CUSTOMER}/reminder-emails`,
    policy: 'customer',
    runs: postReminderEmail,
  },
  // Whose it is stands in the id: the handler finds the customer only for those who may see it.
  {
    kind: 'http',
    name: 'get-reminder-email',
    method: 'GET',
    route: 'reminder-emails/{id}',
    policy: 'roles',
    roles: COLLECTIONS_ROLES,
    runs: getReminderEmail,
  },
] as const satisfies readonly Trigger[];
