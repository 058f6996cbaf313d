// What the change feed answers.
import * as z from 'zod';
import { count } from './values-schema.ts';

const position = {
  index: count.describe('Where the change stands in the request, from 0.'),
  id: z.string().nullable().describe('The `id` of the event, where it has one.'),
};

const receipt = z
  .union([
    z.strictObject({ ...position, status: z.enum(['accepted', 'duplicateInRequest']) }),
    z.strictObject({
      ...position,
      status: z.literal('rejected'),
      code: z.string().describe('For a machine: `amount-precision`.'),
      pointer: z.string().describe('The JSON pointer to what is wrong in the event.'),
      detail: z.string().describe('A sentence a person can act on.'),
    }),
  ])
  .meta({ id: 'Receipt', description: 'What became of one change.' });

const counts = {
  accepted: count,
  duplicateInRequest: count.describe('The same change stands earlier in the request.'),
  rejected: count,
  receipts: z.array(receipt).describe('One for each change, in order.'),
};

export const receipts = z
  .strictObject(counts)
  .meta({ id: 'Receipts', description: 'What became of the changes of a request.' });

export const dryRunReceipts = z.strictObject({ dryRun: z.literal(true), ...counts }).meta({
  id: 'DryRunReceipts',
  description: 'What would become of the changes of a request; nothing was accepted.',
});
