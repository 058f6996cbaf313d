// The answer of …/contacts: whom a coordinator turns to (SPEC §3.7). The workspace embeds it too.
import type { CustomerView } from '../../../application/open-customer.ts';
import type { Contact } from '../../../domain/contact.ts';
import type { Header } from '../../../domain/header.ts';
import { textOrNull } from '../../../domain/row-reader.ts';
import type { AnswerOf } from './answer-of.ts';
import type { contactFigures, contacts } from './contacts-schema.ts';
import { freshness } from './freshness.ts';

/** The contacts; what nobody told is null. */
export function contactsAnswer(view: CustomerView): AnswerOf<typeof contacts> {
  return { ...freshness(view, view.businessDate), ...contactFields(view.header) };
}

/** The contacts alone: all of them stand in the header. */
export function contactFields({
  collectionsContact,
  firstContact,
  profile,
}: Header): AnswerOf<typeof contactFigures> {
  const row = profile?.row ?? {};
  const collections = collectionsContact ?? firstContact;
  return {
    collectionsContact:
      collections === null
        ? null
        : { ...person(collections), fallback: collectionsContact === null },
    otherContact: firstContact === null ? null : person(firstContact),
    organization: {
      ...reachable(textOrNull(row, 'email'), textOrNull(row, 'phone')),
      address: textOrNull(row, 'address'),
    },
    internalTeam: {
      primaryContact: textOrNull(row, 'primaryContact'),
      employeeResponsible: textOrNull(row, 'employeeResponsible'),
    },
  };
}

function person({ source, record, role, name, title, email, phone }: Contact) {
  return { source, record, role, name, title, ...reachable(email, phone) };
}

/** Addresses, and what a front end may offer to do with them. */
function reachable(email: string | null, phone: string | null) {
  return { email, phone, canEmail: isFilled(email), canCall: isFilled(phone) };
}

function isFilled(text: string | null): boolean {
  return text !== null && text.trim() !== '';
}
