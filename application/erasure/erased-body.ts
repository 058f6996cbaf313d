// What is left of a change of an erased customer that could not be applied, in the form it has in a
// message (SPEC §7).
import { ENTITIES } from '../../domain/change.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { withoutPersonalData } from '../../domain/personal-data.ts';

/** What a change says besides its row: keys, versions and times. */
const KEPT = [
  'entity',
  'company',
  'customer',
  'source',
  'epoch',
  'record',
  'version',
  'facet',
  'time',
  'snapshotId',
  'causedBy',
];

/** The change without what is personal; null for a body of which nobody can tell what that is. */
export function erasedBody(body: JsonValue): JsonObject | null {
  if (!isObject(body)) return null;
  const entity = ENTITIES.find((known) => known === body['entity']);
  const row = body['row'] ?? null;
  if (entity === undefined || (row !== null && !isObject(row))) return null;
  const about = Object.entries(body).filter(
    ([field, value]) => KEPT.includes(field) && typeof value === 'string',
  );
  return {
    ...Object.fromEntries(about),
    row: row === null ? null : withoutPersonalData(entity, row),
  };
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
