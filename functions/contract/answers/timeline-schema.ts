// What …/timeline answers.
import * as z from 'zod';
import { ACTIVITY_CATEGORIES } from '../../../domain/activity.ts';
import { currency, cursor, customerFields, date, instant, money } from './values-schema.ts';

const told = z.string().nullable();

const place = {
  date: date.describe('Where it stands on the timeline.'),
  record: z.string().describe('The key of the row in its source.'),
  source: z.string(),
};

const posted = {
  postedDate: date,
  voucher: z.string(),
  amount: money,
  currency,
  canceled: z.boolean(),
};

const invoice = z
  .strictObject({
    type: z.literal('invoice'),
    ...place,
    ...posted,
    number: told,
    dueDate: date,
    creditNote: z.boolean(),
    documentUrl: told,
  })
  .meta({ id: 'TimelineInvoice', description: 'An invoice or a credit note.' });

const payment = z
  .strictObject({
    type: z.literal('payment'),
    ...place,
    ...posted,
    reversal: z.boolean().describe('Whether it takes another payment back.'),
    voucherUrl: told,
  })
  .meta({ id: 'TimelinePayment', description: 'A payment, or the reversal of one.' });

const letterFields = {
  postedDate: date.nullable(),
  number: z.string(),
  sequenceCode: z.string(),
  amount: money,
  currency,
  canceled: z.boolean(),
  fee: money.nullable(),
  lines: z.array(z.strictObject({ transaction: z.string(), amount: money })),
  documentUrl: told,
};

/** A letter, as the collections history shows it too. */
export const letter = z.strictObject(letterFields);

const collectionLetter = z
  .strictObject({ type: z.literal('collectionLetter'), ...place, ...letterFields })
  .meta({ id: 'TimelineLetter', description: 'A collection letter once it was posted.' });

const activity = z
  .strictObject({
    type: z.literal('activity'),
    ...place,
    category: z.enum(ACTIVITY_CATEGORIES),
    endAt: instant.nullable(),
    activityType: told.describe('The activity’s own type.'),
    responsible: told,
    userMemoIncluded: z.boolean().describe('Whether there is a note.'),
    note: told,
    number: z.string(),
    startAt: instant.nullable(),
    purpose: z.string(),
    closed: z.boolean(),
    closedAt: instant.nullable(),
    closedBy: told,
    url: told,
  })
  .meta({
    id: 'TimelineActivity',
    description: 'An activity, at the date in the company of its end, else its start or closing.',
  });

export const timelineItem = z
  .union([invoice, payment, collectionLetter, activity])
  .meta({ id: 'TimelineItem', description: 'What happened, by `type`.' });

export const timeline = z
  .strictObject({ ...customerFields, items: z.array(timelineItem), cursor })
  .meta({ id: 'Timeline', description: 'A page of the timeline, newest first.' });
