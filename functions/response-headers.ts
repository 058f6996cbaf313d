// Headers that every answer has, whatever it says (SPEC §7): nothing of this API is a page, may be
// framed, or be kept by a cache that was not told to. What an answer says itself comes before them.

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
} as const;

/** The headers of an answer with those that every one has; several `vary` are joined. */
export function completeHeaders(
  own: Readonly<Record<string, string>>,
  crossOrigin: Readonly<Record<string, string>>,
): Record<string, string> {
  const vary = [own['vary'], crossOrigin['vary']].filter((names) => names !== undefined).join(', ');
  return { ...SECURITY_HEADERS, ...crossOrigin, ...own, ...(vary === '' ? {} : { vary }) };
}
