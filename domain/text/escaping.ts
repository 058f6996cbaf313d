// Makes texts safe to stand in HTML, in one line, and in a mailto: link.

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML shows it, in an element or an attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** A text on one line, without anything a mail program could take for the end of a header. */
export function singleLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Characters a link may have: beyond, programs on some systems cut it or do not open it. */
export const MAILTO_LENGTH_MAX = 2_000;

/**
 * A `mailto:` link (RFC 6068) with the first of these bodies that fits; without any if none does.
 * The recipient may be missing: the mail program asks for it then.
 */
export function mailtoLink(
  recipient: string | null,
  subject: string,
  bodies: readonly string[],
): string {
  const to = recipient === null ? '' : encodeURIComponent(recipient).replaceAll('%40', '@');
  const link = `mailto:${to}?subject=${encodeURIComponent(subject.toWellFormed())}`;
  const bodied = bodies.map((body) => {
    const text = encodeURIComponent(body.toWellFormed().replaceAll('\n', '\r\n'));
    return `${link}&body=${text}`;
  });
  return bodied.find(({ length }) => length <= MAILTO_LENGTH_MAX) ?? link;
}

/** One address, with nothing a mail program could take for two (RFC 5322, without comments or quotes). */
const ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;
const ADDRESS_LENGTH_MAX = 254;

/** The address to write to; null when a text is none. */
export function emailAddress(text: string | null): string | null {
  const address = text?.trim() ?? '';
  return address.length <= ADDRESS_LENGTH_MAX && ADDRESS.test(address) ? address : null;
}
