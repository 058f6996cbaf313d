// The answer to a command (SPEC §5): what was asked, and how far it is.
import type { CommandDocument, CommandWork } from '../../../domain/commands/command-document.ts';
import { idOf, ownChanges } from '../../../domain/commands/own-changes.ts';
import { encodeActivityId } from './activities.ts';
import type { AnswerOf } from './answer-of.ts';
import type { command as commandSchema } from './command-schema.ts';

/** A command as it is now. */
export function commandAnswer(command: CommandDocument): AnswerOf<typeof commandSchema> {
  const { work, state, company, customer, requestedAt, requestedBy } = command;
  const created = ownChanges(command).find(({ entity }) => entity === 'activity');
  return {
    id: idOf(command),
    type: work.type,
    state,
    company,
    customer,
    requestedAt,
    requestedBy: requestedBy.worker,
    parameters: parametersOf(work),
    activity: created === undefined ? null : encodeActivityId(created),
    outcomes: command.outcomes,
    documentUrl: command.documentUrl,
  };
}

function parametersOf(work: CommandWork): Readonly<Record<string, unknown>> {
  if ('parameters' in work) return work.parameters;
  if ('known' in work) return {};
  const { type: _told, ...parameters } = work;
  return parameters;
}
