// What a command to the ERP looks like on the queue `erp-commands`, and what the ERP answers: the
// contract of SPEC §5 as JSON Schema. Nothing is checked by it while the app runs. Objects are open,
// since fields may be added.
import * as z from 'zod';
import type { MoneyCommandType } from '../../../domain/commands/command.ts';
import { WORKSPACE_EVENT_SOURCE } from '../../../domain/workspace-source.ts';
import { money } from '../answers/values-schema.ts';
import { currency, date, instant } from '../feed/fields.ts';

const transaction = z
  .object({
    source: z.string().describe('The source that told of it, without its epoch.'),
    record: z.string().describe('Its key in that source, such as a RecId.'),
    voucher: z.string(),
    number: z.string().nullable(),
    currency,
    amount: money.describe(
      'What it was found to have open; of a payment that came back, its whole amount. Positive is ' +
        'owed by the customer.',
    ),
  })
  .meta({ id: 'ErpTransaction', description: 'A transaction by all its names.' });

const nsfPayment = z
  .object({
    payment: transaction,
    date: date.describe('When the bank returned it.'),
    reason: z.string().nullable(),
    comment: z.string().nullable(),
  })
  .meta({ id: 'NsfPayment', description: 'Cancel a payment that the bank returned.' });

const writeOff = z
  .object({
    transactions: z.array(transaction).min(1),
    totals: z
      .array(z.object({ currency, amount: money }))
      .min(1)
      .describe('The sum of the transactions, by currency.'),
    date,
    reason: z.string(),
    comment: z.string().nullable(),
  })
  .meta({ id: 'WriteOff', description: 'Write off what these transactions have open.' });

const settlement = z
  .object({
    transaction: transaction.describe('Owed by the customer.'),
    offset: transaction.describe('Owed to the customer.'),
    currency,
    amount: money.describe('Greater than zero, in the currency of the transaction.'),
    offsetAmount: money.describe('Greater than zero, in the currency of the offset.'),
  })
  .meta({ id: 'ErpSettlement', description: 'One match, towards zero on both sides.' });

const settle = z
  .object({ date, settlements: z.array(settlement).min(1) })
  .meta({ id: 'Settle', description: 'Settle these pairs, in this order.' });

const printed = {
  source: z.string(),
  record: z.string(),
  number: z.string().nullable(),
};

const reprint = z
  .object({
    document: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('invoice'), ...printed }),
      z.object({ kind: z.literal('collectionLetter'), ...printed }),
      z.object({ kind: z.literal('statement'), from: date, to: date }),
    ]),
  })
  .meta({ id: 'Reprint', description: 'Print the original document again.' });

function event<Type extends MoneyCommandType, Parameters extends z.ZodType>(
  type: Type,
  parameters: Parameters,
) {
  return z.object({
    specversion: z.literal('1.0'),
    id: z.string().describe('The id of the command: carry out no id twice.'),
    source: z.literal(WORKSPACE_EVENT_SOURCE),
    type: z.literal(`workspace.${type}.requested.v1`),
    time: instant.describe('When it was asked for.'),
    datacontenttype: z.literal('application/json'),
    data: z.object({
      command: z.string().describe('The id of the command once more, for `causedBy`.'),
      company: z.string(),
      customer: z.string(),
      requestedBy: z
        .string()
        .nullable()
        .describe('The worker who asked; null for a user who is none.'),
      parameters,
    }),
  });
}

/** A message of the queue. */
export const erpCommand = z.discriminatedUnion('type', [
  event('nsfPayment', nsfPayment),
  event('writeOff', writeOff),
  event('settle', settle),
  event('reprint', reprint),
]);
