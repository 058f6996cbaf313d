// The effects commands have besides those on customers, and how each can fail.
import type { CollectionsEvent } from '../../domain/commands/collections-event.ts';
import type { CommandDocument } from '../../domain/commands/command-document.ts';
import type { ErpCommandEvent } from '../../domain/commands/erp-command.ts';

/**
 * The queue `erp-commands`: a session for each customer, the id of the message that of the command,
 * so that one sent twice within the queue's window is there once. When `send` returns, the queue has
 * it. Throws Unavailable; a message may be there all the same.
 */
export type ErpCommandQueue = { send(command: ErpCommandEvent): Promise<void> };

/**
 * The topic `collections-events`; the id of a message is that of the event. When `send` returns, the
 * topic has all of them. Throws Unavailable; some may be there all the same.
 */
export type CollectionsEventTopic = { send(events: readonly CollectionsEvent[]): Promise<void> };

/** Commands of all customers of which something has to be sent. Throws Unavailable. */
export type WaitingCommands = {
  /** A page of them, from where the one before ended; one that is not the last may be empty. */
  page(after: string | null, limit: number): Promise<WaitingPage>;
};

/** `next` null: there are no more. */
export type WaitingPage = {
  readonly commands: readonly CommandDocument[];
  readonly next: string | null;
};
