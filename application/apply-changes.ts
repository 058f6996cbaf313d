// Applies one message of the queue, chunk by chunk, until all of its changes are in the store.
// It returns only then: whatever happens before, the message comes again.
import { applyCompanyChange } from './apply-company-changes.ts';
import { listCompany } from './company-list.ts';
import { applyChunk, type Applied } from './apply-customer-changes.ts';
import { assertAgentActivities, type ActivityPorts } from './assert-agent-activities.ts';
import { assertListRows, type ListPorts } from './assert-list-rows.ts';
import type { Header } from '../domain/header.ts';
import { recordId } from '../domain/key.ts';
import type { Outcome } from '../domain/record.ts';
import type { ChangeMessage, CustomerMessage } from './change-message.ts';
import { type HoldPorts, holdWhileUnavailable } from './hold.ts';
import type { ReferenceStore } from './ports.ts';

/** Lost races in a row before the message is given back for a later delivery. */
export const CONFLICTS_MAX = 12;
/** The longest pause after a lost race, in milliseconds; the first ones are shorter. */
export const CONFLICT_PAUSE_MAX = 250;

export type ApplyPorts = HoldPorts &
  ListPorts &
  ActivityPorts & {
    readonly reference: ReferenceStore;
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
  let header: Header | null = null;
  while (outcomes.length < message.changes.length) {
    const done = outcomes.length;
    const applied = await untilNotLost(() => applySome(message, done, ports), ports);
    outcomes.push(...applied.outcomes);
    ({ header } = applied);
  }
  if (message.customer !== null && header !== null) await assertLists(message, header, ports);
  const count = (kind: Outcome['kind']) => outcomes.filter((one) => one.kind === kind).length;
  return {
    applied: count('applied'),
    duplicates: count('duplicate'),
    conflicts: count('conflict'),
  };
}

async function untilNotLost<T>(run: () => Promise<T | 'conflict'>, ports: HoldPorts): Promise<T> {
  for (let conflicts = 1; ; conflicts += 1) {
    const result = await holdWhileUnavailable(run, ports);
    if (result !== 'conflict') return result;
    if (conflicts >= CONFLICTS_MAX) throw new TooManyConflicts();
    await ports.pause(ports.random() * Math.min(CONFLICT_PAUSE_MAX, 2 ** conflicts));
  }
}

/** The lists a customer and its activities stand on, at every delivery (DESIGN 7). */
async function assertLists(
  { company, customer, changes }: CustomerMessage,
  header: Header,
  ports: ApplyPorts,
): Promise<void> {
  const activities = changes.flatMap(({ entity, source, record }) =>
    entity === 'activity' ? [recordId(entity, source, record)] : [],
  );
  await untilNotLost(async () => {
    const rows = await assertListRows({ company, customer, header }, 0, ports);
    return rows === 'conflict' ? rows : assertAgentActivities(company, customer, activities, ports);
  }, ports);
}

type Some = { readonly outcomes: readonly Outcome[]; readonly header: Header | null };

async function applySome(
  message: ChangeMessage,
  done: number,
  ports: ApplyPorts,
): Promise<Some | 'conflict'> {
  if (message.customer !== null) {
    const { company, customer, changes } = message;
    const some = changes.slice(done);
    const chunk = await applyChunk(company, customer, some, ports.customers, ports.hash);
    return chunk.kind === 'conflict' ? 'conflict' : chunk;
  }
  const change = message.changes[done];
  if (change === undefined) throw new Error('there is no change left to apply');
  if ((await listCompany(message.company, ports.reference)) === 'conflict') return 'conflict';
  const { result, outcome } = await applyCompanyChange(change, ports.reference, ports.hash);
  if (result === 'conflict') return 'conflict';
  ports.companies.forget(message.company);
  return { outcomes: [outcome], header: null };
}
