// Writes to an erased customer lose what is personal on their way to the store (SPEC §7): the header
// they are committed with says that it was erased, and its tag that nothing has changed since.
import { commandWithoutPersonalData } from '../../domain/erased-document.ts';
import type { StoredCustomerDocument, Write } from '../ports.ts';

/** The writes as they may be committed with a header of this mark. */
export function writesWithoutPersonalData(
  writes: readonly Write<StoredCustomerDocument>[],
  erasedAt: string | null,
): readonly Write<StoredCustomerDocument>[] {
  if (erasedAt === null) return writes;
  return writes.map((write) =>
    write.document?.kind === 'command'
      ? { ...write, document: commandWithoutPersonalData(write.document) }
      : write,
  );
}
