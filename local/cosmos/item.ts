// An item as a client sends it: what is valid, and the text stored for it. Never touches storage.
import { isJsonObject, nestsDeeperThan } from './json.ts';
import type { Json, JsonObject } from './json.ts';

/** Largest item, in bytes of its JSON as UTF-8 (documentation, "Service quotas", per-item limits). */
export const MAX_ITEM_BYTES = 2 * 1024 * 1024;
/** Longest id, in bytes (the same page). */
export const MAX_ID_BYTES = 1023;
/** Deepest nesting of arrays and objects (the same page). */
export const MAX_NESTING = 128;

/** A valid item: an object with a valid id, within the limits. */
export type Item = { readonly id: string; readonly document: JsonObject };

/** An item, or the status and reason it is refused with. */
export type DecodedItem =
  | { readonly ok: true; readonly item: Item }
  | { readonly ok: false; readonly status: 400 | 413; readonly message: string };

/** Decodes the body of a write. */
export function decodeItem(value: Json | undefined): DecodedItem {
  if (!isJsonObject(value)) return refused('The item is not a JSON object.');
  const id = value['id'];
  const fault = faultOfId(id);
  if (typeof id !== 'string' || fault !== undefined) {
    return refused(fault ?? 'The id is not a string.');
  }
  // Depth before size: measuring a value nested without end would exhaust the stack.
  if (nestsDeeperThan(value, MAX_NESTING)) {
    return refused(`The item nests deeper than ${MAX_NESTING} levels.`);
  }
  if (Buffer.byteLength(JSON.stringify(value)) > MAX_ITEM_BYTES) {
    return {
      ok: false,
      status: 413,
      message: 'Request size is too large: an item has at most 2 MB.',
    };
  }
  return { ok: true, item: { id, document: value } };
}

/** Why a value cannot be an id; undefined when it can. */
export function faultOfId(id: Json | undefined): string | undefined {
  if (id === undefined) return "The required property 'id' is missing.";
  if (typeof id !== 'string' || id === '') return "The property 'id' must be a non-empty string.";
  if (/[/\\?#]/.test(id)) return "The id contains one of the characters '/', '\\', '?', '#'.";
  if (Buffer.byteLength(id) > MAX_ID_BYTES) return `The id is longer than ${MAX_ID_BYTES} bytes.`;
  return undefined;
}

/** What the server adds to an item when it writes it. */
export type SystemProperties = {
  readonly resourceId: string;
  readonly selfLink: string;
  readonly etag: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
};

/** The document as stored and read: the client's properties, then the system's. */
export function withSystemProperties(item: Item, system: SystemProperties): JsonObject {
  return {
    ...item.document,
    _rid: system.resourceId,
    _self: system.selfLink,
    _etag: system.etag,
    _attachments: 'attachments/',
    _ts: system.timestamp,
  };
}

function refused(message: string): DecodedItem {
  return { ok: false, status: 400, message };
}
