// The JSON Schemas of what a feed sends, one file an entity, each complete in itself: made of the
// schemas that check changes, so that an ERP team can check what it is about to send.
import { components } from '../../functions/contract/openapi/schemas.ts';
import '../../functions/contract/operations/operations.ts';
import { FEED_ENTITIES } from '../../functions/contract/feed/rows.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';

/** Where the files stand; emptied before they are written. */
export const SCHEMA_FOLDER = new URL('../../docs/schemas/feed/', import.meta.url);

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const COMPONENT = '#/components/schemas/';
const DEFINITION = '#/$defs/';

/** The text of every file by its name: a change of each entity. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const known = components();
  return new Map(
    FEED_ENTITIES.map((entity) => [
      `${entity}.schema.json`,
      textOf(`${entity.charAt(0).toUpperCase()}${entity.slice(1)}Changed`, known),
    ]),
  );
}

function textOf(name: string, known: Readonly<Record<string, JsonObject>>): string {
  const definitions: Record<string, JsonObject> = {};
  const missing = [name];
  for (let next = missing.pop(); next !== undefined; next = missing.pop()) {
    if (Object.hasOwn(definitions, next)) continue;
    const schema = known[next];
    if (schema === undefined) throw new Error(`no schema is called ${next}`);
    definitions[next] = objectStandingAlone(schema, missing);
  }
  const { [name]: root, ...others } = definitions;
  const $defs = Object.fromEntries(Object.entries(others).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ $schema: DIALECT, title: name, ...root, $defs }, null, 2)}\n`;
}

/** The schema with its references into the file; the names of those are added to `found`. */
function objectStandingAlone(schema: JsonObject, found: string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).map(([key, held]): [string, JsonValue] => {
      if (key !== '$ref' || typeof held !== 'string') return [key, standingAlone(held, found)];
      const name = held.slice(COMPONENT.length);
      found.push(name);
      return [key, `${DEFINITION}${name}`];
    }),
  );
}

function standingAlone(value: JsonValue, found: string[]): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((item) => standingAlone(item, found));
  return objectStandingAlone(value, found);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
