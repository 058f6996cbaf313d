// Applies changes of a company's reference data: each record keeps its newest row, and one
// document holds all of them for readers. Safe to run twice, and at the same time as another.
import type { CompanyChange } from '../domain/change.ts';
import { recordId } from '../domain/key.ts';
import { changedAtOf, type Hash, type Outcome, withChange } from '../domain/record.ts';
import { REFERENCE_ID, withRecord } from '../domain/reference.ts';
import { completionKey, judged, partsAsTold, withMarkOf } from '../domain/snapshot.ts';
import type { CommitResult, ReferenceStore } from './ports.ts';

/** Applies one change; a conflict means that another was faster, and nothing was written. */
export async function applyCompanyChange(
  change: CompanyChange,
  store: ReferenceStore,
  hash: Hash,
): Promise<{ readonly result: CommitResult; readonly outcome: Outcome }> {
  const { company, entity, source, record } = change;
  const id = recordId(entity, source, record);
  const [reference, stored] = await Promise.all([
    store.read(company),
    store.readRecord(company, id),
  ]);
  const before = stored?.document.parts ?? {};
  const marks = stored?.document.carried ?? [];
  const told = partsAsTold(before);
  const { outcome, parts: newest } = withChange(told, change, hash);
  const carried = withMarkOf(marks, change);
  // The document of all rows guards every commit, so it also says by which snapshots to judge.
  const completion = reference?.document.snapshots?.[completionKey(entity, source)];
  const parts = judged(newest === told ? before : newest, carried, completion);
  if (parts === before && carried === marks) return { result: 'committed', outcome };
  const document = {
    id,
    company,
    kind: entity,
    source,
    record,
    parts,
    changedAt: changedAtOf(parts),
    ...(carried.length === 0 ? {} : { carried }),
  };
  const result = await store.commit(company, [
    { id, document, etag: stored?.etag ?? null },
    {
      id: REFERENCE_ID,
      document: withRecord(company, reference?.document ?? null, document),
      etag: reference?.etag ?? null,
    },
  ]);
  return { result, outcome };
}
