// Has snapshots take effect (SPEC §2.1). Three facts meet here: how many records a snapshot must
// carry, how many it has carried, and which snapshots are in effect. Whoever adds to one of them looks
// at the others afterwards, at every delivery: so the last of them to come finds all, and whatever
// is cut off is done again.
import type { Change } from '../../domain/change.ts';
import { customerKey } from '../../domain/key.ts';
import { inOrderOfNames } from '../../domain/json.ts';
import {
  type Completions,
  completionKey,
  isNewerCompletion,
  snapshotDocumentId,
  type SnapshotKey,
  withCompletions,
  withMark,
} from '../../domain/snapshot.ts';
import { tallyId } from '../../domain/snapshot-tally.ts';
import type { ChangeMessage } from '../change-message.ts';
import type { CompanyDirectory } from '../company-directory.ts';
import type { HoldPorts } from '../hold.ts';
import type { CommitResult, CustomerStore, ReferenceStore, Write } from '../ports.ts';
import { relistCustomers } from '../relist-customers.ts';
import { retryLostRaces } from '../retry-lost-races.ts';
import { judgeReference } from './judge-reference.ts';
import type { SnapshotEvent, SnapshotEventsMessage } from './snapshot-event.ts';
import {
  EFFECTIVE_ID,
  type EffectiveDocument,
  isOfCompany,
  newSnapshot,
  NOTHING_EFFECTIVE,
  recordsCarried,
  type SnapshotDocument,
  tellCarried,
} from './snapshot-store.ts';
import type { SnapshotsForPorts } from './snapshots-for.ts';

export type SettlePorts = SnapshotsForPorts & {
  readonly reference: ReferenceStore;
  readonly customers: Pick<CustomerStore, 'read'>;
  readonly companies: CompanyDirectory;
};

/** Takes what was told of snapshots. Throws Unavailable or TooManyConflicts to have it again. */
export async function applySnapshotEvents(
  { company, events }: SnapshotEventsMessage,
  ports: SettlePorts & HoldPorts,
): Promise<void> {
  for (const event of events) {
    await retryLostRaces(() => noteEvent(event, ports), ports);
    await retryLostRaces(() => settle(event, ports), ports);
  }
  await retryLostRaces(() => spread(company, ports), ports);
}

async function noteEvent(event: SnapshotEvent, { snapshots }: SettlePorts): Promise<CommitResult> {
  const id = snapshotDocumentId(event);
  const stored = await snapshots.find(event.company, id);
  const before = stored?.document ?? newSnapshot(event);
  const document = withEvent(before, event);
  if (JSON.stringify(document) === JSON.stringify(before)) return 'committed';
  return snapshots.commit(event.company, [{ id, document, etag: stored?.etag ?? null }]);
}

/** The snapshot once more was told of it; in whatever order, the same. */
export function withEvent(document: SnapshotDocument, event: SnapshotEvent): SnapshotDocument {
  const { control, version, rowCount, time } = event;
  switch (control) {
    case 'started': {
      const { startedAt, announced } = document;
      return {
        ...document,
        startedAt: startedAt === null || time < startedAt ? time : startedAt,
        announced: rowCount === null ? announced : Math.max(rowCount, announced ?? 0),
      };
    }
    case 'completed': {
      if (rowCount === null) throw new Error('a completion says how many records there are');
      const known = document.completions[version];
      const completion = {
        rowCount: Math.min(rowCount, known?.rowCount ?? rowCount),
        time: known === undefined || time > known.time ? time : known.time,
        isInEffect: known?.isInEffect ?? false,
      };
      const completions = { ...document.completions, [version]: completion };
      return { ...document, completions: inOrderOfNames(Object.entries(completions)) };
    }
  }
}

/**
 * Counts what the rows of a message carried, and has the snapshots take effect that are complete by
 * that; at every delivery. A conflict means that another was faster. Throws Unavailable.
 */
export async function settleCarried(
  message: ChangeMessage,
  ports: SettlePorts,
): Promise<CommitResult> {
  const keys = snapshotsIn(message.changes);
  if (keys.length === 0) return 'committed';
  for (const key of keys) {
    const records = await carriedOf(message, key, ports);
    const owner = message.customer ?? '';
    if ((await tellCarried(key, owner, records, ports.snapshots)) === 'conflict') return 'conflict';
    if ((await settle(key, ports)) === 'conflict') return 'conflict';
  }
  return spread(message.company, ports);
}

