// What …/collections-history answers.
import * as z from 'zod';
import { LETTER_STATUSES } from '../../../domain/collection-letter.ts';
import { COMMAND_TYPES } from '../../../domain/commands/command.ts';
import { COMMAND_STATES } from '../../../domain/commands/command-document.ts';
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
  command: told.describe('The id of the command that made it so; null where none did.'),
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

const subjects = z
  .array(
    z.strictObject({
      source: z.string(),
      record: z.string(),
      number: told,
      value: z
        .string()
        .describe('A status, `open` or `closed`; of a command to the ERP the amount it is about.'),
    }),
  )
  .nullable();

const commandEntry = z
  .strictObject({
    entity: z.literal('command'),
    ...entry,
    type: z.enum(COMMAND_TYPES),
    state: z.enum(COMMAND_STATES),
    before: subjects,
    after: subjects.describe('Null where the ERP tells what comes of it, by changes of its own.'),
  })
  .meta({ id: 'CommandHistoryEntry', description: 'What a coordinator asked for.' });

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
  .union([statusEntry, letterEntry, commandEntry, reminderEntry])
  .meta({ id: 'HistoryEntry', description: 'What was so before and after, by `entity`.' });

export const collectionsHistory = z
  .strictObject({ ...customerFields, items: z.array(historyEntry), cursor })
  .meta({ id: 'CollectionsHistory', description: 'A page of the history, newest first.' });
