// A command as it is stored with its customer (SPEC §5): what was asked, everything resolved, how
// far it is, and whether something of it still has to be sent. Its commit is what a caller is told.
import type { ActivityCategory } from '../activity.ts';
import type { CollectionsStatus } from '../collections-status.ts';
import type { RecordReference } from '../record-reference.ts';
import type { MoneyCommandType } from './command.ts';
import type { ErpCommand } from './erp-command.ts';

/** Whoever asked: a user, and the worker the user is in the company, if any. */
export type Requester = { readonly user: string; readonly worker: string | null };

/** An activity that a command creates. Instants are RFC 3339. */
export type NewActivity = {
  readonly category: ActivityCategory;
  readonly type: string | null;
  readonly purpose: string;
  readonly startAt: string | null;
  readonly endAt: string | null;
  readonly responsible: string | null;
  readonly memo: string | null;
};

/** A transaction whose status a command changes, and what its status was. */
export type StatusTarget = RecordReference & {
  readonly number: string | null;
  readonly before: CollectionsStatus;
};

/** Collections data as a command changes it: all that its records are made from. */
export type OwnWork =
  | {
      readonly type: 'changeStatus';
      readonly transactions: readonly StatusTarget[];
      readonly status: CollectionsStatus;
      /** `YYYY-MM-DD`. */
      readonly followUpDate: string | null;
      /** A decimal in `currency`. */
      readonly amount: string | null;
      readonly currency: string | null;
      readonly reason: string | null;
      readonly note: string | null;
      readonly activity: NewActivity | null;
    }
  | { readonly type: 'createActivity'; readonly activity: NewActivity }
  | { readonly type: 'closeActivities'; readonly activities: readonly ActivityTarget[] };

/** An activity that a command closes, as its owner is told of it. */
export type ActivityTarget = RecordReference &
  Omit<NewActivity, 'memo'> & { readonly number: string };

/** A document whose address was known, so that nobody had to be asked. */
export type KnownDocument = {
  readonly type: Extract<MoneyCommandType, 'reprint'>;
  readonly known: true;
};

/** What a command comes to. */
export type CommandWork = OwnWork | ErpCommand | KnownDocument;

/**
 * Collections data is `completed` once all of it is committed, `pending` until then. The ERP's goes
 * from `pending` to `sent` when the queue has it, and on by what the ERP tells.
 */
export const COMMAND_STATES = ['pending', 'sent', 'accepted', 'rejected', 'completed'] as const;
export type CommandState = (typeof COMMAND_STATES)[number];

export const OUTCOMES = ['accepted', 'rejected', 'completed'] as const;

/** What the ERP told of a command. */
export type CommandOutcome = {
  readonly outcome: (typeof OUTCOMES)[number];
  /** When it came to that, RFC 3339. */
  readonly at: string;
  readonly reason: { readonly code: string; readonly text: string } | null;
};

export type CommandDocument = {
  readonly id: string;
  readonly pk: string;
  readonly kind: 'command';
  readonly company: string;
  readonly customer: string;
  readonly key: string;
  /** Hash of what was asked: tells a request that comes again from another with the same key. */
  readonly fingerprint: string;
  readonly requestedAt: string;
  readonly requestedBy: Requester;
  readonly work: CommandWork;
  readonly state: CommandState;
  /** How many changes of collections data are committed; all of them when it is completed. */
  readonly applied: number;
  /** Each kind of outcome once, in the order they were told. */
  readonly outcomes: readonly CommandOutcome[];
  readonly documentUrl: string | null;
  /**
   * There while something has to be sent (the outbox mark). Left out otherwise, so that an index
   * over it holds little more than those that are waiting.
   */
  readonly outbox?: 'waiting';
};

/** Whether a command is one of collections data. */
export function isOwnWork(work: CommandWork): work is OwnWork {
  switch (work.type) {
    case 'changeStatus':
    case 'createActivity':
    case 'closeActivities':
      return true;
    case 'nsfPayment':
    case 'writeOff':
    case 'settle':
    case 'reprint':
      return false;
  }
}
