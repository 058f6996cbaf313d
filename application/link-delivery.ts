// Takes a message of rows of a source to its end (SPEC §8): the changes of every row are on the
// queue, or the row is in quarantine as a whole. Until then the message comes again.
import type { Handled, Quarantined } from './apply-message.ts';
import { failureReason } from './failure-reason.ts';
import { type LinkPorts, linkRows } from './link-rows.ts';
import { endQuarantine, quarantineChange, type QuarantinePorts } from './quarantine-change.ts';
import type { FailureReason, MessagePosition, Owner, RawChange } from './quarantined-change.ts';
import type { SourceRowsMessage } from './source-row.ts';

/** A row as it stands in its message, and whose it is as far as that says. */
type RawRow = RawChange & { readonly owner: Owner };

/** A message of rows as it was delivered. */
export type RowsDelivery = {
  /** Its rows as far as they could be read. */
  readonly message: SourceRowsMessage;
  /** Those rows once more, one by one, as they stand in the message. */
  readonly raw: readonly RawRow[];
  /** The rows that could not be read. */
  readonly unreadable: readonly (RawRow & { readonly detail: string })[];
  /** Whether it was put on the queue by a replay, so that what succeeds leaves the quarantine. */
  readonly isReplay: boolean;
  readonly position: MessagePosition;
};

export type LinkDeliveryPorts = LinkPorts & QuarantinePorts;

/** Gives what is in quarantine now. Throws Unavailable or TooManyConflicts to have it again. */
export async function linkDelivery(
  { message, raw, unreadable, isReplay, position }: RowsDelivery,
  ports: LinkDeliveryPorts,
): Promise<Pick<Handled, 'quarantined'>> {
  const failures = new Map((await linkRows(message, ports)).map(({ at, error }) => [at, error]));
  const quarantined: Quarantined[] = [];
  const quarantine = async ({ owner, index, body }: RawRow, reason: FailureReason) => {
    const change = { index, body };
    const { id } = await quarantineChange({ owner, change, reason, position }, ports);
    quarantined.push({ id, code: reason.code });
  };
  for (const row of unreadable) await quarantine(row, { code: 'unreadable', detail: row.detail });
  for (const [at, row] of raw.entries()) {
    if (failures.has(at)) await quarantine(row, failureReason(failures.get(at)));
    else if (isReplay) await endQuarantine(row.owner, row.body, ports);
  }
  return { quarantined };
}
