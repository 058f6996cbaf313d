// How a command goes on (SPEC §5): pending → sent → accepted or rejected → completed. A state never
// goes back, so that outcomes may come twice, late, or before it was noted that the command is sent.
import type { CommandDocument, CommandOutcome, CommandState } from './command-document.ts';

/** What is reached later stands higher; what the ERP has done counts more than that it would not. */
const RANK: Readonly<Record<CommandState, number>> = {
  pending: 0,
  sent: 1,
  accepted: 2,
  rejected: 3,
  completed: 4,
};

/** The command with nothing left to send. */
export function asSent(command: CommandDocument): CommandDocument {
  const { outbox: _mark, ...rest } = command;
  return { ...rest, state: laterOf(command.state, 'sent') };
}

/** The command after what the ERP told; the very same when that says nothing new. */
export function withOutcome(
  command: CommandDocument,
  told: CommandOutcome,
  documentUrl: string | null,
): CommandDocument {
  const isKnown = command.outcomes.some(({ outcome }) => outcome === told.outcome);
  const isUrlKnown = documentUrl === null || documentUrl === command.documentUrl;
  if (isKnown && isUrlKnown) return command;
  // Whoever tells of it has got it: there is nothing left to send.
  const sent = asSent(command);
  return {
    ...sent,
    state: laterOf(sent.state, told.outcome),
    outcomes: isKnown ? command.outcomes : [...command.outcomes, told],
    documentUrl: documentUrl ?? command.documentUrl,
  };
}

/** Whether nothing more comes of it. */
export function isEnded({ state }: CommandDocument): boolean {
  return state === 'rejected' || state === 'completed';
}

function laterOf(state: CommandState, other: CommandState): CommandState {
  return RANK[other] > RANK[state] ? other : state;
}
