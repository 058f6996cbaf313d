// The timer that sends commands and announcements whose sending failed, or was never noted.
import type { TimerHandler } from './age-lists.ts';
import { reasonOf } from './problem.ts';

export const sendMarkedCommands: TimerHandler = async (app, context) => {
  const sent = await app.commands.sendWaiting((error) =>
    context.error(`a command cannot be sent: ${reasonOf(error)}`),
  );
  if (sent > 0) context.warn(`${sent} commands had stayed unsent, and are sent now`);
};
