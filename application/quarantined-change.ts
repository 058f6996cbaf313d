// A change that cannot be applied, kept whole until somebody has seen to it (SPEC §8).
import { canonicalJson, type JsonValue } from '../domain/json.ts';
import type { Hash } from '../domain/record.ts';

/** Why a change is in quarantine: a code that stays, and a sentence without any of its values. */
export type FailureReason = {
  /** Not a change this version can read; refused by the store; or failed while it was applied. */
  readonly code: 'unreadable' | 'refused-by-store' | 'failed';
  readonly detail: string;
};

/** Where a message stood on the queue; null for what the queue did not say. */
export type MessagePosition = {
  readonly messageId: string | null;
  readonly sequenceNumber: string | null;
  readonly enqueuedAt: string | null;
};

/** A change as it stands in a message, whatever it is, and its place there. */
export type RawChange = { readonly index: number; readonly body: JsonValue };

/** Whose a change is, as its message says; without a customer for reference data of the company. */
export type Owner = {
  /** Null where a row of a source names none. */
  readonly company: string | null;
  readonly customer: string | null;
  /** The table of a row of a source that is no change yet; empty where the row does not say. */
  readonly table?: string;
};

/** What can be told of a quarantined change without its row. */
export type QuarantineSummary = Pick<Owner, 'company' | 'customer'> & {
  readonly id: string;
  readonly key: typeof QUARANTINE_KEY;
  readonly kind: 'quarantinedChange';
  /** `replayed` from when it was put on the queue again until it is known how that ended. */
  readonly status: 'quarantined' | 'replayed';
  readonly reason: FailureReason;
  /** Of the change itself, where it has such a text. */
  readonly source: string | null;
  readonly entity: string | null;
  /** Of a row of a source; null for a change. */
  readonly table: string | null;
  readonly record: string | null;
  readonly version: string | null;
  readonly position: MessagePosition & { readonly index: number };
  /** When it failed first and last, RFC 3339, and how often. */
  readonly firstFailedAt: string;
  readonly failedAt: string;
  readonly attempts: number;
  readonly replayedAt: string | null;
};

export type QuarantinedChange = QuarantineSummary & { readonly change: JsonValue };

/** The partition of all quarantined changes in the container `feed`. */
export const QUARANTINE_KEY = 'quarantine';

/**
 * The id of a change in quarantine: the same whenever the same change fails again, also when a
 * source told it at another time, so that deliveries overwrite each other.
 */
export function quarantineId({ company, customer }: Owner, body: JsonValue, hash: Hash): string {
  const content = isObject(body) ? { ...body, time: null } : body;
  return hash(canonicalJson([company, customer, content]));
}

/** The item of a change that failed; `before` is what the quarantine has of it already. */
export function quarantinedChange(
  owner: Owner,
  { index, body }: RawChange,
  reason: FailureReason,
  { position, failedAt, hash }: { position: MessagePosition; failedAt: string; hash: Hash },
  before: QuarantinedChange | null,
): QuarantinedChange {
  return {
    id: quarantineId(owner, body, hash),
    key: QUARANTINE_KEY,
    kind: 'quarantinedChange',
    company: owner.company,
    customer: owner.customer,
    status: 'quarantined',
    reason,
    source: textOf(body, 'source'),
    entity: textOf(body, 'entity'),
    table: owner.table ?? null,
    record: textOf(body, owner.table === undefined ? 'record' : 'id'),
    version: textOf(body, 'version'),
    position: { ...position, index },
    firstFailedAt: before?.firstFailedAt ?? failedAt,
    failedAt,
    attempts: (before?.attempts ?? 0) + 1,
    replayedAt: before?.replayedAt ?? null,
    change: body,
  };
}

function textOf(body: JsonValue, field: string): string | null {
  const value = isObject(body) && Object.hasOwn(body, field) ? body[field] : null;
  return typeof value === 'string' ? value : null;
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
