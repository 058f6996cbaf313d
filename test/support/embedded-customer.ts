// One customer of one company over stores in memory, written and read through the use cases: for
// tests that ask what an answer says after some changes. It judges nothing itself.
import { applyChanges } from '../../application/apply-changes.ts';
import { companyDirectory } from '../../application/company-directory.ts';
import type { ActivityReadPorts } from '../../application/get-activities.ts';
import type { UserProfilePorts } from '../../application/get-user-profile.ts';
import type { ListReadPorts } from '../../application/list-page.ts';
import {
  type CustomerView,
  openCustomer,
  type ReadPorts,
} from '../../application/open-customer.ts';
import type { Caller } from '../../domain/access.ts';
import type { CompanyChange, CompanyEntity, CustomerChange } from '../../domain/change.ts';
import type { JsonObject } from '../../domain/json.ts';
import { applyPorts } from './apply-ports.ts';
import { NO_FRESHNESS } from './companies.ts';
import { type MemoryAgentActivities, memoryAgentActivities } from './memory-agent-activities.ts';
import { type MemoryLists, memoryLists } from './memory-lists.ts';
import { type MemoryCustomers, memoryCustomers, memoryReference } from './memory-stores.ts';

export const COMPANY = 'usmf';
export const CUSTOMER = 'C-1';
export const PK = `${COMPANY}|${CUSTOMER}`;

/** Somebody who sees every customer. */
export const SUPERVISOR: Caller = {
  user: 'supervisor',
  principalName: null,
  name: null,
  roles: ['Collections.Manager'],
};

/** A row of the company's reference data, at version 1. */
export type ReferenceTold = { readonly entity: CompanyEntity; readonly row: JsonObject };

export type EmbeddedCustomer = {
  readonly customers: MemoryCustomers;
  readonly ports: ReadPorts & UserProfilePorts & ListReadPorts & ActivityReadPorts;
  readonly lists: MemoryLists;
  readonly agentActivities: MemoryAgentActivities;
  /** Applies changes as one message; throws what one of them failed with. */
  tell(changes: readonly CustomerChange[]): Promise<void>;
  /** Applies changes of reference data, each of the company it names. */
  tellCompany(changes: readonly CompanyChange[]): Promise<void>;
  /** The customer as a read sees it; null when nothing of it exists. */
  view(): Promise<CustomerView | null>;
};

/** A company in this accounting currency, whose clock stands still at noon of a day. */
export async function embeddedCustomer(
  accountingCurrency: string,
  now: number,
  reference: readonly ReferenceTold[] = [],
): Promise<EmbeddedCustomer> {
  const [customers, referenceStore] = [memoryCustomers(), memoryReference()];
  const companies = companyDirectory(referenceStore, () => 0);
  const [lists, agentActivities] = [memoryLists(), memoryAgentActivities()];
  const clock = () => now;
  const stores = { customers, reference: referenceStore, companies, lists, agentActivities };
  const applying = applyPorts({ ...stores, clock });
  const ports = {
    ...stores,
    companyList: referenceStore,
    clock,
    freshnessOf: async () => NO_FRESHNESS,
  };
  const tellCompany = async (changes: readonly CompanyChange[]) => {
    for (const change of changes) {
      const message = { company: change.company, customer: null, changes: [change] };
      const { failed } = await applyChanges(message, applying);
      for (const { error } of failed) throw error;
    }
  };
  const company = { name: 'Contoso', accountingCurrency, timeZone: 'UTC' };
  const rows: readonly ReferenceTold[] = [{ entity: 'company', row: company }, ...reference];
  await tellCompany(rows.map(referenceChange));
  return {
    customers,
    ports,
    lists,
    agentActivities,
    async tell(told) {
      const message = { company: COMPANY, customer: CUSTOMER, changes: told };
      const { failed } = await applyChanges(message, applying);
      for (const { error } of failed) throw error;
    },
    tellCompany,
    view: () => openCustomer(COMPANY, CUSTOMER, SUPERVISOR, ports),
  };
}

function referenceChange({ entity, row }: ReferenceTold, index: number): CompanyChange {
  const time = '2026-01-01T00:00:00.000Z';
  const at = { source: '/erp/a', epoch: '1', version: '1', facet: 'main', time };
  return { ...at, entity, company: COMPANY, record: String(index), row };
}
