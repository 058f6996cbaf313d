// Keeps activities on the lists of the workers responsible for them right (DESIGN 7), as
// `assert-list-rows.ts` does it for customers: at every delivery, by revisions that only grow, with
// a marker where an activity has left a list.
import { type ActivityDocument, responsibleFor } from '../domain/activity.ts';
import { agentActivity, agentActivityId, agentKey } from '../domain/agent-activity.ts';
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

/** Asserts the activities with these ids; a conflict when others kept being faster. */
export async function assertAgentActivities(
  company: string,
  customer: string,
  ids: readonly string[],
  ports: ActivityPorts,
): Promise<CommitResult> {
  if (ids.length === 0) return 'committed';
  const pk = customerKey(company, customer);
  const found = await ports.customers.read(pk, ids);
  for (const { document, etag } of found.values()) {
    if (document.kind !== 'activity') continue;
    for (const worker of document.lists.workers) {
      const result = await assertRow(company, customer, worker, document, ports);
      if (result === 'conflict') return result;
    }
    await forgetLeft(document, etag, ports);
  }
  return 'committed';
}

async function assertRow(
  company: string,
  customer: string,
  worker: string,
  document: ActivityDocument,
  { agentActivities, hash }: ActivityPorts,
): Promise<CommitResult> {
  const [agent, id] = [agentKey(company, worker), agentActivityId(document, hash)];
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const stored = await agentActivities.read(agent, id);
    // Whoever wrote something newer has read the activity later than this.
    if (stored !== null && stored.document.revision >= document.lists.revision) return 'committed';
    const row = agentActivity(company, customer, worker, document, hash);
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
