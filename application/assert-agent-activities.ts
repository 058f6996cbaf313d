// Keeps activities on the lists of the workers responsible for them right (DESIGN 7), as
// `assert-list-rows.ts` does it for customers: at every delivery, by revisions that only grow, with
// a marker where an activity has left a list.
import { type ActivityDocument, responsibleFor } from '../domain/activity.ts';
import { agentActivity, type AgentActivityDocument } from '../domain/agent-activity.ts';
import { isSameDocument } from '../domain/json.ts';
import { customerKey } from '../domain/key.ts';
import type { Hash } from '../domain/record.ts';
import type { AgentActivities, CommitResult, CustomerStore } from './ports.ts';

/** Tries for one row; each one more means that another worker was faster. */
const TRIES_MAX = 20;

export type ActivityPorts = {
  readonly customers: CustomerStore;
  readonly agentActivities: AgentActivities;
  readonly hash: Hash;
};

/**
 * Asserts the activities with these ids; a conflict when others kept being faster. With `isSuspect`
 * rows that are stamped rightly are looked at too. Throws Unavailable.
 */
export async function assertAgentActivities(
  company: string,
  customer: string,
  ids: readonly string[],
  isSuspect: boolean,
  ports: ActivityPorts,
): Promise<CommitResult> {
  if (ids.length === 0) return 'committed';
  const pk = customerKey(company, customer);
  const found = await ports.customers.read(pk, ids);
  for (const { document, etag } of found.values()) {
    if (document.kind !== 'activity') continue;
    for (const worker of document.lists.workers) {
      const row = agentActivity(company, customer, worker, document, ports.hash);
      const result = await assertRow(row, isSuspect, ports.agentActivities);
      if (result === 'conflict') return result;
    }
    await forgetLeft(document, etag, ports);
  }
  return 'committed';
}

async function assertRow(
  row: AgentActivityDocument,
  isSuspect: boolean,
  agentActivities: AgentActivities,
): Promise<CommitResult> {
  const { agent, id } = row;
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const stored = await agentActivities.read(agent, id);
    // Whoever wrote something newer has read the activity later than this.
    const isNewer = stored !== null && stored.document.revision > row.revision;
    const isStamped = stored !== null && stored.document.revision === row.revision;
    if (isNewer || (isStamped && (!isSuspect || isSameDocument(stored.document, row)))) {
      return 'committed';
    }
    const write = { id, document: row, etag: stored?.etag ?? null };
    if ((await agentActivities.write(write, agent)) === 'committed') return 'committed';
  }
  return 'conflict';
}

/** Forgets workers it has left; an activity that has changed meanwhile is left to whoever did it. */
async function forgetLeft(
  document: ActivityDocument,
  etag: string,
  { customers }: ActivityPorts,
): Promise<void> {
  const responsible = responsibleFor(document);
  const workers = responsible === null ? [] : [responsible];
  if (workers.length === document.lists.workers.length) return;
  const lists = { ...document.lists, workers };
  await customers.commit(document.pk, [
    { id: document.id, document: { ...document, lists }, etag },
  ]);
}
