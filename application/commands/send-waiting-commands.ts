// Sends what stayed marked (SPEC §5): commands whose sending failed, or whose process died between
// the commit and the note that it was sent. A timer runs it; done twice, or at once on two instances,
// it sends the same ids again, and the ERP takes each once.
import type { CommandDocument } from '../../domain/commands/command-document.ts';
import { compareText } from '../../domain/text-order.ts';
import { Unavailable } from '../ports.ts';
import type { WaitingCommands } from './command-ports.ts';
import { type DeliverPorts, finishChanges, sendCommand } from './deliver-command.ts';

/** Commands of a page, and pages of one run: what is left then waits for the next. */
export const WAITING_PAGE = 100;
export const WAITING_PAGES_MAX = 20;

export type SendWaitingPorts = DeliverPorts & { readonly waitingCommands: WaitingCommands };

/**
 * Sends them, those of a page in the order they were asked for; gives how many were. Throws
 * Unavailable when the store or the broker is away: all that is left stays marked. `onFailure` is
 * told of a command that fails by itself; the others go on.
 */
export async function sendWaitingCommands(
  ports: SendWaitingPorts,
  onFailure: (error: unknown) => void,
): Promise<number> {
  let sent = 0;
  let after: string | null = null;
  for (let page = 1; page <= WAITING_PAGES_MAX; page += 1) {
    const { commands, next } = await ports.waitingCommands.page(after, WAITING_PAGE);
    for (const command of commands.toSorted(byRequest)) {
      if (await sendOne(command, ports, onFailure)) sent += 1;
    }
    if (next === null) break;
    after = next;
  }
  return sent;
}

async function sendOne(
  command: CommandDocument,
  ports: DeliverPorts,
  onFailure: (error: unknown) => void,
): Promise<boolean> {
  try {
    await sendCommand(await finishChanges(command, ports), ports);
    return true;
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    onFailure(error);
    return false;
  }
}

function byRequest(left: CommandDocument, right: CommandDocument): number {
  return compareText(left.requestedAt, right.requestedAt);
}
