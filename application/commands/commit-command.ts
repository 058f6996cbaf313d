// Commits commands with their customer (SPEC §5): one batch for a command, its outbox mark and all
// that has to be true with it. The header's tag guards what the command was checked against, and its
// revision grows, so that no client goes on with an answer it holds.
import type { CommandDocument } from '../../domain/commands/command-document.ts';
import { ownChanges } from '../../domain/commands/own-changes.ts';
import { HEADER_ID, type HeaderDocument } from '../../domain/header-document.ts';
import { applyChunk, type ChunkPorts } from '../apply-customer-changes.ts';
import { writesWithoutPersonalData } from '../erasure/erased-writes.ts';
import { readHeaderDocument } from '../open-customer.ts';
import type { CustomerStore, Stored, StoredCustomerDocument, Write } from '../ports.ts';

export type CommitPorts = ChunkPorts;

/** The command as it is stored; null when there is none. Throws Unavailable. */
export async function readCommand(
  pk: string,
  id: string,
  customers: Pick<CustomerStore, 'read'>,
): Promise<Stored<CommandDocument> | null> {
  const stored = (await customers.read(pk, [id])).get(id);
  return stored?.document.kind === 'command'
    ? { document: stored.document, etag: stored.etag }
    : null;
}

/** Writes documents of a customer with its header as it was read; gives the header's revision then. */
export async function commitWithHeader(
  header: Stored<HeaderDocument>,
  writes: readonly Write<StoredCustomerDocument>[],
  customers: Pick<CustomerStore, 'commit'>,
): Promise<number | 'conflict'> {
  const revision = header.document.revision + 1;
  const document = { ...header.document, revision };
  const write = { id: HEADER_ID, document, etag: header.etag };
  const erasedAt = header.document.erasedAt ?? null;
  const others = writesWithoutPersonalData(writes, erasedAt);
  const result = await customers.commit(document.pk, [...others, write]);
  return result === 'conflict' ? result : revision;
}

/** A customer with a command has a header; the command was committed with it. */
export async function headerOfCommand(
  pk: string,
  customers: Pick<CustomerStore, 'read'>,
): Promise<Stored<HeaderDocument>> {
  const header = await readHeaderDocument(pk, customers);
  if (header === null) throw new Error('a customer with a command has no header');
  return header;
}

/**
 * Commits as many of a command's changes of collections data as fit one batch, and the command with
 * them: it says how many are done, so that whoever finds it can go on. `etag` null creates it.
 */
export async function applyOwnChanges(
  command: CommandDocument,
  etag: string | null,
  ports: CommitPorts,
): Promise<{ readonly command: CommandDocument; readonly revision: number } | 'conflict'> {
  const { id, company, customer } = command;
  const changes = ownChanges(command);
  const left = changes.slice(command.applied);
  const after = (count: number): CommandDocument => {
    const applied = command.applied + count;
    return { ...command, applied, state: applied === changes.length ? 'completed' : 'pending' };
  };
  const chunk = await applyChunk(company, customer, left, ports, null, (count) => [
    { id, document: after(count), etag },
  ]);
  if (chunk.kind === 'conflict') return 'conflict';
  return { command: after(chunk.outcomes.length), revision: chunk.header.revision };
}
