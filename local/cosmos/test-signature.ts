// Signs requests for tests that must send what the SDK never would.
import { createHmac } from 'node:crypto';

/** The headers of a request signed with a key, for a target as it stands in the request line. */
export function signedHeaders(method: string, target: string, key: string) {
  const segments = target.slice(1).split('/');
  const owner = segments.length % 2 === 0 ? segments : segments.slice(0, -1);
  const type = segments.length % 2 === 0 ? segments.at(-2) : segments.at(-1);
  const date = new Date(0).toUTCString();
  const text = `${method.toLowerCase()}\n${type}\n${owner.join('/')}\n${date.toLowerCase()}\n\n`;
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
  return {
    'x-ms-date': date,
    authorization: encodeURIComponent(`type=master&ver=1.0&sig=${signature}`),
  };
}
