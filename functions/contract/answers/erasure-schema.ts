// What …/ops/erase answers.
import * as z from 'zod';
import { count, instant } from './values-schema.ts';

export const erasure = z
  .strictObject({
    id: z.string(),
    company: z.string(),
    customer: z.string(),
    state: z.enum(['running', 'finished']),
    startedAt: instant,
    finishedAt: instant.nullable(),
    failed: z
      .boolean()
      .describe('Whether it came to an end it should not have: see to it, and ask for it again.'),
    changed: count.describe('Documents and messages that lost something.'),
  })
  .meta({ id: 'Erasure', description: 'How far the erasure of a customer is.' });
