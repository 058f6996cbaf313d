// The keys under which documents are stored. Cosmos DB forbids / \ ? # in ids and advises plain
// ASCII, so every other character is escaped; two different keys never become one.

const PLAIN = /^[A-Za-z0-9._-]*$/;
const utf8 = new TextEncoder();

/** A part of a key in letters, digits and `. _ - ~`. */
export function encodeKeyPart(text: string): string {
  if (PLAIN.test(text)) return text;
  let encoded = '';
  for (const character of text) {
    if (PLAIN.test(character)) {
      encoded += character;
      continue;
    }
    for (const byte of utf8.encode(character)) encoded += `~${byte.toString(16).padStart(2, '0')}`;
  }
  return encoded;
}

/** The partition key of everything that belongs to one customer. */
export function customerKey(company: string, customer: string): string {
  return `${encodeKeyPart(company)}|${encodeKeyPart(customer)}`;
}

/** The id of a record's document: unique within its customer or company. */
export function recordId(kind: string, source: string, record: string): string {
  return `${kind}|${encodeKeyPart(source)}|${encodeKeyPart(record)}`;
}
