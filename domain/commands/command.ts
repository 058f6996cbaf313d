// What a coordinator can ask for (SPEC §5): collections data, which is ours and changed at once,
// and money, which only the ERP moves. Checked as far as that goes without reading anything.
import type { ActivityCategory } from '../activity.ts';
import type { Day } from '../calendar.ts';
import type { CollectionsStatus } from '../collections-status.ts';

/** Commands about collections data: committed before the answer. */
export const OWN_COMMAND_TYPES = ['changeStatus', 'createActivity', 'closeActivities'] as const;
/** Commands about money and documents: the ERP's, sent to it. */
export const MONEY_COMMAND_TYPES = ['nsfPayment', 'writeOff', 'settle', 'reprint'] as const;
export const COMMAND_TYPES = [...OWN_COMMAND_TYPES, ...MONEY_COMMAND_TYPES] as const;
export type MoneyCommandType = (typeof MONEY_COMMAND_TYPES)[number];

/** A record as a request names it; without a source where one source alone has such a record. */
export type RecordName = { readonly source: string | null; readonly record: string };

/** An action activity that is created with a change of status. */
export type ActionActivity = {
  readonly purpose: string;
  readonly type: string | null;
  /** RFC 3339, as told. */
  readonly startAt: string | null;
  readonly endAt: string | null;
  readonly memo: string | null;
};

export type ChangeStatus = {
  readonly type: 'changeStatus';
  readonly transactions: readonly RecordName[];
  readonly status: CollectionsStatus;
  readonly followUpOn: Day | null;
  /** In minor units of `currency`, greater than zero; null without one. */
  readonly amount: number | null;
  readonly currency: string | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly activity: ActionActivity | null;
};

export type CreateActivity = {
  readonly type: 'createActivity';
  readonly category: ActivityCategory;
  readonly activityType: string | null;
  readonly purpose: string;
  readonly startAt: string | null;
  readonly endAt: string | null;
  /** The worker it is for; null leaves that to the caller's own. */
  readonly responsible: string | null;
  readonly memo: string | null;
};

export type CloseActivities = {
  readonly type: 'closeActivities';
  readonly activities: readonly RecordName[];
};

/** A payment that the bank returned. */
export type NsfPayment = {
  readonly type: 'nsfPayment';
  readonly payment: RecordName;
  readonly on: Day;
  readonly reason: string | null;
  readonly comment: string | null;
};

/** What is open of some transactions is given up. */
export type WriteOff = {
  readonly type: 'writeOff';
  readonly transactions: readonly RecordName[];
  readonly on: Day;
  readonly reason: string;
  readonly comment: string | null;
};

/**
 * What the customer owes, and what it is settled by. Amounts are decimals greater than zero, in the
 * currency of each side, which only the transactions tell; null for all that can be settled.
 */
export type SettlementPair = {
  readonly transaction: RecordName;
  readonly offset: RecordName;
  readonly amount: string | null;
  readonly offsetAmount: string | null;
};

export type Settle = {
  readonly type: 'settle';
  readonly on: Day;
  readonly what:
    | { readonly kind: 'pairs'; readonly pairs: readonly SettlementPair[] }
    /** All open credits of a currency against its open debits, oldest due first. */
    | { readonly kind: 'automatic'; readonly currency: string };
};

export type Reprint = {
  readonly type: 'reprint';
  readonly document:
    | { readonly kind: 'invoice' | 'collectionLetter'; readonly name: RecordName }
    | { readonly kind: 'statement'; readonly from: Day; readonly to: Day };
};

export type OwnCommand = ChangeStatus | CreateActivity | CloseActivities;
export type MoneyCommand = NsfPayment | WriteOff | Settle | Reprint;
export type Command = OwnCommand | MoneyCommand;

/** Whether a command is the ERP's to carry out. */
export function isMoneyCommand(command: Command): command is MoneyCommand {
  return MONEY_COMMAND_TYPES.some((type) => type === command.type);
}
