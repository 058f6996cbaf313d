// What applying changes needs, all of it in memory; a test gives the parts it looks at.
import { sha256 } from '../../adapters/hash.ts';
import type { ApplyPorts } from '../../application/apply-changes.ts';
import { Breaker } from '../../application/breaker.ts';
import { companyDirectory } from '../../application/company-directory.ts';
import { memoryAgentActivities } from './memory-agent-activities.ts';
import { memoryLists } from './memory-lists.ts';
import { memorySnapshots } from './memory-snapshots.ts';
import { memoryCustomers, memoryReference } from './memory-stores.ts';

/** Ports over empty stores, with clocks that stand still. */
export function applyPorts(given: Partial<ApplyPorts> = {}): ApplyPorts {
  const reference = given.reference ?? memoryReference();
  return {
    customers: memoryCustomers(),
    reference,
    companies: companyDirectory(reference, () => 0),
    lists: memoryLists(),
    agentActivities: memoryAgentActivities(),
    clock: () => 0,
    hash: sha256,
    pause: () => Promise.resolve(),
    random: () => 0,
    elapsed: () => 0,
    breaker: new Breaker(),
    snapshots: memorySnapshots(),
    startRun: async () => ({ id: 'run' }),
    ...given,
  };
}
