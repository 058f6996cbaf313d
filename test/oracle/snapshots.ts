// Which rows a snapshot leaves out (SPEC §2.1), found by looking at everything that was ever told of
// a company: an oracle. It must never import what it judges.
import type { ToldChange } from './newest-rows.ts';

/** A completion as a source tells it. */
export type ToldCompletion = {
  readonly company: string;
  readonly entity: string;
  readonly source: string;
  readonly epoch: string;
  readonly snapshotId: string;
  readonly rowCount: number;
  readonly highWaterVersion: string;
  readonly time: string;
};

/** The changes that count, those of records that a snapshot left out being deletes. */
export function judgedBySnapshots(
  newest: readonly ToldChange[],
  told: readonly ToldChange[],
  completions: readonly ToldCompletion[],
): ToldChange[] {
  return newest.map((change) => {
    if (change.facet !== 'main' || change.row === null) return change;
    const decides = newestInEffect(change, told, completions);
    if (decides === null) return change;
    const isNewer = compare(change, highWaterOf(decides)) > 0;
    const isCarried = carriedBy(decides, told).has(nameOf(change));
    return isNewer || isCarried ? change : { ...change, row: null };
  });
}

type Versioned = { readonly epoch: string; readonly version: string };

function highWaterOf({ epoch, highWaterVersion: version }: ToldCompletion): Versioned {
  return { epoch, version };
}

/** The snapshot of the highest water that carried as many records as it said; of two, the later. */
function newestInEffect(
  { company, entity, source }: ToldChange,
  told: readonly ToldChange[],
  completions: readonly ToldCompletion[],
): ToldCompletion | null {
  const own = completions.filter(
    (one) => one.company === company && one.entity === entity && one.source === source,
  );
  const inEffect = own.filter((one) => carriedBy(one, told).size >= one.rowCount);
  const latest = inEffect.map((one) => ({ ...one, time: lastTold(one, own) }));
  const order = latest.toSorted(
    (a, b) =>
      compare(highWaterOf(a), highWaterOf(b)) ||
      compareTexts(a.time, b.time) ||
      compareTexts(a.snapshotId, b.snapshotId),
  );
  return order.at(-1) ?? null;
}

/** When the same completion was told last. */
function lastTold(completion: ToldCompletion, own: readonly ToldCompletion[]): string {
  const times = own
    .filter((one) => one.snapshotId === completion.snapshotId)
    .filter((one) => compare(highWaterOf(one), highWaterOf(completion)) === 0)
    .map(({ time }) => time);
  return times.toSorted().at(-1) ?? completion.time;
}

function carriedBy(snapshot: ToldCompletion, told: readonly ToldChange[]): ReadonlySet<string> {
  const rows = told.filter(
    (one) =>
      one.company === snapshot.company &&
      one.entity === snapshot.entity &&
      one.source === snapshot.source &&
      one.epoch === snapshot.epoch &&
      one.snapshotId === snapshot.snapshotId &&
      one.row !== null,
  );
  return new Set(rows.map(nameOf));
}

function nameOf({ customer, record }: ToldChange): string {
  return JSON.stringify([customer, record]);
}

function compare(left: Versioned, right: Versioned): number {
  const difference =
    BigInt(left.epoch) - BigInt(right.epoch) || BigInt(left.version) - BigInt(right.version);
  return Number(difference > 0n) - Number(difference < 0n);
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
