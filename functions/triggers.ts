// THE TABLE of triggers: everything that starts this app's code, each with what it runs and, over
// HTTP, who may call it. The routes stand in `triggers/`, by whom they are asked about. The Functions
// host matches routes in the order of the functions' names; none here matches what another does.
import { ageCompanyLists } from './age-lists.ts';
import { applyChangeMessage } from './changes-queue.ts';
import { CHANGES_QUEUE } from './connect.ts';
import type { Trigger } from './trigger.ts';
import { sendMarkedCommands } from './send-commands.ts';
import { commandTriggers } from './triggers/commands.ts';
import { companyTriggers } from './triggers/company.ts';
import { customerTriggers } from './triggers/customer.ts';
import { feedTriggers } from './triggers/feed.ts';
import { operationsTriggers } from './triggers/operations.ts';
import { platformTriggers } from './triggers/platform.ts';
import { textTriggers } from './triggers/texts.ts';

export const triggers = [
  ...platformTriggers,
  ...feedTriggers,
  ...companyTriggers,
  ...customerTriggers,
  ...commandTriggers,
  ...textTriggers,
  ...operationsTriggers,
  { kind: 'preflight', name: 'preflight', route: '{*path}' },
  { kind: 'queue', name: 'apply-changes', queue: CHANGES_QUEUE, runs: applyChangeMessage },
  // Days begin at quarters of an hour, whatever the time zone; a few seconds later no clock is still
  // before it. One that fails has no retry but the next: what is due stays due, and until then
  // stale rows are aged on the page that shows them.
  { kind: 'timer', name: 'age-lists', schedule: '5 */15 * * * *', runs: ageCompanyLists },
  // Nearly always there is nothing: what is asked for is sent at once. One that fails has no retry
  // but the next: what is not sent stays marked.
  { kind: 'timer', name: 'send-commands', schedule: '20 * * * * *', runs: sendMarkedCommands },
] as const satisfies readonly Trigger[];

/** The names of the routes; `contract/operations` describes each. */
export type HttpTriggerName = Extract<(typeof triggers)[number], { readonly kind: 'http' }>['name'];
