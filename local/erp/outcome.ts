// How a command ended at the ERP, as it is reported.
import * as z from 'zod';

const rejection = z.object({
  outcome: z.literal('rejected'),
  reason: z.object({ code: z.string(), text: z.string() }),
});
const completion = z.object({
  outcome: z.literal('completed'),
  documentUrl: z.string().exactOptional(),
});

/** An outcome as the books keep it. */
export const outcomeSchema = z.discriminatedUnion('outcome', [completion, rejection]);

export type Rejected = z.infer<typeof rejection>;
export type Outcome = z.infer<typeof outcomeSchema>;

/** Every reason the sample ERP has, and what it says to a person. */
const REASONS = {
  unreadable: 'The ERP cannot read the command.',
  'customer-unknown': 'The ERP has no such customer.',
  'record-unknown': 'The ERP has no such record of the customer.',
  'not-a-payment': 'Only a payment can be returned by the bank.',
  'already-canceled': 'The payment is canceled already.',
  'not-open': 'Nothing is open of the transaction.',
  'open-amount-changed': 'Another amount is open by now.',
  'amount-exceeds-open': 'More is to be settled than is open.',
  'sides-wrong': 'What is owed by the customer is settled by what is owed to the customer.',
  'amounts-differ': 'In one currency both sides are settled by the same amount.',
  'date-too-early': 'The date is before that of a transaction.',
  'no-document': 'The record has no document.',
} as const;

/** A rejection with a reason. */
export function rejected(code: keyof typeof REASONS): Rejected {
  return { outcome: 'rejected', reason: { code, text: REASONS[code] } };
}
