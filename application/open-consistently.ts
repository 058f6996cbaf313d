// Opens a customer for a caller who has just changed it (SPEC §5, `Arrears-Consistency`): as it was
// then, or later. A store of several replicas may answer with less for a moment.
import type { Caller } from '../domain/access.ts';
import { customerKey } from '../domain/key.ts';
import { type CustomerView, openCustomer, type ReadPorts } from './open-customer.ts';
import { type Pause, Unavailable } from './ports.ts';

/** Reads until there is no answer, and the pause between two of them, in milliseconds. */
export const CONSISTENT_READS_MAX = 20;
export const CONSISTENT_READS_PAUSE = 100;

/** The least revision of headers, by the customers' partition keys. */
export type LeastRevisions = ReadonlyMap<string, number>;

/** As {@link openCustomer}. Throws Unavailable also when the store stays behind for too long. */
export async function openConsistently(
  company: string,
  customer: string,
  caller: Caller,
  least: LeastRevisions,
  ports: ReadPorts & { readonly pause: Pause },
): Promise<CustomerView | null> {
  const revision = least.get(customerKey(company, customer)) ?? 0;
  for (let reads = 1; reads <= CONSISTENT_READS_MAX; reads += 1) {
    const view = await openCustomer(company, customer, caller, ports);
    if (view === null || view.header.revision >= revision) return view;
    await ports.pause(CONSISTENT_READS_PAUSE);
  }
  throw new Unavailable('cosmos', 1, new Error('the store stays behind what was written'));
}
