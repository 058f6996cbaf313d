// Watermarks in one partition of the container `feed`, a document for each company.
import type { OpenContainer } from './client.ts';
import {
  watermarksId,
  type WatermarkDocument,
  WATERMARKS_KEY,
  type WatermarkStore,
} from '../../application/watermark-store.ts';
import { commit } from './commit.ts';
import { decodeStored } from './documents.ts';
import { asking } from './failure.ts';
import { runQuery } from './query.ts';

const KIND = ['watermarks'] as const;

/** The store over its container. */
export function watermarkStore(container: OpenContainer): WatermarkStore {
  return {
    async read(company) {
      const id = watermarksId(company);
      const { resource } = await asking(async () =>
        (await container()).item(id, WATERMARKS_KEY).read<object>(),
      );
      return resource === undefined ? null : decodeStored<WatermarkDocument>(resource, KIND);
    },
    commit: (write) => commit(container, WATERMARKS_KEY, [write]),
    async from(company, limit) {
      const text =
        `SELECT TOP ${limit} * FROM c WHERE c.key = @key AND c.company >= @company ` +
        'ORDER BY c.company';
      const query = { text, parameters: { key: WATERMARKS_KEY, company } };
      const found = await runQuery(container, WATERMARKS_KEY, query, limit);
      return found.map((one) => decodeStored<WatermarkDocument>(one, KIND).document);
    },
  };
}
