// Watermarks in memory, for tests that want no server: tags are checked, as Cosmos DB does it.
import {
  type WatermarkDocument,
  WATERMARKS_KEY,
  type WatermarkStore,
  watermarksId,
} from '../../application/watermark-store.ts';
import { Partitions } from './partitions.ts';

/** An empty store of watermarks. */
export function memoryWatermarks(): WatermarkStore {
  const partitions = new Partitions<WatermarkDocument>();
  return {
    read: async (company) => partitions.of(WATERMARKS_KEY).get(watermarksId(company)) ?? null,
    commit: async (write) => partitions.commit(WATERMARKS_KEY, [write]),
    from: async (company, limit) =>
      partitions
        .all()
        .filter((one) => one.company >= company)
        .toSorted((a, b) => (a.company < b.company ? -1 : 1))
        .slice(0, limit),
  };
}
