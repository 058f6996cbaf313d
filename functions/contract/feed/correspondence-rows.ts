// Rows about dealing with the customer rather than its ledger: contacts, letters, activities
// (SPEC §2.1).
import * as z from 'zod';
import { ACTIVITY_CATEGORIES } from '../../../domain/activity.ts';
import { LETTER_STATUSES } from '../../../domain/collection-letter.ts';
import { CONTACT_ROLES } from '../../../domain/contact.ts';
import {
  amount,
  boundedText,
  currency,
  date,
  instant,
  name,
  note,
  optional,
  recordKey,
  url,
} from './fields.ts';
import { LETTER_LINES_MAX, WORKER_LENGTH_MAX } from './limits.ts';

export const contact = z.looseObject({
  role: optional(z.enum(CONTACT_ROLES)),
  order: optional(z.int().min(-1_000_000_000).max(1_000_000_000)),
  name,
  title: optional(name),
  email: optional(boundedText(320)),
  phone: optional(boundedText(64)),
});

const letterLine = z.looseObject({ transaction: recordKey, amount });

/** A line that is told by itself, before the letter or after it: it names its currency. */
export const toldLetterLine = z.looseObject({ transaction: recordKey, amount, currency });

export const collectionLetter = z.looseObject({
  number: boundedText(64),
  code: boundedText(64),
  status: z.enum(LETTER_STATUSES),
  postedDate: optional(date),
  currency,
  amount,
  fee: optional(amount),
  documentUrl: optional(url),
  lines: optional(z.array(letterLine).max(LETTER_LINES_MAX)),
});

export const activity = z.looseObject({
  number: boundedText(64),
  category: z.enum(ACTIVITY_CATEGORIES),
  type: optional(boundedText(64)),
  purpose: name,
  startAt: optional(instant),
  endAt: optional(instant),
  responsible: optional(boundedText(WORKER_LENGTH_MAX)),
  closed: z.boolean(),
  closedAt: optional(instant),
  closedBy: optional(name),
  memo: optional(note),
  url: optional(url),
});
