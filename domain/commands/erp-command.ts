// What the ERP is asked to do, with everything resolved (SPEC §5): each transaction by all its
// names, each amount as a decimal. It is kept with the command as it is sent, so that a command
// sent again says the same again.
import { WORKSPACE_EVENT_SOURCE } from '../workspace-source.ts';
import type { MoneyCommandType } from './command.ts';

/** A transaction, and the amount it was found to have open. */
export type ErpTransaction = {
  /** Without its epoch. */
  readonly source: string;
  readonly record: string;
  readonly voucher: string;
  readonly number: string | null;
  readonly currency: string;
  /** Signed as the transaction is: `+` owed by the customer. */
  readonly amount: string;
};

export type ErpNsfPayment = {
  readonly type: 'nsfPayment';
  readonly parameters: {
    /** Its amount is that of the whole payment. */
    readonly payment: ErpTransaction;
    readonly date: string;
    readonly reason: string | null;
    readonly comment: string | null;
  };
};

export type ErpWriteOff = {
  readonly type: 'writeOff';
  readonly parameters: {
    readonly transactions: readonly ErpTransaction[];
    /** What is written off in each currency: the sum of the transactions. */
    readonly totals: readonly { readonly currency: string; readonly amount: string }[];
    readonly date: string;
    readonly reason: string;
    readonly comment: string | null;
  };
};

/** One match: both amounts are greater than zero, and settle their side towards zero. */
export type ErpSettlement = {
  /** Owed by the customer. */
  readonly transaction: ErpTransaction;
  /** Owed to the customer. */
  readonly offset: ErpTransaction;
  /** In the transaction's currency. */
  readonly currency: string;
  readonly amount: string;
  /** In the offset's currency. */
  readonly offsetAmount: string;
};

export type ErpSettle = {
  readonly type: 'settle';
  readonly parameters: { readonly date: string; readonly settlements: readonly ErpSettlement[] };
};

export type ErpDocument =
  | {
      readonly kind: 'invoice' | 'collectionLetter';
      readonly source: string;
      readonly record: string;
      readonly number: string | null;
    }
  | { readonly kind: 'statement'; readonly from: string; readonly to: string };

export type ErpReprint = {
  readonly type: 'reprint';
  readonly parameters: { readonly document: ErpDocument };
};

/** A command as the ERP is to carry it out. */
export type ErpCommand = ErpNsfPayment | ErpWriteOff | ErpSettle | ErpReprint;

/** The message of a command on the queue `erp-commands`: a CloudEvent. */
export type ErpCommandEvent = {
  readonly specversion: '1.0';
  /** The id of the command, by which the ERP tells one that comes again. */
  readonly id: string;
  readonly source: typeof WORKSPACE_EVENT_SOURCE;
  readonly type: `workspace.${MoneyCommandType}.requested.v1`;
  /** When it was asked for. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: {
    readonly command: string;
    readonly company: string;
    readonly customer: string;
    /** The worker who asked; null for a user who is none. */
    readonly requestedBy: string | null;
    readonly parameters: ErpCommand['parameters'];
  };
};

/** Whose a command is, and who asked for it when. */
export type CommandRequest = {
  readonly id: string;
  readonly company: string;
  readonly customer: string;
  readonly requestedBy: string | null;
  readonly requestedAt: string;
};

/** The message of a command; the same text each time it is made. */
export function erpCommandEvent(request: CommandRequest, command: ErpCommand): ErpCommandEvent {
  const { id, company, customer, requestedBy, requestedAt } = request;
  return {
    specversion: '1.0',
    id,
    source: WORKSPACE_EVENT_SOURCE,
    type: `workspace.${command.type}.requested.v1`,
    time: requestedAt,
    datacontenttype: 'application/json',
    data: { command: id, company, customer, requestedBy, parameters: command.parameters },
  };
}
