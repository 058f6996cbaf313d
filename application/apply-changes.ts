// Applies one message of the queue, chunk by chunk, until all of its changes are in the store or
// known to fail. Whatever ends it before, the message comes again.
import { applyCompanyChange } from './apply-company-changes.ts';
import { listCompany } from './company-list.ts';
import { applyChunk, type Applied } from './apply-customer-changes.ts';
import { assertAgentActivities, type ActivityPorts } from './assert-agent-activities.ts';
import { AS_STAMPED, assertListRows, type ListPorts } from './assert-list-rows.ts';
import type { Header } from '../domain/header.ts';
import { recordId } from '../domain/key.ts';
import type { Outcome } from '../domain/record.ts';
import type { ChangeMessage } from './change-message.ts';
import type { HoldPorts } from './hold.ts';
import { type CommitResult, Unavailable } from './ports.ts';
import { relistCustomers, type RelistPorts } from './relist-customers.ts';
import { retryLostRaces, TooManyConflicts } from './retry-lost-races.ts';
import { settleCarried, type SettlePorts } from './snapshots/settle-snapshots.ts';
import { snapshotsFor } from './snapshots/snapshots-for.ts';

export type ApplyPorts = HoldPorts & ListPorts & ActivityPorts & RelistPorts & SettlePorts;

/** A change that fails whenever it is tried: the `at`th of its message, counted from 0. */
export type Failed = { readonly at: number; readonly error: unknown };

const NOTHING: Applied = { applied: 0, duplicates: 0, conflicts: 0 };

/** What became of a message: `outcomes` are those of the changes that did not fail, in their order. */
export type AppliedMessage = Applied & {
  readonly outcomes: readonly Outcome[];
  readonly failed: readonly Failed[];
};

/**
 * Applies the changes of a message; those that cannot be applied, or not on every list, are given
 * back. Throws Unavailable or TooManyConflicts to have the message again.
 */
export async function applyChanges(
  message: ChangeMessage,
  ports: ApplyPorts,
): Promise<AppliedMessage> {
  const outcomes: Outcome[] = [];
  const failed: Failed[] = [];
  let header: Header | null = null;
  let isAlone = false;
  for (let done = 0; done < message.changes.length; ) {
    const end = isAlone ? done + 1 : message.changes.length;
    const result = await orFailed(() => applySome(message, done, end, ports), ports);
    if (!('error' in result)) {
      outcomes.push(...result.value.outcomes);
      done += result.value.outcomes.length;
      ({ header } = result.value);
    } else if (end - done > 1) {
      // One of several is the culprit: found by trying each alone, up to it.
      isAlone = true;
    } else {
      failed.push({ at: done, error: result.error });
      done += 1;
      isAlone = false;
    }
  }
  if (outcomes.length > 0) {
    const lists = await orFailed(() => assertRest(message, header, ports), ports);
    // None is to blame alone; replaying any of them asserts the lists again.
    if ('error' in lists) {
      const reasonOf = (at: number) => failed.find((one) => one.at === at) ?? { at, ...lists };
      return { ...NOTHING, outcomes: [], failed: message.changes.map((_, at) => reasonOf(at)) };
    }
  }
  const count = (kind: Outcome['kind']) => outcomes.filter((one) => one.kind === kind).length;
  return {
    applied: count('applied'),
    duplicates: count('duplicate'),
    conflicts: count('conflict'),
    outcomes,
    failed,
  };
}

/** What comes of it, or why it fails whenever it is tried. */
async function orFailed<T>(
  run: () => Promise<T | 'conflict'>,
  ports: HoldPorts,
): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await retryLostRaces(run, ports) };
  } catch (error) {
    if (error instanceof Unavailable || error instanceof TooManyConflicts) throw error;
    return { error };
  }
}

/** All that follows from what was changed, at every delivery. */
async function assertRest(
  message: ChangeMessage,
  header: Header | null,
  ports: ApplyPorts,
): Promise<CommitResult> {
  const lists = await assertLists(message, header, ports);
  return lists === 'conflict' ? lists : settleCarried(message, ports);
}

/** What stands on lists because of what was changed, at every delivery (DESIGN 3, 7). */
async function assertLists(
  message: ChangeMessage,
  header: Header | null,
  ports: ApplyPorts,
): Promise<CommitResult> {
  if (message.customer === null) return relistCustomers(message.company, ports);
  if (header === null) throw new Error('a customer was changed, and has no header');
  const { company, customer, changes } = message;
  const activities = changes.flatMap(({ entity, source, record }) =>
    entity === 'activity' ? [recordId(entity, source, record)] : [],
  );
  const rows = await assertListRows({ company, customer, header }, AS_STAMPED, ports);
  if (rows === 'conflict') return rows;
  return assertAgentActivities(company, customer, activities, false, ports);
}

type Some = { readonly outcomes: readonly Outcome[]; readonly header: Header | null };

async function applySome(
  message: ChangeMessage,
  done: number,
  end: number,
  ports: ApplyPorts,
): Promise<Some | 'conflict'> {
  if (message.customer !== null) {
    const { company, customer, changes } = message;
    const some = changes.slice(done, end);
    const chunk = await applyChunk(company, customer, some, ports);
    if (chunk.kind === 'conflict') return 'conflict';
    if (chunk.header.revision === 1) await snapshotsFor(message, chunk.header, ports);
    return chunk;
  }
  const change = message.changes[done];
  if (change === undefined) throw new Error('there is no change left to apply');
  if ((await listCompany(message.company, ports.reference)) === 'conflict') return 'conflict';
  const { result, outcome } = await applyCompanyChange(change, ports.reference, ports.hash);
  if (result === 'conflict') return 'conflict';
  ports.companies.forget(message.company);
  return { outcomes: [outcome], header: null };
}
