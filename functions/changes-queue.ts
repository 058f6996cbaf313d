// The queue `changes`: one message, one customer; changes, or a task such as a rebuild. A message
// that fails comes again at once, and after very many times ends in the dead-letter queue.
import type { InvocationContext } from '@azure/functions';
import type { App } from './composition.ts';
import { readChangeMessage } from './contract/change-message.ts';
import { readTaskMessage } from './contract/task-message.ts';
import { reasonOf } from './problem.ts';

/** Handles one message of the queue. */
export type QueueHandler = (body: unknown, app: App, context: InvocationContext) => Promise<void>;

export const applyChangeMessage: QueueHandler = async (body, app, context) => {
  const task = readTaskMessage(body);
  if (task !== null) {
    await app.runTask(task, (error) => context.error(`a task failed: ${reasonOf(error)}`));
    return;
  }
  const { applied, duplicates, conflicts } = await app.apply(readChangeMessage(body));
  if (conflicts > 0) {
    context.warn(
      `${conflicts} changes have the version of another with other content ` +
        `(${applied} applied, ${duplicates} duplicates)`,
    );
  }
};
