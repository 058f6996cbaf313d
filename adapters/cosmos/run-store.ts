// Runs in the container `feed`, one partition per run (DESIGN, Cosmos DB).
import type { OpenContainer } from './client.ts';
import type { RunStore, Stored } from '../../application/ports.ts';
import { type ProgressDocument, RUN_ID, type RunDocument } from '../../application/run.ts';
import { commit } from './commit.ts';
import { decodeStored } from './documents.ts';
import { asking } from './failure.ts';
import { runQuery } from './query.ts';

/** The partition of a run: other parts of the feed have theirs in the same container. */
function keyOf(run: string): string {
  return `run|${run}`;
}

/** The store over its container. */
export function runStore(container: OpenContainer): RunStore {
  const read = async <T extends { readonly kind: string }>(
    run: string,
    id: string,
    kind: T['kind'],
  ): Promise<Stored<T> | null> => {
    const { resource } = await asking(async () =>
      (await container()).item(id, keyOf(run)).read<object>(),
    );
    return resource === undefined ? null : decodeStored<T>(resource, [kind]);
  };
  return {
    readRun: (run) => read<RunDocument>(run, RUN_ID, 'run'),
    readProgress: (run, shard) => read<ProgressDocument>(run, shard, 'progress'),
    async progressOf(run) {
      const key = keyOf(run);
      const text = 'SELECT * FROM c WHERE c.key = @key AND c.id != @run';
      const query = { text, parameters: { key, run: RUN_ID } };
      const found = await runQuery(container, key, query, Number.POSITIVE_INFINITY);
      return found.map((one) => decodeStored<ProgressDocument>(one, ['progress']).document);
    },
    save(run, { id, document, etag }) {
      const key = keyOf(run);
      return commit(container, key, [{ id, document: { ...document, key }, etag }]);
    },
  };
}
