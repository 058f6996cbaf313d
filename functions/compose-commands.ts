// Commands as the handlers have them, made of their use cases.
import { readCommand } from '../application/commands/commit-command.ts';
import {
  type OutcomeNoted,
  type OutcomePorts,
  recordOutcome,
} from '../application/commands/record-outcome.ts';
import {
  type CommandOrder,
  requestCommand,
  type Requested,
  type RequestPorts,
} from '../application/commands/request-command.ts';
import { RunningCommands } from '../application/commands/running-commands.ts';
import {
  sendWaitingCommands,
  type SendWaitingPorts,
} from '../application/commands/send-waiting-commands.ts';
import type { CommandDocument, CommandOutcome } from '../domain/commands/command-document.ts';
import { commandDocumentId } from '../domain/commands/command-id.ts';
import type { Place } from '../domain/placed-id.ts';

/** Commands of coordinators: see {@link requestCommand} and {@link recordOutcome}. */
export type Commands = {
  request(order: CommandOrder): Promise<Requested | { readonly kind: 'running' }>;
  find(place: Place): Promise<CommandDocument | null>;
  note(place: Place, outcome: CommandOutcome, documentUrl: string | null): Promise<OutcomeNoted>;
  /** Sends what stayed marked; gives how much. See {@link sendWaitingCommands}. */
  sendWaiting(onFailure: (error: unknown) => void): Promise<number>;
};

/** The commands of one process. */
export function composeCommands(ports: RequestPorts & SendWaitingPorts & OutcomePorts): Commands {
  const twins = new RunningCommands();
  return {
    request: (order) => {
      const twin = [order.view.pk, order.caller.user, order.idempotencyKey];
      return twins.unlessRunning(twin, () => requestCommand(order, ports));
    },
    find: async ({ pk, key }) => {
      const stored = await readCommand(pk, commandDocumentId(key), ports.customers);
      return stored?.document ?? null;
    },
    note: (place, outcome, url) => recordOutcome(place, outcome, url, ports),
    sendWaiting: (onFailure) => sendWaitingCommands(ports, onFailure),
  };
}