function snapshotsIn(changes: readonly Change[]): SnapshotKey[] {
  const keys = changes.flatMap(({ company, entity, source, epoch, snapshotId, row }) =>
    snapshotId === undefined || row === null
      ? []
      : [{ company, entity, source, epoch, snapshotId }],
  );
  return [...new Map(keys.map((key) => [snapshotDocumentId(key), key])).values()];
}

/** How many records of the message's owner a snapshot has carried, as it is stored. */
async function carriedOf(
  message: ChangeMessage,
  key: SnapshotKey,
  { customers, reference }: SettlePorts,
): Promise<number> {
  if (message.customer === null) {
    const change = message.changes.find(({ entity }) => entity === key.entity);
    if (change === undefined) return 0;
    const records = await reference.records(message.company, change.entity);
    return records.filter(({ document: { source, carried = [] } }) => {
      return source === key.source && withMark(carried, key) === carried;
    }).length;
  }
  const change = message.changes.find(({ entity }) => entity === key.entity);
  if (change === undefined) return 0;
  const id = tallyId({ ...key, entity: change.entity });
  const pk = customerKey(message.company, message.customer);
  const tally = (await customers.read(pk, [id])).get(id)?.document;
  return tally?.kind === 'tally' ? tally.records : 0;
}

/** Puts a snapshot into effect if it has carried what it must. */
async function settle(key: SnapshotKey, { snapshots }: SettlePorts): Promise<CommitResult> {
  const id = snapshotDocumentId(key);
  const [stored, effective] = await Promise.all([
    snapshots.find(key.company, id),
    snapshots.effective(key.company),
  ]);
  const before = stored?.document ?? newSnapshot(key);
  const isWaiting = Object.values(before.completions).some(({ isInEffect }) => !isInEffect);
  const carried = isWaiting ? await recordsCarried(key, snapshots) : 0;
  const document = isWaiting ? completeAt(before, carried) : before;
  const known = effective?.document ?? NOTHING_EFFECTIVE;
  const completions = withCompletions(known.completions, completionsOf(document));
  const writes: Write<SnapshotDocument | EffectiveDocument>[] = [];
  if (stored === null || JSON.stringify(document) !== JSON.stringify(before)) {
    writes.push({ id, document, etag: stored?.etag ?? null });
  }
  if (completions !== known.completions) {
    const after = { ...known, completions };
    writes.push({ id: EFFECTIVE_ID, document: after, etag: effective?.etag ?? null });
  }
  return writes.length === 0 ? 'committed' : snapshots.commit(key.company, writes);
}

function completeAt(document: SnapshotDocument, carried: number): SnapshotDocument {
  const completions = Object.entries(document.completions).map(([version, completion]) => {
    const isInEffect = completion.isInEffect || completion.rowCount <= carried;
    return [version, { ...completion, isInEffect }] as const;
  });
  return { ...document, completions: Object.fromEntries(completions) };
}

/** The newest of a snapshot's completions that are in effect. */
function completionsOf(document: SnapshotDocument): Completions {
  const { entity, source, epoch, snapshotId } = document;
  let newest: Completions = {};
  for (const [version, { time, isInEffect }] of Object.entries(document.completions)) {
    if (!isInEffect) continue;
    const completion = { epoch, version, snapshotId, time };
    newest = withCompletions(newest, { [completionKey(entity, source)]: completion });
  }
  return newest;
}

/** Takes what is in effect to all customers, and to the reference data, where that was not begun. */
async function spread(company: string, ports: SettlePorts): Promise<CommitResult> {
  const stored = await ports.snapshots.effective(company);
  if (stored === null) return 'committed';
  const { completions, spread: begun } = stored.document;
  const fresh = Object.entries(completions).flatMap(([key, completion]) => {
    const before = begun[key];
    return before === undefined || isNewerCompletion(completion, before) ? [key] : [];
  });
  if (fresh.length === 0) return 'committed';
  let { runs } = stored.document;
  if (fresh.some(isOfCompany)) {
    const result = await judgeReference(company, completions, ports.reference);
    if (result === 'conflict') return result;
    ports.companies.forget(company);
    if ((await relistCustomers(company, ports)) === 'conflict') return 'conflict';
  }
  const ofCustomers = fresh.filter((key) => !isOfCompany(key));
  if (ofCustomers.length > 0) {
    const run = await ports.startRun({ task: 'judge', company, customer: null, reference: 0 });
    runs = { ...runs, ...Object.fromEntries(ofCustomers.map((key) => [key, run.id])) };
  }
  // Only now: what is begun twice does no harm, what is never begun does.
  const document = { ...stored.document, spread: completions, runs };
  return ports.snapshots.commit(company, [{ id: EFFECTIVE_ID, document, etag: stored.etag }]);
}
