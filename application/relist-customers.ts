// Lists all customers of a company anew where reference data has changed that list rows depend on:
// a company that arrives late, a new definition, the definition of a pool (DESIGN 3). It starts a
// run over the customers, and says so in the company's document, so that it starts once and never
// not at all.
import { customerKey } from '../domain/key.ts';
import { REFERENCE_ID } from '../domain/reference.ts';
import { assertListRows, type ListPorts } from './assert-list-rows.ts';
import type { HoldPorts } from './hold.ts';
import { readHeader } from './open-customer.ts';
import type { CommitResult, ReferenceStore } from './ports.ts';
import { retryLostRaces } from './retry-lost-races.ts';
import type { RunOrder } from './sweep.ts';
import type { CustomerTask } from './task-message.ts';

export type RelistPorts = {
  readonly reference: ReferenceStore;
  /** Starts a run over customers; see `startRun`. */
  readonly startRun: (order: RunOrder) => Promise<{ readonly id: string }>;
};

/**
 * Starts listing a company's customers anew if that is due, at every delivery of reference data;
 * a conflict means that it is to be looked at again. Throws Unavailable.
 */
export async function relistCustomers(
  company: string,
  { reference, startRun }: RelistPorts,
): Promise<CommitResult> {
  const stored = await reference.read(company);
  if (stored === null || stored.document.relisted >= stored.document.listing) return 'committed';
  const { document, etag } = stored;
  const { listing } = document;
  await startRun({ task: 'relist', company, customer: null, reference: listing });
  // Only now: a run that is started twice does no harm, one that is never started does.
  const relisted = { ...document, relisted: listing };
  return reference.commit(company, [{ id: REFERENCE_ID, document: relisted, etag }]);
}

/** The task of a run: puts the list rows of one customer right; it changes no documents. */
export async function relistCustomer(
  { company, customer, reference, day }: CustomerTask,
  ports: ListPorts & HoldPorts,
): Promise<number> {
  await retryLostRaces(async () => {
    const header = await readHeader(customerKey(company, customer), ports.customers);
    if (header === null) return 'committed';
    const identity = { company, customer, header };
    return assertListRows(identity, { isSuspect: false, reference, day }, ports);
  }, ports);
  return 0;
}
