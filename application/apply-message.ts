// Takes one message of the queue to its end (SPEC §8): every change of it is in the store, or in
// quarantine as a whole. Until then the message comes again, and nothing of this does harm twice.
import type { JsonValue } from '../domain/json.ts';
import { type ApplyPorts, applyChanges } from './apply-changes.ts';
import type { Applied } from './apply-customer-changes.ts';
import type { ChangeMessage } from './change-message.ts';
import { failureReason } from './failure-reason.ts';
import type { Clock, QuarantineStore } from './ports.ts';
import {
  type FailureReason,
  type MessagePosition,
  quarantinedChange,
  quarantineId,
  type RawChange,
} from './quarantined-change.ts';
import { retryLostRaces } from './retry-lost-races.ts';

/** A message as it was delivered. */
export type Delivery = {
  /** Its changes as far as they could be read. */
  readonly message: ChangeMessage;
  /** Those changes once more, one by one, as they stand in the message. */
  readonly raw: readonly RawChange[];
  /** The changes that could not be read. */
  readonly unreadable: readonly (RawChange & { readonly detail: string })[];
  /** Whether it was put on the queue by a replay, so that what succeeds leaves the quarantine. */
  readonly isReplay: boolean;
  readonly position: MessagePosition;
};

/** What became of a message: counts, and the ids of what is in quarantine now. */
export type Handled = Applied & { readonly quarantined: readonly Quarantined[] };
export type Quarantined = { readonly id: string; readonly code: FailureReason['code'] };

export type ApplyMessagePorts = ApplyPorts & {
  readonly quarantine: QuarantineStore;
  /** Real time: when a change failed. */
  readonly now: Clock;
};

/** Handles a message; throws Unavailable or TooManyConflicts to have it again. */
export async function applyMessage(delivery: Delivery, ports: ApplyMessagePorts): Promise<Handled> {
  const { message, raw, unreadable, isReplay } = delivery;
  const { failed, ...applied } = await applyChanges(message, ports);
  const quarantined: Quarantined[] = [];
  for (const { detail, ...change } of unreadable) {
    quarantined.push(await quarantine(delivery, change, { code: 'unreadable', detail }, ports));
  }
  const failures = new Map(failed.map(({ at, error }) => [at, error]));
  for (const [at, change] of raw.entries()) {
    if (failures.has(at)) {
      const reason = failureReason(failures.get(at));
      quarantined.push(await quarantine(delivery, change, reason, ports));
    } else if (isReplay) {
      await close(delivery, change.body, ports);
    }
  }
  return { ...applied, quarantined };
}

async function quarantine(
  { message, position }: Delivery,
  change: RawChange,
  reason: FailureReason,
  ports: ApplyMessagePorts,
): Promise<Quarantined> {
  const id = quarantineId(message, change.body, ports.hash);
  const failedAt = new Date(ports.now()).toISOString();
  const at = { position, failedAt, hash: ports.hash };
  await retryLostRaces(async () => {
    const before = await ports.quarantine.find(id);
    const document = quarantinedChange(message, change, reason, at, before?.document ?? null);
    return ports.quarantine.commit({ id, document, etag: before?.etag ?? null });
  }, ports);
  return { id, code: reason.code };
}

/** Ends the quarantine of a change that was applied. */
async function close(
  { message }: Delivery,
  body: JsonValue,
  ports: ApplyMessagePorts,
): Promise<void> {
  const id = quarantineId(message, body, ports.hash);
  await retryLostRaces(async () => {
    const stored = await ports.quarantine.find(id);
    if (stored === null) return 'committed';
    return ports.quarantine.commit({ id, document: null, etag: stored.etag });
  }, ports);
}
