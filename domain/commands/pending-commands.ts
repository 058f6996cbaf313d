// Which commands to the ERP are pending, and on which records, in one document per customer: read
// when another is asked for, and committed with it under its tag, so that of two that would move
// the same money at the same time one is refused. Bounded, since every such read reads all of it.
import type { MoneyCommandType } from './command.ts';

export type PendingCommand = {
  readonly type: MoneyCommandType;
  readonly requestedAt: string;
  /** Ids of the documents of the records it is about. */
  readonly touches: readonly string[];
};

export type PendingDocument = {
  readonly id: typeof PENDING_ID;
  readonly kind: 'pendingCommands';
  readonly pk: string;
  /** By the id of the command, as they were asked for. */
  readonly commands: { readonly [id: string]: PendingCommand };
};

export const PENDING_ID = 'pending-commands';

/** Commands that may be pending at a customer at once, and records they are about. */
export const PENDING_COMMANDS_MAX = 100;
export const PENDING_TOUCHES_MAX = 2_000;

/** How many records pending commands are about, one for each command. */
export function touchesOf(document: PendingDocument | null): number {
  return Object.values(document?.commands ?? {}).reduce(
    (sum, { touches }) => sum + touches.length,
    0,
  );
}

/** The document with one more; null before stands for none pending. */
export function withPending(
  pk: string,
  before: PendingDocument | null,
  id: string,
  command: PendingCommand,
): PendingDocument {
  const commands = { ...before?.commands, [id]: command };
  return { id: PENDING_ID, kind: 'pendingCommands', pk, commands };
}

/** The document without one that was rejected or completed; the same when it was not there. */
export function withoutPending(before: PendingDocument, id: string): PendingDocument {
  if (!Object.hasOwn(before.commands, id)) return before;
  const { [id]: _ended, ...commands } = before.commands;
  return { ...before, commands };
}

/** Whether a command moves money, so that no other may do so on the same records meanwhile. */
export function movesMoney(type: MoneyCommandType): boolean {
  switch (type) {
    case 'nsfPayment':
    case 'writeOff':
    case 'settle':
      return true;
    case 'reprint':
      return false;
  }
}

/** A pending command, with its id. */
export type PendingOn = PendingCommand & { readonly id: string };

/** The commands that are pending on a record, by its document's id, as they were asked for. */
export function pendingOn(document: PendingDocument | null, touched: string): readonly PendingOn[] {
  return Object.entries(document?.commands ?? {})
    .filter(([, { touches }]) => touches.includes(touched))
    .map(([id, command]) => ({ id, ...command }))
    .toSorted(byRequest);
}

function byRequest(left: PendingOn, right: PendingOn): number {
  if (left.requestedAt !== right.requestedAt) return left.requestedAt < right.requestedAt ? -1 : 1;
  return left.id < right.id ? -1 : 1;
}
