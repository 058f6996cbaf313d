// Notes what the ERP tells of a command (SPEC §5). Told twice, late or out of order it changes
// nothing that was known better already.
import type { CommandDocument, CommandOutcome } from '../../domain/commands/command-document.ts';
import { commandDocumentId } from '../../domain/commands/command-id.ts';
import type { Place } from '../../domain/placed-id.ts';
import { isOwnWork } from '../../domain/commands/command-document.ts';
import { withOutcome } from '../../domain/commands/command-state.ts';
import { PENDING_ID } from '../../domain/commands/pending-commands.ts';
import type { CustomerStore, Pause, Random } from '../ports.ts';
import { pendingWrites } from './causes.ts';
import { commitWithHeader, headerOfCommand } from './commit-command.ts';
import { unbeaten } from './deliver-command.ts';

export type OutcomePorts = {
  readonly customers: CustomerStore;
  readonly pause: Pause;
  readonly random: Random;
};

export type OutcomeNoted =
  | { readonly kind: 'noted'; readonly command: CommandDocument }
  /** Of a command of ours, or of none. */
  | { readonly kind: 'not-the-erps' | 'unknown' };

/** The command as it is then. Throws Unavailable: tell it again. */
export function recordOutcome(
  { pk, key }: Place,
  told: CommandOutcome,
  documentUrl: string | null,
  ports: OutcomePorts,
): Promise<OutcomeNoted> {
  const id = commandDocumentId(key);
  return unbeaten(async () => {
    const found = await ports.customers.read(pk, [id, PENDING_ID]);
    const stored = found.get(id);
    if (stored?.document.kind !== 'command') return { kind: 'unknown' };
    if (isOwnWork(stored.document.work)) return { kind: 'not-the-erps' };
    const command = withOutcome(stored.document, told, documentUrl);
    if (command === stored.document) return { kind: 'noted', command };
    const pending = found.get(PENDING_ID);
    const waiting =
      pending?.document.kind === 'pendingCommands'
        ? { document: pending.document, etag: pending.etag }
        : null;
    const writes = [
      { id, document: command, etag: stored.etag },
      ...pendingWrites(waiting, [command]),
    ];
    const header = await headerOfCommand(pk, ports.customers);
    const revision = await commitWithHeader(header, writes, ports.customers);
    return revision === 'conflict' ? revision : { kind: 'noted', command };
  }, ports);
}
