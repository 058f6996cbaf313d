// The answer of /api/changes/watermarks (SPEC §2.2).
import type { ListedWatermark } from '../../../application/list-watermarks.ts';
import type { AnswerOf } from './answer-of.ts';
import type { watermarks } from './watermarks-schema.ts';

/** A page of watermarks; `cursor` is null on the last. */
export function watermarksAnswer(
  items: readonly ListedWatermark[],
  cursor: string | null,
): AnswerOf<typeof watermarks> {
  return { items: items.map(watermarkItem), cursor };
}

function watermarkItem({
  company,
  source,
  entity,
  accepted,
  applied,
  updatedAt,
  lag,
  counts,
}: ListedWatermark) {
  return {
    company,
    source,
    entity,
    accepted,
    applied,
    changedAt: updatedAt,
    appliedAt: lag?.appliedAt ?? null,
    lagMilliseconds: lag?.milliseconds ?? null,
    counts: {
      applied: counts.applied,
      duplicate: counts.duplicates,
      conflict: counts.conflicts,
      quarantined: counts.quarantined,
    },
  };
}
