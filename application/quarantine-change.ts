// Puts a change that failed in quarantine, and takes it out once it was applied (SPEC §8).
import type { JsonValue } from '../domain/json.ts';
import type { Hash } from '../domain/record.ts';
import type { HoldPorts } from './hold.ts';
import type { Clock, QuarantineStore } from './ports.ts';
import {
  type FailureReason,
  type MessagePosition,
  type Owner,
  quarantinedChange,
  type QuarantinedChange,
  quarantineId,
  type RawChange,
} from './quarantined-change.ts';
import { retryLostRaces } from './retry-lost-races.ts';

export type QuarantinePorts = HoldPorts & {
  readonly quarantine: QuarantineStore;
  readonly hash: Hash;
  /** Real time: when it failed. */
  readonly now: Clock;
};

/** A change that failed, and how. */
export type Failed = {
  readonly owner: Owner;
  readonly change: RawChange;
  readonly reason: FailureReason;
  readonly position: MessagePosition;
};

/** Keeps a change until somebody has seen to it. Throws Unavailable or TooManyConflicts. */
export function quarantineChange(
  { owner, change, reason, position }: Failed,
  ports: QuarantinePorts,
): Promise<QuarantinedChange> {
  const id = quarantineId(owner, change.body, ports.hash);
  const failedAt = new Date(ports.now()).toISOString();
  const at = { position, failedAt, hash: ports.hash };
  return retryLostRaces(async () => {
    const before = await ports.quarantine.find(id);
    const document = quarantinedChange(owner, change, reason, at, before?.document ?? null);
    const result = await ports.quarantine.commit({ id, document, etag: before?.etag ?? null });
    return result === 'conflict' ? result : document;
  }, ports);
}

/** Ends the quarantine of a change that was applied. */
export async function endQuarantine(
  owner: Owner,
  body: JsonValue,
  ports: QuarantinePorts,
): Promise<void> {
  const id = quarantineId(owner, body, ports.hash);
  await retryLostRaces(async () => {
    const stored = await ports.quarantine.find(id);
    if (stored === null) return 'committed';
    return ports.quarantine.commit({ id, document: null, etag: stored.etag });
  }, ports);
}
