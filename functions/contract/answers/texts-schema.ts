// What …/summary and …/reminder-emails answer.
import * as z from 'zod';
import { LANGUAGES, TONES } from '../../../domain/text/fact-sheet.ts';
import { FALLBACKS, GENERATORS } from '../../../domain/text/text-document.ts';
import { count, currency, customerFields, date, instant, money } from './values-schema.ts';

/** What every text is labeled with, whoever wrote it. */
export const TEXT_LABEL = 'AI-generated';

const id = z.string().describe('What sentences name it by.');

const fact = z
  .union([
    z.strictObject({ id, kind: z.literal('amount'), amount: money, currency }),
    z.strictObject({ id, kind: z.literal('date'), date }),
    z.strictObject({ id, kind: z.literal('count'), count }),
    z.strictObject({ id, kind: z.literal('percentage'), percentage: z.string() }),
    z.strictObject({ id, kind: z.literal('number'), number: z.string() }),
    z.strictObject({ id, kind: z.literal('name'), name: z.string() }),
    z.strictObject({ id, kind: z.literal('days'), days: z.string() }),
  ])
  .meta({
    id: 'Fact',
    description:
      'A figure, a date, a number or a name that the text may say, without sign: the sentence says ' +
      'which way it goes.',
  });

const sentence = z
  .strictObject({
    text: z.string(),
    facts: z.array(z.string()).describe('The ids of the facts it rests on.'),
  })
  .meta({ id: 'Sentence', description: 'A sentence of a generated text.' });

const textFields = {
  label: z.literal(TEXT_LABEL).describe('To be shown with the text.'),
  generator: z
    .enum(GENERATORS)
    .describe('`model`: written by AI and checked; `template`: made from the facts by rule.'),
  model: z.string().nullable().describe('The model that wrote it; null for a template.'),
  fallback: z
    .enum(FALLBACKS)
    .nullable()
    .describe('Why it is the template’s; null for a text of a model.'),
  factSheetHash: z.string().describe('SHA-256 of the facts it was made from.'),
  madeAt: instant,
  language: z.enum(LANGUAGES),
  sentences: z.array(sentence),
  facts: z.array(fact),
};

export const summary = z
  .strictObject({
    ...customerFields,
    ...textFields,
    text: z.string().describe('The sentences, with an empty line between paragraphs.'),
  })
  .meta({ id: 'Summary', description: 'What there is to say of an account.' });

/** What to tell the user of a draft. */
export const NOTICES = ['no-recipient', 'other-contact', 'other-language'] as const;

export const reminderEmail = z
  .strictObject({
    ...customerFields,
    id: z.string().describe('Opaque; by which the draft is found.'),
    ...textFields,
    madeBy: z.string().describe('The worker who had it drafted, else the user.'),
    stale: z.boolean().describe('Whether the facts have changed since: draft another.'),
    tone: z.enum(TONES),
    customerLanguage: z.string().nullable().describe('As the ERP has it.'),
    languageFallback: z.boolean().describe('Whether the customer’s language is another.'),
    subject: z.string(),
    text: z.string().describe('The whole email as plain text.'),
    html: z.string().describe('The whole email as an HTML document, with a table of the items.'),
    recipient: z
      .strictObject({
        name: z.string().nullable(),
        email: z.string(),
        fallback: z
          .boolean()
          .describe('Whether it is another contact, none being for collections.'),
      })
      .nullable()
      .describe('Null where no contact has an address.'),
    mailto: z
      .string()
      .describe('Opens the email in a mail program; without the list of items where that is long.'),
    eml: z.string().describe('The path of the email as a message (RFC 5322).'),
    notices: z
      .array(z.strictObject({ code: z.enum(NOTICES), text: z.string() }))
      .describe('What the user should know before sending it.'),
  })
  .meta({ id: 'ReminderEmail', description: 'A reminder email to be checked and sent by a user.' });
