// JSON values as the service stores them: reading, walking and measuring them. Never touches storage.

/** Any value JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/** A JSON object, the form of every item. */
export type JsonObject = { readonly [name: string]: Json };

/** Property names from the root of a document down; empty means the document itself. */
export type Path = readonly string[];

/** The value a text holds, or undefined when it is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether the value is an object, not an array and not null. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path, or undefined where any property on the way is missing. */
export function valueAt(document: Json, path: Path): Json | undefined {
  let value: Json | undefined = document;
  for (const name of path) {
    // Own properties only: a document without `constructor` has no constructor.
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** Whether arrays and objects nest deeper than `levels`; stops at the first that does. */
export function nestsDeeperThan(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) {
    if (nestsDeeperThan(inner, levels - 1)) return true;
  }
  return false;
}
