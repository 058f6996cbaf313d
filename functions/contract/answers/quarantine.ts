// The answers of …/ops/quarantine (SPEC §8).
import type {
  QuarantinedChange,
  QuarantineSummary,
} from '../../../application/quarantined-change.ts';
import type { AnswerOf } from './answer-of.ts';
import type { quarantineItem, quarantineList } from './quarantine-schema.ts';

/** A page of quarantined changes without their rows; `cursor` is null on the last. */
export function quarantineListAnswer(
  items: readonly QuarantineSummary[],
  cursor: string | null,
): AnswerOf<typeof quarantineList> {
  return { items: items.map(summary), cursor };
}

/** One quarantined change, whole. */
export function quarantineItemAnswer(item: QuarantinedChange): AnswerOf<typeof quarantineItem> {
  return { ...summary(item), change: item.change };
}

function summary({
  id,
  company,
  customer,
  status,
  reason,
  source,
  entity,
  table,
  record,
  version,
  position,
  firstFailedAt,
  failedAt,
  attempts,
  replayedAt,
}: QuarantineSummary) {
  return {
    id,
    company,
    customer,
    status,
    reason,
    source,
    entity,
    table,
    record,
    version,
    position,
    firstFailedAt,
    failedAt,
    attempts,
    replayedAt,
  };
}
