// The components of the OpenAPI document: every schema that has an id, as JSON Schema.
import * as z from 'zod';
import type { JsonObject, JsonValue } from '../../../domain/json.ts';

/** All schemas with an id, by it; schemas refer to each other by reference. */
export function components(): Readonly<Record<string, JsonObject>> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    uri: referenceTo,
    override: ({ jsonSchema }) => {
      // What is true of every number and name in this language is no rule of this API.
      delete jsonSchema.propertyNames;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  const named = Object.entries(schemas).map(([id, schema]): [string, JsonObject] => {
    const { $id: _id, $schema: _schema, id: _name, ...described } = plain(schema);
    return [id, described];
  });
  return Object.fromEntries(named.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A schema where the document uses it: by reference, so that it must have an id. */
export function schemaReference(schema: z.ZodType): JsonObject {
  const id = z.globalRegistry.get(schema)?.id;
  if (id !== undefined) return { $ref: referenceTo(id) };
  if (schema instanceof z.ZodUnion) {
    return { anyOf: schema.options.map((option) => schemaReference(schemaOf(option))) };
  }
  throw new Error('a body of the API has a schema without an id');
}

function schemaOf(option: unknown): z.ZodType {
  if (option instanceof z.ZodType) return option;
  throw new Error('an option of a union is no schema');
}

function referenceTo(id: string): string {
  return `#/components/schemas/${id}`;
}

/** A value as JSON holds it. */
function plain(value: object): Readonly<Record<string, JsonValue>> {
  return JSON.parse(JSON.stringify(value));
}
