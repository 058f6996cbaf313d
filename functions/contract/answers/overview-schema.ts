// What …/overview answers: the landing page.
import * as z from 'zod';
import { activities } from './activities-schema.ts';
import { agedBalances, highestBalances } from './lists-schema.ts';
import { companyFields } from './values-schema.ts';

export const overview = z
  .strictObject({
    ...companyFields,
    pool: z.string().nullable().describe('`*` is every customer; null is a caller without pools.'),
    activities,
    highestBalances,
    agedBalances,
  })
  .meta({
    id: 'Overview',
    description: 'The landing page. Each list is the first page of the route of its own.',
  });
