// What …/ops/dead-letters answers.
import * as z from 'zod';
import { count, cursor, instant } from './values-schema.ts';

const told = z.string().nullable();

const deadLetter = z
  .strictObject({
    sequenceNumber: z.string().describe('A 64-bit number in decimal.'),
    messageId: told,
    reason: told,
    description: told,
    deliveryCount: count,
    enqueuedAt: instant.nullable(),
    body: z.unknown().describe('JSON where it is such, else a text.'),
  })
  .meta({ id: 'DeadLetter', description: 'A message that was given up.' });

export const deadLetters = z
  .strictObject({ items: z.array(deadLetter), cursor })
  .meta({ id: 'DeadLetters', description: 'A page of dead letters, oldest first.' });

export const replayed = z
  .strictObject({
    replayed: count.describe('How many are on the queue again.'),
    notFound: z
      .array(z.string())
      .describe('Of those asked for by number: not there, or being replayed by somebody else.'),
    more: z.boolean().describe('Whether there are dead letters left.'),
  })
  .meta({ id: 'ReplayedDeadLetters', description: 'What became of them.' });
