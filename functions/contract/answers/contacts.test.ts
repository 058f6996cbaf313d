import { describe, expect, test } from 'vitest';
import { type Contact, readContact } from '../../../domain/contact.ts';
import { EMPTY_HEADER, type Header } from '../../../domain/header.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { contactFields } from './contacts.ts';

const JO = readContact(
  { role: 'collections', order: 2, name: 'Jo', title: 'Clerk', email: 'jo@f.example', phone: '1' },
  '/a',
  'jo',
);
const AL = readContact({ order: 1, name: 'Al' }, '/a', 'al');

function header(
  collectionsContact: Contact | null,
  firstContact: Contact | null,
  row: JsonObject | null = null,
): Header {
  const at = { source: '/a', record: '1', changedAt: '2026-01-01T00:00:00.000Z' };
  const profile = row === null ? null : { ...at, row };
  return { ...EMPTY_HEADER, collectionsContact, firstContact, profile };
}

describe('contacts', () => {
  test('name the contact for collections, and the first of all besides', () => {
    const { collectionsContact, otherContact } = contactFields(header(JO, AL));
    expect(collectionsContact).toMatchObject({
      record: 'jo',
      fallback: false,
      email: 'jo@f.example',
      canEmail: true,
      canCall: true,
    });
    expect(otherContact).toMatchObject({ record: 'al', email: null, canEmail: false });
  });

  test('fall back to the first contact where none is for collections, and say so', () => {
    const { collectionsContact } = contactFields(header(null, AL));
    expect(collectionsContact).toMatchObject({ record: 'al', fallback: true, canCall: false });
  });

  test('are null where nobody told any', () => {
    expect(contactFields(header(null, null))).toEqual({
      collectionsContact: null,
      otherContact: null,
      organization: { email: null, phone: null, address: null, canEmail: false, canCall: false },
      internalTeam: { primaryContact: null, employeeResponsible: null },
    });
  });

  test('tell how to reach the organization, and who is responsible for it here', () => {
    const row = { email: ' ', phone: '030', address: 'Main Street 1', employeeResponsible: 'Ann' };
    expect(contactFields(header(null, null, row))).toMatchObject({
      organization: {
        email: ' ',
        phone: '030',
        address: 'Main Street 1',
        canEmail: false,
        canCall: true,
      },
      internalTeam: { primaryContact: null, employeeResponsible: 'Ann' },
    });
  });
});
