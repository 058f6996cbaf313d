// Which resource a URL names. Only reads text; a malformed escape is a value, not an exception.

/** A resource the server knows how to answer for, or what the URL names instead. */
export type ResourceAddress =
  | { readonly kind: 'account' }
  | { readonly kind: 'databases' }
  | { readonly kind: 'database'; readonly database: string }
  | { readonly kind: 'containers'; readonly database: string }
  | ContainerAddress<'container'>
  | ContainerAddress<'ranges'>
  | ContainerAddress<'documents'>
  | (ContainerAddress<'document'> & { readonly id: string })
  | { readonly kind: 'unknown'; readonly path: string };

type ContainerAddress<Kind extends string> = {
  readonly kind: Kind;
  readonly database: string;
  readonly container: string;
};

/** The decoded path without slashes at its ends; undefined for a malformed escape. */
export function decodePath(url: string): string | undefined {
  const [path = ''] = url.split('?', 1);
  try {
    return decodeURIComponent(path).replace(/^\/+|\/+$/g, '');
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** The resource at a decoded path. */
export function resourceAt(path: string): ResourceAddress {
  if (path === '') return { kind: 'account' };
  const [dbs, database, colls, container, part, id, ...beyond] = path.split('/');
  const unknown = { kind: 'unknown', path } as const;
  if (dbs !== 'dbs' || beyond.length > 0) return unknown;
  if (database === undefined) return { kind: 'databases' };
  if (colls === undefined) return { kind: 'database', database };
  if (colls !== 'colls') return unknown;
  if (container === undefined) return { kind: 'containers', database };
  const place = { database, container };
  if (part === undefined) return { kind: 'container', ...place };
  if (part === 'pkranges' && id === undefined) return { kind: 'ranges', ...place };
  if (part !== 'docs') return unknown;
  return id === undefined ? { kind: 'documents', ...place } : { kind: 'document', ...place, id };
}
