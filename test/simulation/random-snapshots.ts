// The snapshots of a schedule: rows told once more as part of one, and what is told of it as such.
// Some carry all records, some are incomplete, some are contradicted by another.
import type { ToldChange } from '../oracle/newest-rows.ts';
import type { ToldCompletion } from '../oracle/snapshots.ts';
import type { Random } from './random.ts';

/** The share of schedules with snapshots. */
const SNAPSHOTS = 0.3;
const IDS = ['s', 's', 't'];

/** What is told of a snapshot as such. */
export type ToldControl = ToldCompletion & { readonly control: 'started' | 'completed' };

export type RandomSnapshots = {
  readonly rows: readonly ToldChange[];
  readonly controls: readonly ToldControl[];
};

const NONE: RandomSnapshots = { rows: [], controls: [] };

/** Snapshots of what a history tells; drawn apart, so that schedules without any stay as they are. */
export function randomSnapshots(
  random: Random,
  told: readonly ToldChange[],
  versions: readonly string[],
): RandomSnapshots {
  if (!random.chance(SNAPSHOTS)) return NONE;
  const [rows, controls]: [ToldChange[], ToldControl[]] = [[], []];
  for (let count = random.integer(1, 3); count > 0; count -= 1) {
    const { company, entity, source, epoch } = random.pick(told);
    const snapshotId = random.pick(IDS);
    const carried = carriedRows(random, told, { company, entity, source, epoch });
    rows.push(...carried.map((row) => ({ ...row, snapshotId })));
    const short = random.pick([0, 0, 0, 0, 1, -1]);
    const completion = {
      company,
      entity,
      source,
      epoch,
      snapshotId,
      rowCount: Math.max(0, carried.length + short),
      highWaterVersion: random.pick(versions),
      time: `2026-02-1${random.integer(0, 2)}T12:00:00.000Z`,
    };
    if (random.chance(0.3)) controls.push({ ...completion, control: 'started' });
    if (random.chance(0.9)) controls.push({ ...completion, control: 'completed' });
    if (random.chance(0.2)) controls.push({ ...completion, control: 'completed' });
  }
  return { rows, controls };
}

/** One row, maybe an old one, of most records of an entity. */
function carriedRows(
  random: Random,
  told: readonly ToldChange[],
  { company, entity, source, epoch }: Pick<ToldChange, 'company' | 'entity' | 'source' | 'epoch'>,
): ToldChange[] {
  const own = told.filter(
    (one) =>
      one.company === company &&
      one.entity === entity &&
      one.source === source &&
      one.epoch === epoch &&
      one.row !== null,
  );
  const records = Map.groupBy(own, ({ customer, record }) => JSON.stringify([customer, record]));
  return [...records.values()].flatMap((rows) => (random.chance(0.6) ? [random.pick(rows)] : []));
}

/** The CloudEvent of a control event. */
export function controlEvent({ control, ...told }: ToldControl): object {
  const { company, entity, source, epoch, time, snapshotId, rowCount, highWaterVersion } = told;
  const data = { snapshotId, company, entity, rowCount, highWaterVersion };
  const type = `erp.snapshot.${control}.v1`;
  return { specversion: '1.0', id: 'event', source: `${source}/${epoch}`, type, time, data };
}
