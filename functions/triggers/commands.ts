// What is commanded, and what the ERP tells of it.
import { COLLECTIONS_ROLES } from '../../domain/access.ts';
import { postActivitiesClose, postActivity } from '../activity-commands.ts';
import { getCommand, postCommandOutcome, postCustomerCommand } from '../commands.ts';
import type { Trigger } from '../trigger.ts';
import { COMPANY, CUSTOMER } from './routes.ts';

export const commandTriggers = [
  {
    kind: 'http',
    name: 'post-command',
    method: 'POST',
    route: `${CUSTOMER}/commands`,
    policy: 'customer',
    runs: postCustomerCommand,
  },
  {
    kind: 'http',
    name: 'post-activity',
    method: 'POST',
    route: `${COMPANY}/activities`,
    policy: 'company',
    runs: postActivity,
  },
  {
    kind: 'http',
    name: 'post-activities-close',
    method: 'POST',
    route: `${COMPANY}/activities/close`,
    policy: 'company',
    runs: postActivitiesClose,
  },
  {
    kind: 'http',
    name: 'get-command',
    method: 'GET',
    route: 'commands/{id}',
    policy: 'roles',
    roles: COLLECTIONS_ROLES,
    runs: getCommand,
  },
  {
    kind: 'http',
    name: 'post-command-outcome',
    method: 'POST',
    route: 'commands/{id}/outcome',
    policy: 'roles',
    roles: ['Feed.Write'],
    runs: postCommandOutcome,
  },
] as const satisfies readonly Trigger[];
