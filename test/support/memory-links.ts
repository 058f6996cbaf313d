// The store of links in memory: documents go through JSON, and tags are checked.
import type { Stored } from '../../application/ports.ts';
import type {
  LinkStore,
  StatementDocument,
  StoredLinkDocument,
} from '../../application/link-store.ts';
import { Partitions } from './partitions.ts';

/** An empty store. */
export function memoryLinks(): LinkStore {
  const partitions = new Partitions<StoredLinkDocument>();
  const read = (key: string, id: string) => structuredClone(partitions.of(key).get(id) ?? null);
  return {
    async readRow(key) {
      const stored = read(key, 'row');
      return stored?.document.kind === 'sourceRow'
        ? { document: stored.document, etag: stored.etag }
        : null;
    },
    async readLink(key) {
      const stored = read(key, 'link');
      return stored?.document.kind === 'link'
        ? { document: stored.document, etag: stored.etag }
        : null;
    },
    async readStatement(key, id) {
      const stored = read(key, id);
      return stored?.document.kind === 'statement'
        ? { document: stored.document, etag: stored.etag }
        : null;
    },
    async statements(key) {
      return [...partitions.of(key).values()].flatMap(
        ({ document, etag }): Stored<StatementDocument>[] =>
          document.kind === 'statement' ? [{ document: structuredClone(document), etag }] : [],
      );
    },
    async linksOf(company, customer) {
      const keys = [...partitions.partitions.keys()].filter((key) =>
        [...partitions.of(key).values()].some(
          ({ document }) =>
            document.kind !== 'sourceRow' &&
            document.company === company &&
            document.customer === customer,
        ),
      );
      return { keys, next: null };
    },
    commit: async (key, writes) => partitions.commit(key, writes),
  };
}
