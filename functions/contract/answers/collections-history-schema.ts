// What …/collections-history answers.
import * as z from 'zod';
import { LETTER_STATUSES } from '../../../domain/collection-letter.ts';
import { COLLECTIONS_STATUSES } from '../../../domain/collections-status.ts';
import { LANGUAGES, TONES } from '../../../domain/text/fact-sheet.ts';
import { GENERATORS } from '../../../domain/text/text-document.ts';
import { letter } from './timeline-schema.ts';
import { currency, cursor, customerFields, date, instant, money } from './values-schema.ts';

const told = z.string().nullable();

const entry = {
  date: date.describe('The day it happened in the company.'),
  at: instant.nullable().describe('When it happened; null where only the day is known.'),
  changedBy: told,
  source: z.string().describe('With its epoch.'),
  record: z.string().describe('The key of the row in its source.'),
  version: z.string(),
  deleted: z.boolean().describe('Whether the source has deleted the row; `after` is null then.'),
  number: told.describe('Of the transaction, or the letter; null where it is not known.'),
};

const status = z
  .strictObject({
    status: z.enum(COLLECTIONS_STATUSES),
    followUpDate: date.nullable(),
    amount: money.nullable(),
    currency: currency.nullable(),
    reason: told,
    note: told,
  })
  .nullable();

const letterState = letter.extend({ status: z.enum(LETTER_STATUSES) }).nullable();

const statusEntry = z
  .strictObject({
    entity: z.literal('collectionsStatus'),
    ...entry,
    before: status,
    after: status,
  })
  .meta({ id: 'StatusHistoryEntry', description: 'A change of a collections status.' });

const letterEntry = z
  .strictObject({
    entity: z.literal('collectionLetter'),
    ...entry,
    before: letterState,
    after: letterState,
  })
  .meta({ id: 'LetterHistoryEntry', description: 'A change of a collection letter.' });

const reminderState = z
  .strictObject({
    tone: z.enum(TONES),
    language: z.enum(LANGUAGES),
    generator: z.enum(GENERATORS),
    model: told,
    factSheetHash: z.string(),
  })
  .nullable();

const reminderEntry = z
  .strictObject({
    entity: z.literal('reminderEmail'),
    ...entry,
    id: z.string().describe('By which the email is found.'),
    before: z.null(),
    after: reminderState,
  })
  .meta({ id: 'ReminderHistoryEntry', description: 'A reminder email that was drafted.' });

export const historyEntry = z
  .union([statusEntry, letterEntry, reminderEntry])
  .meta({ id: 'HistoryEntry', description: 'What was so before and after, by `entity`.' });

export const collectionsHistory = z
  .strictObject({ ...customerFields, items: z.array(historyEntry), cursor })
  .meta({ id: 'CollectionsHistory', description: 'A page of the history, newest first.' });
