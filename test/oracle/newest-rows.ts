// Which rows count of all that a feed ever told (SPEC §2.1), found by looking at all of them: an
// oracle. It must never import what it judges.
import { createHash } from 'node:crypto';
import type { CustomerChange } from '../../domain/change.ts';

/** A row as it stands, with nothing left to win over it. */
export type CurrentRow = {
  readonly entity: string;
  readonly source: string;
  readonly record: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** The rows that exist: the newest of each facet, merged; deleted records are left out. */
export function newestRows(changes: readonly CustomerChange[]): CurrentRow[] {
  const records = Map.groupBy(changes, ({ entity, source, record }) =>
    JSON.stringify([entity, source, record]),
  );
  return [...records.values()].flatMap((told) => {
    const facets = [...new Set(told.map(({ facet }) => facet))].toSorted();
    const newest = new Map(
      facets.map((facet) => {
        const ofFacet = told.filter((change) => change.facet === facet);
        return [facet, ofFacet.reduce((best, other) => (beats(other, best) ? other : best)).row];
      }),
    );
    const [first, main] = [told[0], newest.get('main') ?? null];
    if (first === undefined || main === null) return [];
    const others = facets.filter((facet) => facet !== 'main').map((facet) => newest.get(facet));
    const { entity, source, record } = first;
    return [{ entity, source, record, fields: Object.assign({}, main, ...others) }];
  });
}

function beats(left: CustomerChange, right: CustomerChange): boolean {
  if (left.epoch !== right.epoch) return BigInt(left.epoch) > BigInt(right.epoch);
  if (left.version !== right.version) return BigInt(left.version) > BigInt(right.version);
  if (left.row === null || right.row === null) return left.row === null && right.row !== null;
  return hashOf(left.row) > hashOf(right.row);
}

/** Of flat rows and lists of flat objects: what random changes are made of. */
function hashOf(row: object): string {
  const sorted = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return createHash('sha256').update(JSON.stringify({ row }, sorted)).digest('hex');
}
