// The partition key a request names in its header. Never looks into storage.
import { parseJson, valueAt } from './json.ts';
import type { Json, JsonObject, Path } from './json.ts';
import { sortKey } from './sort-key.ts';

/** Longest partition key value, in bytes of UTF-8 (documentation, "Service quotas", large keys). */
export const MAX_PARTITION_KEY_BYTES = 2048;

/** A partition key as its sort key, or why a request's is none. */
export type DecodedPartitionKey =
  | { readonly ok: true; readonly partition: string }
  | { readonly ok: false; readonly message: string };

/**
 * Decodes the JSON array of one value the header carries; `[{}]` is the SDK's way to say that the
 * document has no partition key.
 */
export function decodePartitionKey(header: string): DecodedPartitionKey {
  const values = parseJson(header);
  if (!Array.isArray(values)) return refused('The partition key header is not a JSON array.');
  const [value, ...others] = values;
  if (value === undefined || others.length > 0) {
    return refused('Exactly one partition key value is supported (no hierarchical keys).');
  }
  if (isNone(value)) return { ok: true, partition: sortKey(undefined) };
  if (typeof value === 'object' && value !== null) {
    return refused('A partition key is a string, a number, a boolean, null or none.');
  }
  if (typeof value === 'string' && Buffer.byteLength(value) > MAX_PARTITION_KEY_BYTES) {
    return refused(`A partition key has at most ${MAX_PARTITION_KEY_BYTES} bytes.`);
  }
  return { ok: true, partition: sortKey(value) };
}

/** The partition a document belongs to by its own property. */
export function partitionOf(document: JsonObject, path: Path): string {
  return sortKey(valueAt(document, path));
}

function isNone(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function refused(message: string): DecodedPartitionKey {
  return { ok: false, message };
}
