// The queue `changes`: changes of one customer, a task such as a rebuild, rows of a source, or what
// is told of a snapshot. A message that fails comes again at once, and after very many times is a dead letter.
import type { InvocationContext } from '@azure/functions';
import type { Quarantined } from '../application/apply-message.ts';
import type { App } from './composition.ts';
import { UnreadableMessage } from './contract/change-message.ts';
import { readDelivery, readSession } from './contract/delivery.ts';
import { readSnapshotEvents } from './contract/snapshot-events-message.ts';
import { readSourceRows } from './contract/source-rows-message.ts';
import { readTaskMessage } from './contract/task-message.ts';
import { reasonOf } from './problem.ts';

/** Handles one message of the queue. */
export type QueueHandler = (body: unknown, app: App, context: InvocationContext) => Promise<void>;

export const applyChangeMessage: QueueHandler = async (body, app, context) => {
  const task = readTaskMessage(body);
  if (task !== null && !(task instanceof UnreadableMessage)) {
    await app.runTask(task, (error) => context.error(`a task failed: ${reasonOf(error)}`));
    return;
  }
  const rows = task ?? readSourceRows(body, context.triggerMetadata);
  if (rows !== null && !(rows instanceof UnreadableMessage)) {
    const { quarantined } = await app.linkRows(rows);
    tellQuarantined(quarantined, context);
    return;
  }
  const events = rows ?? readSnapshotEvents(body);
  if (events !== null && !(events instanceof UnreadableMessage)) {
    await app.applySnapshotEvents(events);
    return;
  }
  const delivery = events ?? readDelivery(body, context.triggerMetadata);
  if (delivery instanceof UnreadableMessage) {
    await app.bury(body, readSession(context.triggerMetadata), delivery.message);
    context.error(`${delivery.message}; it is among the dead letters now`);
    return;
  }
  const { applied, duplicates, conflicts, quarantined } = await app.apply(delivery);
  tellQuarantined(quarantined, context);
  if (conflicts > 0) {
    context.warn(
      `${conflicts} changes have the version of another with other content ` +
        `(${applied} applied, ${duplicates} duplicates)`,
    );
  }
};

function tellQuarantined(quarantined: readonly Quarantined[], context: InvocationContext): void {
  for (const { id, code } of quarantined) context.error(`a change is in quarantine: ${id} ${code}`);
}
