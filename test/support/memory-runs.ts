// Runs in memory, for tests that want no server: tags are checked, as Cosmos DB does it.
import type { RunStore, Stored } from '../../application/ports.ts';
import { type ProgressDocument, RUN_ID, type RunDocument } from '../../application/run.ts';

/** An empty store of runs. */
export function memoryRuns(): RunStore {
  const documents = new Map<string, Stored<RunDocument | ProgressDocument>>();
  let tags = 0;
  const read = (run: string, id: string) => structuredClone(documents.get(`${run}/${id}`) ?? null);
  return {
    async readRun(run) {
      const stored = read(run, RUN_ID);
      return stored?.document.kind === 'run'
        ? { document: stored.document, etag: stored.etag }
        : null;
    },
    async readProgress(run, shard) {
      const stored = read(run, shard);
      return stored?.document.kind === 'progress'
        ? { document: stored.document, etag: stored.etag }
        : null;
    },
    progressOf: async (run) =>
      [...documents].flatMap(([key, { document }]) =>
        key.startsWith(`${run}/`) && document.kind === 'progress' ? [document] : [],
      ),
    async save(run, { id, document, etag }) {
      const stored = documents.get(`${run}/${id}`);
      if ((stored?.etag ?? null) !== etag) return 'conflict';
      if (document === null) throw new Error('a run is never deleted');
      tags += 1;
      documents.set(`${run}/${id}`, { document: structuredClone(document), etag: `"${tags}"` });
      return 'committed';
    },
  };
}
