// Commands of which something has to be sent, of all customers: an index over the outbox mark, which
// only they have, finds them.
import type { OpenContainer } from './client.ts';
import type { WaitingCommands } from '../../application/commands/command-ports.ts';
import type { CommandDocument } from '../../domain/commands/command-document.ts';
import { decodeStored } from './documents.ts';
import { runPageAcross } from './query.ts';

const KIND = ['command'] as const;

/** The commands over their container. */
export function waitingCommands(container: OpenContainer): WaitingCommands {
  return {
    async page(after, limit) {
      const text = 'SELECT * FROM c WHERE c.outbox = @outbox';
      const query = { text, parameters: { outbox: 'waiting' } };
      const { found, next } = await runPageAcross(container, query, after, limit);
      const commands = found.map((one) => decodeStored<CommandDocument>(one, KIND).document);
      return { commands, next };
    },
  };
}
