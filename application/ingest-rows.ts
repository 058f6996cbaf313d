// Takes rows of a source's tables: puts them on the queue by row, and says of each what became of
// it. Whose they are is found when they are applied, so that 202 does not wait for it (SPEC §2.3).
import { canonicalJson } from '../domain/json.ts';
import { sessionOf } from './change-message.ts';
import { type Checked, chunks, type Ingested, receiptsFor } from './ingest-changes.ts';
import type { ChangeQueue } from './ports.ts';
import { rowKey, type SourceRow, type SourceRowsMessage } from './source-row.ts';

/** Accepts the good rows of a request; throws Unavailable as {@link ingestChanges} does. */
export async function ingestRows(
  checked: readonly Checked<SourceRow>[],
  dryRun: boolean,
  queue: ChangeQueue,
  shards: number,
): Promise<Ingested> {
  const { ingested, accepted } = receiptsFor(checked, (row) => canonicalJson(row));
  if (!dryRun) {
    // A row always goes through the same session; the rows of a session share its messages.
    const groups = Map.groupBy(accepted, ({ change }) => sessionOf(rowKey(change), shards));
    const messages = [...groups].flatMap(([group, rows]) =>
      chunks(rows).map(
        (chunk): SourceRowsMessage => ({
          kind: 'source-rows',
          group,
          rows: chunk.map(({ change }) => change),
        }),
      ),
    );
    await queue.send(messages);
  }
  return ingested;
}
