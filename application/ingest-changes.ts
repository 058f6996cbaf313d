// Takes the changes of one request: groups them by customer, puts them on the queue, and says of
// each what became of it. What is reported as accepted is durable (SPEC §2.2).
import type { Change } from '../domain/change.ts';
import { canonicalJson } from '../domain/json.ts';
import { recordId } from '../domain/key.ts';
import {
  CHANGES_PER_MESSAGE_MAX,
  type ChangeMessage,
  MESSAGE_BYTES_MAX,
  ownerKey,
} from './change-message.ts';
import type { ChangeQueue } from './ports.ts';
import {
  SNAPSHOT_EVENTS,
  type SnapshotEvent,
  type SnapshotEventsMessage,
} from './snapshots/snapshot-event.ts';

/** Why a change is refused: a machine code, where in the event, and a sentence to act on. */
export type Rejection = {
  readonly code: string;
  readonly pointer: string;
  readonly detail: string;
};

/**
 * One item of a request after it was checked; `id` is its own, if it has one, and `bytes` what it
 * takes in a message.
 */
export type Checked<T> =
  | { readonly id: string | null; readonly change: T; readonly bytes: number }
  | { readonly id: string | null; readonly rejection: Rejection };

/** What a feed tells: a change, or something of a snapshot as such. */
export type CheckedEvent = Checked<Change | SnapshotEvent>;

export type Receipt =
  | {
      readonly index: number;
      readonly id: string | null;
      readonly status: 'accepted' | 'duplicateInRequest';
    }
  | ({
      readonly index: number;
      readonly id: string | null;
      readonly status: 'rejected';
    } & Rejection);

export type Ingested = {
  readonly accepted: number;
  readonly duplicateInRequest: number;
  readonly rejected: number;
  readonly receipts: readonly Receipt[];
};

/**
 * Accepts the good changes of a request. Throws Unavailable when the queue did not take them all:
 * some may be in, and the whole request is to be sent again.
 */
export async function ingestChanges(
  checked: readonly CheckedEvent[],
  dryRun: boolean,
  queue: ChangeQueue,
): Promise<Ingested> {
  const { ingested, accepted } = receiptsFor(checked, contentKey);
  if (!dryRun) await queue.send([...pack(changesIn(accepted)), ...packEvents(accepted)]);
  return ingested;
}

/** A receipt for each item, and the items that are accepted; those of equal keys once. */
export function receiptsFor<T>(
  checked: readonly Checked<T>[],
  keyOf: (change: T) => string,
): { readonly ingested: Ingested; readonly accepted: readonly Accepted<T>[] } {
  const seen = new Set<string>();
  const accepted: Accepted<T>[] = [];
  const receipts = checked.map((entry, index): Receipt => {
    const { id } = entry;
    if ('rejection' in entry) return { index, id, status: 'rejected', ...entry.rejection };
    const content = keyOf(entry.change);
    if (seen.has(content)) return { index, id, status: 'duplicateInRequest' };
    seen.add(content);
    accepted.push(entry);
    return { index, id, status: 'accepted' };
  });
  const count = (status: Receipt['status']) =>
    receipts.filter((receipt) => receipt.status === status).length;
  const ingested = {
    accepted: count('accepted'),
    duplicateInRequest: count('duplicateInRequest'),
    rejected: count('rejected'),
    receipts,
  };
  return { ingested, accepted };
}

/** An item of a request that goes on the queue, and the bytes it takes there. */
export type Accepted<T> = { readonly change: T; readonly bytes: number };

/** Equal for two changes only if one of them is not needed. */
function contentKey(change: Change | SnapshotEvent): string {
  if ('control' in change) return canonicalJson({ ...change });
  const { entity, source, record, facet, epoch, version, time, row } = change;
  const id = recordId(entity, source, record);
  const content = canonicalJson({
    row,
    causedBy: change.causedBy ?? null,
    snapshotId: change.snapshotId ?? null,
  });
  return [ownerKey(change), id, facet, epoch, version, time, content].join('\n');
}

/** The changes among what was accepted. */
export function changesIn(
  accepted: readonly Accepted<Change | SnapshotEvent>[],
): Accepted<Change>[] {
  return accepted.flatMap(({ change, bytes }) => ('control' in change ? [] : [{ change, bytes }]));
}

/** Control events by company, after the rows they are about: most are complete by then. */
function packEvents(
  accepted: readonly Accepted<Change | SnapshotEvent>[],
): SnapshotEventsMessage[] {
  const events = accepted.flatMap(({ change, bytes }) =>
    'control' in change ? [{ change, bytes }] : [],
  );
  const byCompany = Map.groupBy(events, ({ change }) => change.company);
  return [...byCompany].flatMap(([company, ofCompany]) =>
    chunks(ofCompany).map((chunk) => ({
      kind: SNAPSHOT_EVENTS,
      company,
      customer: null,
      events: chunk.map(({ change }) => change),
    })),
  );
}

/** Messages of one owner each, in the order the changes were sent, within the limits. */
export function pack(accepted: readonly Accepted<Change>[]): ChangeMessage[] {
  const messages: ChangeMessage[] = [];
  const byOwner = Map.groupBy(accepted, ({ change }) => ownerKey(change));
  for (const changes of byOwner.values()) {
    for (const chunk of chunks(changes))
      messages.push(messageOf(chunk.map(({ change }) => change)));
  }
  return messages;
}

/** In the order given, each within the limits of a message. */
export function chunks<T>(changes: readonly Accepted<T>[]): Accepted<T>[][] {
  const result: Accepted<T>[][] = [];
  let [current, bytes]: [Accepted<T>[], number] = [[], 0];
  for (const entry of changes) {
    const full =
      current.length >= CHANGES_PER_MESSAGE_MAX || bytes + entry.bytes > MESSAGE_BYTES_MAX;
    if (full && current.length > 0) {
      result.push(current);
      [current, bytes] = [[], 0];
    }
    current.push(entry);
    bytes += entry.bytes;
  }
  if (current.length > 0) result.push(current);
  return result;
}

function messageOf(changes: readonly Change[]): ChangeMessage {
  const ofCustomer = changes.flatMap((change) => ('customer' in change ? [change] : []));
  const ofCompany = changes.flatMap((change) => ('customer' in change ? [] : [change]));
  const [customerChange, companyChange] = [ofCustomer[0], ofCompany[0]];
  if (customerChange !== undefined) {
    const { company, customer } = customerChange;
    return { company, customer, changes: ofCustomer };
  }
  if (companyChange === undefined) throw new Error('a message has at least one change');
  return { company: companyChange.company, customer: null, changes: ofCompany };
}
