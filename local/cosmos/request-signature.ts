// Key authentication as the REST API defines it (documentation, "Access control on Azure Cosmos DB
// resources"). Never logs or returns the key.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature covers. */
export type SignedRequest = {
  readonly method: string;
  /** Path without slashes at its ends, decoded. */
  readonly path: string;
  /** The `x-ms-date` header. */
  readonly date: string;
  /** The `authorization` header. */
  readonly authorization: string;
};

/** Whether a request was signed with the key. */
export function isSignedWith(key: Buffer, request: SignedRequest): boolean {
  const { type, link } = signedResource(request.path);
  const text = `${request.method.toLowerCase()}\n${type}\n${link}\n${request.date.toLowerCase()}\n\n`;
  const signature = createHmac('sha256', key).update(text).digest('base64');
  const expected = Buffer.from(encodeURIComponent(`type=master&ver=1.0&sig=${signature}`));
  const given = Buffer.from(request.authorization);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

// A path with a trailing type, as `dbs/x/colls/y/docs`, is signed with its owner's link.
function signedResource(path: string): { readonly type: string; readonly link: string } {
  if (path === '') return { type: '', link: '' };
  const segments = path.split('/');
  if (segments.length % 2 === 0) return { type: segments.at(-2) ?? '', link: path };
  return { type: segments.at(-1) ?? '', link: segments.slice(0, -1).join('/') };
}
