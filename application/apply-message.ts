// Takes one message of the queue to its end (SPEC §8): every change of it is in the store, or in
// quarantine as a whole. Until then the message comes again, and nothing of this does harm twice.
import { ENTITIES } from '../domain/change.ts';
import { watermarkOfOutcome, watermarkOfQuarantined } from '../domain/watermark.ts';
import { type AppliedMessage, type ApplyPorts, applyChanges } from './apply-changes.ts';
import type { Applied } from './apply-customer-changes.ts';
import type { ChangeMessage } from './change-message.ts';
import { failureReason } from './failure-reason.ts';
import { endQuarantine, quarantineChange, type QuarantinePorts } from './quarantine-change.ts';
import type {
  FailureReason,
  MessagePosition,
  QuarantinedChange,
  RawChange,
} from './quarantined-change.ts';
import type { Watermarks } from './watermarks.ts';

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

export type ApplyMessagePorts = ApplyPorts &
  QuarantinePorts & { readonly watermarks: Pick<Watermarks, 'note'> };

/** Handles a message; throws Unavailable or TooManyConflicts to have it again. */
export async function applyMessage(delivery: Delivery, ports: ApplyMessagePorts): Promise<Handled> {
  const { message, raw, unreadable, isReplay } = delivery;
  const { failed, outcomes, ...applied } = await applyChanges(message, ports);
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
      await endQuarantine(message, change.body, ports);
    }
  }
  noteOutcomes(message, outcomes, failures, ports);
  return { ...applied, quarantined };
}

/** Only now is every change in all that is read, and every failed one in quarantine. */
function noteOutcomes(
  { company, changes }: ChangeMessage,
  outcomes: AppliedMessage['outcomes'],
  failures: ReadonlyMap<number, unknown>,
  { watermarks, now }: ApplyMessagePorts,
): void {
  const handled = [...changes].filter((_, at) => !failures.has(at));
  const noted = handled.flatMap((change, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : [watermarkOfOutcome(change, outcome, now())];
  });
  if (noted.length > 0) watermarks.note(company, noted);
}

async function quarantine(
  { message, position }: Delivery,
  change: RawChange,
  reason: FailureReason,
  ports: ApplyMessagePorts,
): Promise<Quarantined> {
  const kept = await quarantineChange({ owner: message, change, reason, position }, ports);
  noteQuarantined(kept, ports);
  return { id: kept.id, code: reason.code };
}

/** A change that does not say of which source and entity it is counts nowhere. */
function noteQuarantined(
  { company, source, entity }: QuarantinedChange,
  { watermarks }: ApplyMessagePorts,
): void {
  const known = ENTITIES.find((one) => one === entity);
  if (source === null || known === undefined) return;
  watermarks.note(company, [watermarkOfQuarantined({ source, entity: known })]);
}
