// Turns what Cosmos DB returns into the documents that were written: nobody else writes to these
// containers, so the kind decides. The one place where a stored document gets its type.
import type { JSONObject } from '@azure/cosmos';
import type { Stored } from '../../application/ports.ts';

/** Properties Cosmos DB adds to what was written. */
const SYSTEM_PROPERTIES = new Set(['_rid', '_self', '_etag', '_attachments', '_ts', '_lsn']);

/** The document and its tag; throws when it is of none of the kinds. */
export function decodeStored<T extends { readonly kind: string }>(
  resource: unknown,
  kinds: readonly T['kind'][],
): Stored<T> {
  if (typeof resource !== 'object' || resource === null || !('_etag' in resource)) {
    throw new Error('a stored document is no object with a tag');
  }
  const entries = Object.entries(resource).filter(([name]) => !SYSTEM_PROPERTIES.has(name));
  const document: { kind?: unknown } = Object.fromEntries(entries);
  if (!kinds.some((kind) => kind === document.kind)) {
    throw new Error('a stored document is of an unknown kind');
  }
  return { document: document as T, etag: String(resource._etag) };
}

/** The document as the SDK takes it; its JSON type does not know readonly. */
export function toResource(document: object): JSONObject & { id: string } {
  return document as JSONObject & { id: string };
}
