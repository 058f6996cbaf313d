// Documents in the container `feed`, which several stores share, each with partitions of its own. The
// partition key is put on what is written and taken off what is read: it is no part of what was kept.
import type { CommitResult, Stored, Write } from '../../application/ports.ts';
import type { OpenContainer } from './client.ts';
import { commit } from './commit.ts';
import { decodeStored } from './documents.ts';
import { asking } from './failure.ts';

/** The document with this id of this kind; null where there is none. Throws Unavailable. */
export async function readKeyed<T extends { readonly kind: string }>(
  container: OpenContainer,
  key: string,
  id: string,
  kind: T['kind'],
): Promise<Stored<T> | null> {
  const { resource } = await asking(async () => (await container()).item(id, key).read<object>());
  return resource === undefined ? null : decodeKeyed<T>(resource, kind);
}

/** A document as a query found it. */
export function decodeKeyed<T extends { readonly kind: string }>(
  found: unknown,
  kind: T['kind'],
): Stored<T> {
  return withoutKey(decodeStored<T>(found, [kind]));
}

/** Writes to one partition: all or none. Throws Unavailable. */
export function commitKeyed(
  container: OpenContainer,
  key: string,
  writes: readonly Write<object>[],
): Promise<CommitResult> {
  const keyed = writes.map(({ id, document, etag }) => ({
    id,
    document: document === null ? null : { ...document, key },
    etag,
  }));
  return commit(container, key, keyed);
}

function withoutKey<T extends object>({ document, etag }: Stored<T & { key?: string }>): Stored<T> {
  const copy = { ...document };
  delete copy.key;
  return { document: copy, etag };
}
