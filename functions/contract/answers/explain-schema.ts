// What …/explain answers.
import * as z from 'zod';
import { FIGURES } from '../../../domain/figure.ts';
import { agedBy, definitionId, total } from './aging-schema.ts';
import { documentFields } from './transactions-schema.ts';
import { count, currency, cursor, customerFields, instant, money } from './values-schema.ts';

const change = z
  .strictObject({
    entity: z.enum(['transaction', 'settlement', 'installment', 'collectionsStatus']),
    source: z.string().describe('With its epoch.'),
    record: z.string().describe('The key of the row in its source.'),
    facet: z.string(),
    version: z.string(),
    time: instant,
  })
  .meta({ id: 'ChangeBehind', description: 'A change that made an open amount what it is.' });

const item = z
  .strictObject({
    ...documentFields,
    open: money.describe('What is open of it, in its own currency.'),
    part: money.describe('What of that counts, in the currency of the figure.'),
    changes: z.array(change),
  })
  .meta({ id: 'ExplainedTransaction', description: 'A transaction that adds to a figure.' });

export const explanation = z
  .strictObject({
    ...customerFields,
    definition: definitionId,
    agedBy,
    credits: z.literal('separate'),
    figure: z.strictObject({
      name: z.enum(FIGURES),
      bucket: z.string().nullable().describe('The label of the bucket, for one.'),
      amount: money.describe('The figure as aged balances have it.'),
      currency,
    }),
    total: total.describe('All transactions, on this page or not, and what their parts add up to.'),
    missingAccountingAmounts: count,
    approximate: z.boolean(),
    items: z.array(item),
    cursor,
  })
  .meta({ id: 'Explanation', description: 'A page of what adds up to a figure.' });
