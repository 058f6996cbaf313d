// By which snapshots a customer's records are judged: those its own header names, which are read and
// guarded with every commit. A run writes them there; a customer that is new while a run is on its
// way looks for them itself.
import type { Header } from '../../domain/header.ts';
import type { CustomerIdentity } from '../../domain/header-document.ts';
import { type Completions, withCompletions } from '../../domain/snapshot.ts';
import type { RunOrder } from '../sweep.ts';
import { effectiveIn, type SnapshotStore } from './snapshot-store.ts';

export type SnapshotsForPorts = {
  readonly snapshots: SnapshotStore;
  /** Starts a run over customers; see `startRun`. */
  readonly startRun: (order: RunOrder) => Promise<{ readonly id: string }>;
};

/**
 * The snapshots to judge by; to be asked before a commit, and again after one that made the header.
 * A header that was written once may have been made by one who did not see a snapshot yet, after the
 * run that spread it had gone past: then a run for this customer alone is started before anything
 * else is written, since only the first revision tells. Throws Unavailable.
 */
export async function snapshotsFor(
  { company, customer }: Pick<CustomerIdentity, 'company' | 'customer'>,
  { revision, snapshots: known }: Pick<Header, 'revision' | 'snapshots'>,
  { snapshots, startRun }: SnapshotsForPorts,
): Promise<Completions> {
  if (revision > 1) return known;
  const all = withCompletions(known, await effectiveIn(company, snapshots));
  if (all !== known && revision === 1) {
    await startRun({ task: 'judge', company, customer, reference: 0 });
  }
  return all;
}
