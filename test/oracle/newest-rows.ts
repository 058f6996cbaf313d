// Which rows count of all that a feed ever told (SPEC §2.1), found by looking at all of them: an
// oracle. It must never import what it judges.
import { createHash } from 'node:crypto';
import type { JsonObject } from '../../domain/json.ts';

/** A change as a source tells it; `customer` is empty where it belongs to a company as a whole. */
export type ToldChange = {
  readonly entity: string;
  readonly company: string;
  readonly customer: string;
  readonly source: string;
  readonly epoch: string;
  readonly record: string;
  readonly version: string;
  readonly facet: string;
  readonly time: string;
  readonly row: JsonObject | null;
  readonly causedBy?: string | null;
  /** The snapshot that carries its record. */
  readonly snapshotId?: string;
};

/** A row as it stands, with nothing left to win over it. */
export type CurrentRow = {
  readonly entity: string;
  readonly source: string;
  readonly record: string;
  /** Greatest time of its facets. */
  readonly changedAt: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** Of each facet of each record of one owner, the change that counts; deletes included. */
export function newestChanges<Told extends ToldChange>(changes: readonly Told[]): Told[] {
  const facets = Map.groupBy(changes, ({ entity, source, record, facet }) =>
    JSON.stringify([entity, source, record, facet]),
  );
  return [...facets.values()].map((told) =>
    told.reduce((best, other) => (beats(other, best) ? other : best)),
  );
}

/** The rows that exist: the newest of each facet, merged; deleted records are left out. */
export function newestRows(changes: readonly Omit<ToldChange, 'customer'>[]): CurrentRow[] {
  const newest = newestChanges(changes.map((change) => ({ customer: '', ...change })));
  const records = Map.groupBy(newest, ({ entity, source, record }) =>
    JSON.stringify([entity, source, record]),
  );
  return [...records.values()].flatMap((told) => {
    const [first, main] = [told[0], told.find(({ facet }) => facet === 'main')?.row ?? null];
    if (first === undefined || main === null) return [];
    const others = told
      .filter(({ facet }) => facet !== 'main')
      .toSorted((a, b) => (a.facet < b.facet ? -1 : 1));
    const { entity, source, record } = first;
    const changedAt =
      told
        .map(({ time }) => time)
        .toSorted()
        .at(-1) ?? '';
    const fields = Object.assign({}, main, ...others.map(({ row }) => row));
    return [{ entity, source, record, changedAt, fields }];
  });
}

function beats(left: ToldChange, right: ToldChange): boolean {
  const [epochs, versions] = [
    BigInt(left.epoch) - BigInt(right.epoch),
    BigInt(left.version) - BigInt(right.version),
  ];
  if (epochs !== 0n) return epochs > 0n;
  if (versions !== 0n) return versions > 0n;
  const [leftText, rightText] = [contentOf(left), contentOf(right)];
  // The same told at two times: it is known since the earlier one.
  if (leftText === rightText) return left.time < right.time;
  if ((left.row === null) !== (right.row === null)) return left.row === null;
  return hashOf(leftText) > hashOf(rightText);
}

/** What was told, fields in the order of their names. */
function contentOf({ row, causedBy }: ToldChange): string {
  return JSON.stringify(causedBy ? { causedBy, row } : { row }, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
