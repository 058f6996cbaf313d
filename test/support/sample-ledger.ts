// The sample companies over stores in memory, for tests that ask what is said of their customers.
import { applyChanges } from '../../application/apply-changes.ts';
import { companyDirectory } from '../../application/company-directory.ts';
import { ingestChanges } from '../../application/ingest-changes.ts';
import {
  type CustomerView,
  openCustomer,
  type ReadPorts,
} from '../../application/open-customer.ts';
import type { ChangeQueue } from '../../application/ports.ts';
import { checkEvent } from '../../functions/contract/feed/event.ts';
import { dayOf } from '../../local/sample/business-days.ts';
import { type SampleEvent, sampleEvents } from '../../local/sample/sample.ts';
import { applyPorts } from './apply-ports.ts';
import { SUPERVISOR } from './embedded-customer.ts';
import { type MemoryCustomers, memoryCustomers, memoryReference } from './memory-stores.ts';

export type SampleLedger = {
  readonly ports: ReadPorts & { readonly customers: MemoryCustomers };
  /** A customer as a read sees it, such as `usmf/US-0001`. */
  view(customer: string): Promise<CustomerView>;
};

/** The companies, and those of their customers that are wanted, on the evening (UTC) of a day. */
export async function sampleLedger(
  today: string,
  isWanted: (customer: string) => boolean,
): Promise<SampleLedger> {
  const [customers, reference] = [memoryCustomers(), memoryReference()];
  const companies = companyDirectory(reference, () => 0);
  const ports = { companies, customers, clock: () => Date.parse(`${today}T20:00:00Z`) };
  const applying = applyPorts({ ...ports, reference });
  const queue: ChangeQueue = {
    async send(messages) {
      for (const message of messages) {
        if (!('changes' in message) || 'isReplay' in message) throw new Error('no changes');
        const { failed } = await applyChanges(message, applying);
        for (const { error } of failed) throw error;
      }
    },
  };
  const isTold = ({ data: { company, customer } }: SampleEvent) =>
    customer === undefined || isWanted(`${company}/${customer}`);
  await ingestChanges(sampleEvents(dayOf(today)).filter(isTold).map(checkEvent), false, queue);
  return {
    ports,
    async view(customer) {
      const [company = '', account = ''] = customer.split('/');
      const view = await openCustomer(company, account, SUPERVISOR, ports);
      if (view === null) throw new Error(`the sample has no customer ${customer}`);
      return view;
    },
  };
}
