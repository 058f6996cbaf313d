// The same random changes told to the stores in memory and to those under test: what one answers
// afterwards, the other must.
import fc from 'fast-check';
import { agentActivities } from '../../adapters/cosmos/agent-activities.ts';
import type { CosmosDatabase } from '../../adapters/cosmos/client.ts';
import { customerLists } from '../../adapters/cosmos/customer-lists.ts';
import { customerQueries } from '../../adapters/cosmos/customer-queries.ts';
import { customerStore } from '../../adapters/cosmos/customer-store.ts';
import { referenceStore } from '../../adapters/cosmos/reference-store.ts';
import { applyChanges, type ApplyPorts } from '../../application/apply-changes.ts';
import { companyDirectory } from '../../application/company-directory.ts';
import type {
  AgentActivities,
  CustomerLists,
  CustomerQueries,
  CustomerStore,
  ReferenceStore,
} from '../../application/ports.ts';
import type { CompanyChange } from '../../domain/change.ts';
import { customerKey } from '../../domain/key.ts';
import { applyPorts } from '../support/apply-ports.ts';
import { memoryAgentActivities } from '../support/memory-agent-activities.ts';
import { memoryLists } from '../support/memory-lists.ts';
import { memoryCustomers, memoryReference } from '../support/memory-stores.ts';
import { randomChange } from '../support/random-changes.ts';

/** The stores that documents of customers end up in. */
export type Stores = {
  readonly customers: CustomerStore & CustomerQueries;
  readonly reference: ReferenceStore;
  readonly lists: CustomerLists;
  readonly agentActivities: AgentActivities;
};

export const CUSTOMERS = ['C-1', 'C-2', 'C-3'] as const;
/** Changes of each customer, in messages of at most so many as the app makes them. */
const CHANGES = 150;
const MESSAGE_CHANGES = 24;
const NOW = Date.parse('2026-04-30T12:00:00Z');

/** Empty stores in memory, with everything they hold at hand. */
export function memoryWorld() {
  return {
    customers: memoryCustomers(),
    reference: memoryReference(),
    lists: memoryLists(),
    agentActivities: memoryAgentActivities(),
  };
}

/** The stores of an account. */
export function cosmosWorld(database: CosmosDatabase): Stores {
  const container = (name: string) => database.container(name);
  const customers = container('customers');
  return {
    customers: { ...customerStore(customers), ...customerQueries(customers) },
    reference: referenceStore(container('reference')),
    lists: customerLists(container('customer-lists')),
    agentActivities: agentActivities(container('agent-activities')),
  };
}

/** Tells the company and its customers, the same for the same company; throws what failed. */
export async function tell(stores: Stores, company: string): Promise<void> {
  const ports = applyPorts({
    ...stores,
    companies: companyDirectory(stores.reference, () => 0),
    clock: () => NOW,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    elapsed: () => performance.now(),
  });
  await apply(ports, { company, customer: null, changes: [companyChange(company)] });
  for (const [seed, customer] of CUSTOMERS.entries()) {
    const changes = fc
      .sample(randomChange, { seed, numRuns: CHANGES })
      .map((change) => ({ ...change, company, customer }));
    for (let at = 0; at < changes.length; at += MESSAGE_CHANGES) {
      await apply(ports, { company, customer, changes: changes.slice(at, at + MESSAGE_CHANGES) });
    }
  }
}

/** The partition of a customer. */
export function partitionOf(company: string, customer: string): string {
  return customerKey(company, customer);
}

async function apply(
  ports: ApplyPorts,
  message: Parameters<typeof applyChanges>[0],
): Promise<void> {
  const { failed } = await applyChanges(message, ports);
  for (const { error } of failed) throw error;
}

function companyChange(company: string): CompanyChange {
  const row = { name: 'Conformance', accountingCurrency: 'USD', timeZone: 'UTC' };
  return {
    entity: 'company',
    company,
    source: '/erp/a',
    epoch: '1',
    record: '1',
    version: '1',
    facet: 'main',
    time: '2026-01-01T00:00:00.000Z',
    row,
  };
}
