// Applies one message of the queue, chunk by chunk, until all of its changes are in the store.
// It returns only then: whatever happens before, the message comes again.
import { applyCompanyChange } from './apply-company-changes.ts';
import { listCompany } from './company-list.ts';
import { applyChunk, type Applied, type ChunkResult } from './apply-customer-changes.ts';
import type { Hash, Outcome } from '../domain/record.ts';
import type { ChangeMessage } from './change-message.ts';
import { type HoldPorts, holdWhileUnavailable } from './hold.ts';
import type { CustomerStore, ReferenceStore } from './ports.ts';

/** Lost races in a row before the message is given back for a later delivery. */
export const CONFLICTS_MAX = 12;
/** The longest pause after a lost race, in milliseconds; the first ones are shorter. */
export const CONFLICT_PAUSE_MAX = 250;

export type ApplyPorts = HoldPorts & {
  readonly customers: CustomerStore;
  readonly reference: ReferenceStore;
  /** Told of a company whose reference data changed. */
  readonly referenceChanged: (company: string) => void;
  readonly hash: Hash;
};

/** Too many others kept changing the same customer; the message is to be delivered again. */
export class TooManyConflicts extends Error {
  constructor() {
    super(`lost ${CONFLICTS_MAX} races for one customer`);
    this.name = 'TooManyConflicts';
  }
}

/** Applies all changes of a message; throws Unavailable or TooManyConflicts to have it again. */
export async function applyChanges(message: ChangeMessage, ports: ApplyPorts): Promise<Applied> {
  const outcomes: Outcome[] = [];
  let conflicts = 0;
  while (outcomes.length < message.changes.length) {
    const result = await holdWhileUnavailable(
      () => applySome(message, outcomes.length, ports),
      ports,
    );
    if (result.kind === 'committed') {
      outcomes.push(...result.outcomes);
      conflicts = 0;
      continue;
    }
    conflicts += 1;
    if (conflicts >= CONFLICTS_MAX) throw new TooManyConflicts();
    await ports.pause(ports.random() * Math.min(CONFLICT_PAUSE_MAX, 2 ** conflicts));
  }
  const count = (kind: Outcome['kind']) => outcomes.filter((one) => one.kind === kind).length;
  return {
    applied: count('applied'),
    duplicates: count('duplicate'),
    conflicts: count('conflict'),
  };
}

async function applySome(
  message: ChangeMessage,
  done: number,
  ports: ApplyPorts,
): Promise<ChunkResult> {
  if (message.customer !== null) {
    const { company, customer, changes } = message;
    return applyChunk(company, customer, changes.slice(done), ports.customers, ports.hash);
  }
  const change = message.changes[done];
  if (change === undefined) return { kind: 'committed', outcomes: [] };
  if ((await listCompany(message.company, ports.reference)) === 'conflict') {
    return { kind: 'conflict' };
  }
  const { result, outcome } = await applyCompanyChange(change, ports.reference, ports.hash);
  if (result === 'conflict') return { kind: 'conflict' };
  ports.referenceChanged(message.company);
  return { kind: 'committed', outcomes: [outcome] };
}
