// The quarantine in memory, for tests that want no server: as strict about tags as Cosmos DB.
import type { QuarantineStore, Stored } from '../../application/ports.ts';
import type { QuarantinedChange } from '../../application/quarantined-change.ts';

export type MemoryQuarantine = QuarantineStore & {
  /** Every item, by id. */
  all(): readonly QuarantinedChange[];
};

/** An empty quarantine. */
export function memoryQuarantine(): MemoryQuarantine {
  const items = new Map<string, Stored<QuarantinedChange>>();
  let tags = 0;
  const all = () =>
    [...items.values()]
      .map(({ document }) => structuredClone(document))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    all,
    find: async (id) => structuredClone(items.get(id) ?? null),
    async commit({ id, document, etag }) {
      if ((items.get(id)?.etag ?? null) !== etag) return 'conflict';
      tags += 1;
      if (document === null) items.delete(id);
      else items.set(id, { document: structuredClone(document), etag: `"${tags}"` });
      return 'committed';
    },
    list: async ({ company, customer }) =>
      all().filter(
        (one) =>
          (company === null || one.company === company) &&
          (customer === null || one.customer === customer),
      ),
  };
}
