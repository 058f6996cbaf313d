// What …/ops/rebuild answers.
import * as z from 'zod';
import { TASKS } from '../../../application/task-message.ts';
import { count, instant } from './values-schema.ts';

export const rebuild = z
  .strictObject({
    id: z.string(),
    task: z.enum(TASKS),
    company: z.string(),
    customer: z.string().nullable().describe('Null for every customer of the company.'),
    state: z.enum(['running', 'finished']),
    startedAt: instant,
    finishedAt: instant.nullable(),
    enqueued: count.describe('Customers found so far.'),
    done: count,
    failed: count,
    failures: z.array(z.string()).describe('The first customers that failed.'),
    changed: count.describe('Documents that were not as they ought to be.'),
  })
  .meta({ id: 'Rebuild', description: 'How far a rebuild is.' });
