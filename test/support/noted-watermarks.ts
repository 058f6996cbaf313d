// What is noted of watermarks, added up by company, for tests that want no store.
import { mergeWatermarks, type Watermark } from '../../domain/watermark.ts';

/** Nothing noted yet. */
export function notedWatermarks() {
  const noted = new Map<string, readonly Watermark[]>();
  return {
    note(company: string, watermarks: readonly Watermark[]): void {
      noted.set(company, mergeWatermarks(noted.get(company) ?? [], watermarks));
    },
    companies: () => [...noted.keys()],
    of: (company: string): readonly Watermark[] => noted.get(company) ?? [],
  };
}
