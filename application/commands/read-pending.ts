// Reads what commands are pending at a customer: one point read.
import { PENDING_ID, type PendingDocument } from '../../domain/commands/pending-commands.ts';
import type { CustomerStore, Stored } from '../ports.ts';

/** The document of pending commands; null where none ever was. Throws Unavailable. */
export async function readPending(
  pk: string,
  customers: Pick<CustomerStore, 'read'>,
): Promise<Stored<PendingDocument> | null> {
  const stored = (await customers.read(pk, [PENDING_ID])).get(PENDING_ID);
  if (stored?.document.kind !== 'pendingCommands') return null;
  return { document: stored.document, etag: stored.etag };
}
