// The store of links in memory: documents go through JSON, and tags are checked.
import type {
  LinkDocument,
  LinkStore,
  RowDocument,
  StatementDocument,
} from '../../application/link-store.ts';
import { Partitions } from './partitions.ts';

/** An empty store. */
export function memoryLinks(): LinkStore {
  const partitions = new Partitions<RowDocument | LinkDocument | StatementDocument>();
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
      return [...partitions.of(key).values()].flatMap(({ document }) =>
        document.kind === 'statement' ? [structuredClone(document.statement)] : [],
      );
    },
    commit: async (key, writes) => partitions.commit(key, writes),
  };
}
