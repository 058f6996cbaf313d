// Clears what was written about an erased customer (SPEC §7): commands lose the words in them, generated
// texts go as a whole. Each is committed with the header, so that no client goes on with what it holds.
import { commandWithoutPersonalData, TEXT_KINDS } from '../../domain/erased-document.ts';
import type { CustomerIdentity } from '../../domain/header-document.ts';
import { isSameDocument } from '../../domain/json.ts';
import { commitWithHeader, headerOfCommand } from '../commands/commit-command.ts';
import type { StoredCustomerDocument, Write } from '../ports.ts';
import { documentsOf, type RebuildPorts } from '../rebuild-customer.ts';
import { retryLostRaces } from '../retry-lost-races.ts';

/** Gives how many documents lost something. Throws Unavailable or TooManyConflicts. */
export async function clearWritten({ pk }: CustomerIdentity, ports: RebuildPorts): Promise<number> {
  let cleared = 0;
  for await (const page of documentsOf(pk, ['command', ...TEXT_KINDS], ports)) {
    for (const { document } of page) {
      if (await clear(pk, document.id, ports)) cleared += 1;
    }
  }
  return cleared;
}

function clear(pk: string, id: string, ports: RebuildPorts): Promise<boolean> {
  return retryLostRaces(async () => {
    const header = await headerOfCommand(pk, ports.customers);
    const stored = (await ports.customers.read(pk, [id])).get(id);
    if (stored === undefined) return false;
    const left = leftOf(stored.document);
    if (left !== null && isSameDocument(left, stored.document)) return false;
    const write: Write<StoredCustomerDocument> = { id, document: left, etag: stored.etag };
    const result = await commitWithHeader(header, [write], ports.customers);
    return result === 'conflict' ? result : true;
  }, ports);
}

function leftOf(document: StoredCustomerDocument): StoredCustomerDocument | null {
  if (document.kind === 'command') return commandWithoutPersonalData(document);
  return TEXT_KINDS.some((kind) => kind === document.kind) ? null : document;
}
