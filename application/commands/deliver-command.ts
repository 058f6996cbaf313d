// Brings a committed command to its end as far as that is ours (SPEC §5): what of its changes is not
// committed yet, what has to be sent, and the note that it was. Every step may be done again: after a
// crash between any two of them, and by two at once. What is sent twice has one id.
import type { CommandDocument, CommandWork } from '../../domain/commands/command-document.ts';
import { isOwnWork } from '../../domain/commands/command-document.ts';
import { asSent } from '../../domain/commands/command-state.ts';
import { collectionsEvents } from '../../domain/commands/collections-event.ts';
import { type ErpCommand, erpCommandEvent } from '../../domain/commands/erp-command.ts';
import { idOf, ownChanges } from '../../domain/commands/own-changes.ts';
import { utf8Length } from '../../domain/json.ts';
import { pack } from '../ingest-changes.ts';
import { type ChangeQueue, type Pause, type Random, Unavailable } from '../ports.ts';
import type { CollectionsEventTopic, ErpCommandQueue } from './command-ports.ts';
import {
  applyOwnChanges,
  commitWithHeader,
  headerOfCommand,
  type CommitPorts,
  readCommand,
} from './commit-command.ts';

/** Tries for one write; each one more means that somebody else changed the customer meanwhile. */
export const COMMAND_TRIES_MAX = 20;
/** The longest pause after a lost race, in milliseconds. */
const RACE_PAUSE_MAX = 50;

export type DeliverPorts = CommitPorts & {
  readonly queue: ChangeQueue;
  readonly erpCommands: ErpCommandQueue;
  readonly collectionsEvents: CollectionsEventTopic;
  readonly pause: Pause;
  readonly random: Random;
};

/** What an attempt gives that was not beaten by another writer; throws Unavailable after so many. */
export async function unbeaten<T>(
  attempt: () => Promise<T | 'conflict'>,
  { pause, random }: Pick<DeliverPorts, 'pause' | 'random'>,
): Promise<T> {
  for (let tries = 1; tries <= COMMAND_TRIES_MAX; tries += 1) {
    const result = await attempt();
    if (result !== 'conflict') return result;
    await pause(random() * RACE_PAUSE_MAX);
  }
  throw new Unavailable('cosmos', 1, new Error('others kept changing the customer'));
}

/** Commits what is left of a command's changes. Throws Unavailable. */
export async function finishChanges(
  begun: CommandDocument,
  ports: DeliverPorts,
): Promise<CommandDocument> {
  let command = begun;
  while (isOwnWork(command.work) && command.state === 'pending') {
    const { pk, id } = command;
    command = await unbeaten(async () => {
      const stored = await readCommand(pk, id, ports.customers);
      if (stored === null) throw new Error('a command that was committed is gone');
      if (stored.document.state !== 'pending') return stored.document;
      const done = await applyOwnChanges(stored.document, stored.etag, ports);
      return done === 'conflict' ? done : done.command;
    }, ports);
  }
  return command;
}

/** Sends what has to be sent of a command, and notes that it was. Throws Unavailable. */
export async function sendCommand(
  command: CommandDocument,
  ports: DeliverPorts,
): Promise<CommandDocument> {
  if (command.outbox === undefined) return command;
  await send(command, ports);
  const { pk, id } = command;
  return unbeaten(async () => {
    const header = await headerOfCommand(pk, ports.customers);
    const stored = await readCommand(pk, id, ports.customers);
    if (stored === null) return command;
    if (stored.document.outbox === undefined) return stored.document;
    const document = asSent(stored.document);
    const write = { id, document, etag: stored.etag };
    const revision = await commitWithHeader(header, [write], ports.customers);
    return revision === 'conflict' ? revision : document;
  }, ports);
}

async function send(command: CommandDocument, ports: DeliverPorts): Promise<void> {
  const { work, company, customer, requestedAt } = command;
  if (isOwnWork(work)) {
    // The lists of the company follow through the queue: told again, changes assert what shows them.
    const told = ownChanges(command).map((change) => ({
      change,
      bytes: utf8Length(JSON.stringify(change)),
    }));
    await ports.queue.send(pack(told));
    await ports.collectionsEvents.send(collectionsEvents(command));
    return;
  }
  if (!isForErp(work)) return;
  const request = {
    id: idOf(command),
    company,
    customer,
    requestedBy: command.requestedBy.worker,
    requestedAt,
  };
  await ports.erpCommands.send(erpCommandEvent(request, work));
}

function isForErp(work: CommandWork): work is ErpCommand {
  return 'parameters' in work;
}
