// The operation of every route: a route without one does not compile.
import type { HttpTriggerName } from '../../triggers.ts';
import {
  getCommand,
  postActivitiesClose,
  postActivity,
  postCommand,
  postCommandOutcome,
} from './commands.ts';
import {
  getCustomer,
  getCustomerAging,
  getCustomerExplanation,
  getCustomerTransactions,
} from './customer.ts';
import {
  getCollectionsHistory,
  getCustomerContacts,
  getCustomerTimeline,
} from './customer-dealings.ts';
import { postD365Rows } from './d365.ts';
import { getSnapshots, getWatermarks, postChanges } from './feed.ts';
import {
  getActivities,
  getActivity,
  getAgedBalances,
  getCustomers,
  getHighestBalances,
  getOverview,
} from './lists.ts';
import type { Operation } from './operation.ts';
import {
  getDeadLetters,
  getQuarantine,
  getQuarantineItem,
  getErasure,
  getRebuild,
  postErasure,
  postRebuild,
  replayDeadLetters,
  replayQuarantineItem,
} from './ops.ts';
import { getDocs, getDocsFile, getHealth, getOpenApi } from './service.ts';
import { getCustomerSummary, getReminderEmail, postReminderEmail } from './texts.ts';
import { getMe, getPools } from './user.ts';

export type Operations = Readonly<Record<HttpTriggerName, Operation>>;

/** By the name of the trigger. */
export const operations: Operations = {
  'post-changes': postChanges,
  'post-d365-rows': postD365Rows,
  'get-watermarks': getWatermarks,
  'get-snapshots': getSnapshots,
  'get-me': getMe,
  'get-pools': getPools,
  'get-overview': getOverview,
  'get-highest-balances': getHighestBalances,
  'get-aged-balances': getAgedBalances,
  'get-activities': getActivities,
  'get-activity': getActivity,
  'get-customers': getCustomers,
  'post-command': postCommand,
  'post-activity': postActivity,
  'post-activities-close': postActivitiesClose,
  'get-command': getCommand,
  'post-command-outcome': postCommandOutcome,
  'get-customer': getCustomer,
  'get-customer-aging': getCustomerAging,
  'get-customer-transactions': getCustomerTransactions,
  'get-customer-explanation': getCustomerExplanation,
  'get-customer-timeline': getCustomerTimeline,
  'get-customer-contacts': getCustomerContacts,
  'get-collections-history': getCollectionsHistory,
  'get-customer-summary': getCustomerSummary,
  'post-reminder-email': postReminderEmail,
  'get-reminder-email': getReminderEmail,
  health: getHealth,
  'get-quarantine': getQuarantine,
  'get-quarantine-item': getQuarantineItem,
  'replay-quarantine-item': replayQuarantineItem,
  'get-dead-letters': getDeadLetters,
  'replay-dead-letters': replayDeadLetters,
  'post-rebuild': postRebuild,
  'get-rebuild': getRebuild,
  'post-erasure': postErasure,
  'get-erasure': getErasure,
  'get-openapi': getOpenApi,
  'get-docs': getDocs,
  'get-docs-file': getDocsFile,
};
