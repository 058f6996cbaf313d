// What …/contacts answers; the workspace embeds it.
import * as z from 'zod';
import { CONTACT_ROLES } from '../../../domain/contact.ts';
import { customerFields } from './values-schema.ts';

const told = z.string().nullable();

const reach = {
  email: told,
  phone: told,
  canEmail: z.boolean().describe('Whether a front end may offer to write.'),
  canCall: z.boolean().describe('Whether a front end may offer to call.'),
};

const personFields = {
  source: z.string(),
  record: z.string().describe('The key of the row in its source.'),
  role: z.enum(CONTACT_ROLES).nullable(),
  name: z.string(),
  title: told,
  ...reach,
};

const figures = {
  collectionsContact: z
    .strictObject({
      ...personFields,
      fallback: z
        .boolean()
        .describe('Whether it is the first contact, none being for collections.'),
    })
    .nullable()
    .describe('Whom to turn to about what is owed.'),
  otherContact: z.strictObject(personFields).nullable().describe('The first contact by `order`.'),
  organization: z.strictObject({ ...reach, address: told }),
  internalTeam: z.strictObject({ primaryContact: told, employeeResponsible: told }),
};

export const contactFigures = z
  .strictObject(figures)
  .meta({ id: 'ContactsOfCustomer', description: 'Whom to turn to; null is not told.' });

export const contacts = z
  .strictObject({ ...customerFields, ...figures })
  .meta({ id: 'Contacts', description: 'Whom to turn to; null is not told.' });
