// Puts a change that failed in quarantine, and takes it out once it was applied (SPEC §8). Of a
// customer that was erased nothing personal is kept there either (SPEC §7).
import type { JsonValue } from '../domain/json.ts';
import type { Hash } from '../domain/record.ts';
import { erasedBody } from './erasure/erased-body.ts';
import { isErased } from './erasure/is-erased.ts';
import { type HoldPorts, holdWhileUnavailable } from './hold.ts';
import type { Clock, CustomerStore, QuarantineStore } from './ports.ts';
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
  readonly customers: Pick<CustomerStore, 'read'>;
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
export async function quarantineChange(
  failed: Failed,
  ports: QuarantinePorts,
): Promise<QuarantinedChange> {
  if (await isOfErased(failed.owner, ports)) return quarantineErased(failed, ports);
  const kept = await keep(failed, ports);
  // Erased after that was asked: whoever did it may have looked here before this was written.
  return (await isOfErased(failed.owner, ports)) ? quarantineErased(failed, ports) : kept;
}

/** What is left of it; what an earlier delivery kept whole goes. */
async function quarantineErased(
  failed: Failed,
  ports: QuarantinePorts,
): Promise<QuarantinedChange> {
  const { owner, change } = failed;
  const body = erasedOf(change.body, failed.reason, owner.table ?? null);
  const kept = await keep({ ...failed, change: { ...change, body } }, ports);
  const whole = quarantineId(owner, change.body, ports.hash);
  if (whole !== kept.id) await takeOut(whole, ports);
  return kept;
}

/**
 * What of a quarantined change is kept of an erased customer. Of one that cannot be read, and of a row
 * of a source, nobody can tell here what is personal: that there was such is all.
 */
export function erasedOf(
  body: JsonValue,
  { code }: FailureReason,
  table: string | null,
): JsonValue {
  return code === 'unreadable' || table !== null ? null : erasedBody(body);
}

async function isOfErased({ company, customer }: Owner, ports: QuarantinePorts): Promise<boolean> {
  if (company === null || customer === null) return false;
  return holdWhileUnavailable(() => isErased(company, customer, ports.customers), ports);
}

function keep(
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

/** Ends the quarantine of a change that was applied, also of what an erasure has left of it. */
export async function endQuarantine(
  owner: Owner,
  body: JsonValue,
  ports: QuarantinePorts,
): Promise<void> {
  const ids = [body, erasedBody(body)].map((one) => quarantineId(owner, one, ports.hash));
  for (const id of new Set(ids)) await takeOut(id, ports);
}

/** Takes an item out, whoever is writing it meanwhile. */
export async function takeOut(id: string, ports: QuarantinePorts): Promise<void> {
  await retryLostRaces(async () => {
    const stored = await ports.quarantine.find(id);
    if (stored === null) return 'committed';
    return ports.quarantine.commit({ id, document: null, etag: stored.etag });
  }, ports);
}
