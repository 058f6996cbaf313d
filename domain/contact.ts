// People at the customer (SPEC §2.1, contact), and which of them a coordinator turns to (§3.7).
import type { JsonObject } from './json.ts';
import type { RecordDocument } from './record.ts';
import { numberOrNull, oneOfOrNull, text, textOrNull } from './row-reader.ts';

export const CONTACT_ROLES = ['collections', 'primary', 'other'] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

export type ContactDocument = RecordDocument<'contact'> & { readonly pk: string };

export type Contact = {
  readonly source: string;
  readonly record: string;
  readonly role: ContactRole | null;
  readonly order: number | null;
  readonly name: string;
  readonly title: string | null;
  readonly email: string | null;
  readonly phone: string | null;
};

/** The typed contact of a row. */
export function readContact(row: JsonObject, source: string, record: string): Contact {
  return {
    source,
    record,
    role: oneOfOrNull(row, 'role', CONTACT_ROLES),
    order: numberOrNull(row, 'order'),
    name: text(row, 'name'),
    title: textOrNull(row, 'title'),
    email: textOrNull(row, 'email'),
    phone: textOrNull(row, 'phone'),
  };
}

/** Whether `left` stands before `right`: by order, those without one last; ties by source, record. */
export function isListedBefore(left: Contact, right: Contact): boolean {
  const [a, b] = [left.order ?? Number.POSITIVE_INFINITY, right.order ?? Number.POSITIVE_INFINITY];
  if (a !== b) return a < b;
  if (left.source !== right.source) return left.source < right.source;
  return left.record < right.record;
}
