// The least a document store does: documents as JSON text with tags, all writes of a commit or
// none. Never answers a query: the histories of the benchmark need none.
import type {
  CommitResult,
  CustomerStore,
  Stored,
  StoredCustomerDocument,
} from '../application/ports.ts';

type Entry = { readonly text: string; readonly etag: string };

function noQuery(): never {
  throw new Error('the history of the benchmark asked a query');
}

/** An empty store. */
export function jsonStore(): CustomerStore {
  const partitions = new Map<string, Map<string, Entry>>();
  let tags = 0;
  return {
    async read(pk, ids) {
      const partition = partitions.get(pk);
      const found = new Map<string, Stored<StoredCustomerDocument>>();
      for (const id of ids) {
        const entry = partition?.get(id);
        if (entry === undefined) continue;
        found.set(id, { document: JSON.parse(entry.text), etag: entry.etag });
      }
      return found;
    },
    async commit(pk, writes): Promise<CommitResult> {
      const partition = partitions.get(pk) ?? new Map<string, Entry>();
      if (writes.some(({ id, etag }) => (partition.get(id)?.etag ?? null) !== etag)) {
        return 'conflict';
      }
      for (const { id, document } of writes) {
        tags += 1;
        if (document === null) partition.delete(id);
        else partition.set(id, { text: JSON.stringify(document), etag: `"${tags}"` });
      }
      partitions.set(pk, partition);
      return 'committed';
    },
    relatedTo: noQuery,
    greatest: noQuery,
  };
}
