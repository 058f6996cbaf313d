// The keys under which documents are stored. Cosmos DB forbids / \ ? # in ids and advises plain
// ASCII, so every other character is escaped; two different keys never become one.

const PLAIN = /^[A-Za-z0-9._-]*$/;
const ESCAPED = /[^A-Za-z0-9._-]/gu;
const utf8 = new TextEncoder();

/** A part of a key in letters, digits and `. _ - ~`. */
export function encodeKeyPart(text: string): string {
  return PLAIN.test(text) ? text : escapeText(text);
}

/** Texts escaped lately: nearly all are names of sources, few and part of every id. */
const escaped = new Map<string, string>();
const REMEMBERED_MAX = 1_000;

function escapeText(text: string): string {
  const known = escaped.get(text);
  if (known !== undefined) return known;
  const made = text.replaceAll(ESCAPED, escapeCharacter);
  if (escaped.size >= REMEMBERED_MAX) escaped.clear();
  escaped.set(text, made);
  return made;
}

/** `~` and two digits for each byte: `/` → `~2f`. */
function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x80) return `~${code.toString(16).padStart(2, '0')}`;
  return Array.from(utf8.encode(character), (byte) => `~${byte.toString(16)}`).join('');
}

/** The partition key of everything that belongs to one customer. */
export function customerKey(company: string, customer: string): string {
  return `${encodeKeyPart(company)}|${encodeKeyPart(customer)}`;
}

/** The id of a record's document: unique within its customer or company. */
export function recordId(kind: string, source: string, record: string): string {
  return `${kind}|${encodeKeyPart(source)}|${encodeKeyPart(record)}`;
}
