// JSON values as they came in, and the one canonical text of each.

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A row of a change: the object as sent, extra fields included. */
export type JsonObject = { readonly [key: string]: JsonValue };

/**
 * The canonical text (RFC 8785): keys in order of their UTF-16 code units, no white space. Two
 * values are the same content exactly when their canonical texts are equal.
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** An object with these members in the order of their names, so that equal ones are equal text. */
export function inOrderOfNames<T>(members: readonly (readonly [string, T])[]): {
  readonly [name: string]: T;
} {
  return Object.fromEntries(members.length < 2 ? members : members.toSorted(byName));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** Bytes of a text in UTF-8, without making them. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // Half of a surrogate pair takes two of the pair's four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** Whether two documents say the same, in whatever order their fields were written. */
export function isSameDocument(left: object, right: object): boolean {
  const [leftText, rightText] = [JSON.stringify(left), JSON.stringify(right)];
  if (leftText === rightText) return true;
  // Fields in another order make a text as long; one of another length need not be looked at.
  if (leftText.length !== rightText.length) return false;
  return canonicalJson(JSON.parse(leftText)) === canonicalJson(JSON.parse(rightText));
}
