// What …/transactions answers.
import * as z from 'zod';
import { TABS } from '../../../application/ports.ts';
import { COLLECTIONS_STATUSES } from '../../../domain/collections-status.ts';
import { MONEY_COMMAND_TYPES } from '../../../domain/commands/command.ts';
import { TRANSACTION_TYPES } from '../../../domain/transaction-row.ts';
import { total } from './aging-schema.ts';
import { currency, cursor, customerFields, date, instant, money } from './values-schema.ts';

const promise = z
  .strictObject({
    followUpDate: date.nullable().describe('Without one a promise is never broken.'),
    amount: money.describe('What was promised, else what was open when it was promised.'),
    paid: money.describe('Payments settled from the day of the promise to the follow-up date.'),
    verdict: z
      .enum(['open', 'kept', 'broken'])
      .describe(
        '`kept` once `paid` reaches `amount`, `broken` when the follow-up date is before the as-of ' +
          'date and it has not, else `open`. A payment that is reversed takes a verdict back.',
      ),
  })
  .meta({ id: 'PromiseToPay', description: 'A promise to pay; amounts without sign.' });

/** What tells a transaction apart, and when it is due. */
export const documentFields = {
  source: z.string(),
  record: z.string().describe('The key of the row in its source.'),
  type: z.enum(TRANSACTION_TYPES),
  number: z.string().nullable(),
  voucher: z.string(),
  transactionDate: date,
  documentDate: date.nullable(),
  dueDate: date.describe('Where none was told: the document date, then the transaction date.'),
  currency,
};

const pendingCommand = z
  .strictObject({
    id: z.string().describe('Of the command: ask for it to see how far it is.'),
    type: z.enum(MONEY_COMMAND_TYPES),
    requestedAt: instant,
  })
  .meta({
    id: 'PendingCommand',
    description: 'A command to the ERP about this transaction that has not ended yet.',
  });

export const transaction = z
  .strictObject({
    ...documentFields,
    amount: money,
    open: money.describe('What it still contributes to the balance, in its own currency.'),
    openAccounting: money
      .nullable()
      .describe('The same in accounting currency; null where it was not told.'),
    age: z.int().nullable().describe('Days; null once nothing is open.'),
    bucket: z
      .string()
      .nullable()
      .describe('The label of its bucket; null once nothing is open, and for credits.'),
    canceled: z.boolean(),
    status: z.enum(COLLECTIONS_STATUSES),
    promise: promise.nullable(),
    reason: z.string().nullable(),
    note: z.string().nullable(),
    documentUrl: z.string().nullable(),
    pendingCommands: z
      .array(pendingCommand)
      .describe('As they were asked for. They are pending now: empty with `asOf`.'),
  })
  .meta({ id: 'Transaction', description: 'A posted line on the customer account.' });

export const transactions = z
  .strictObject({
    ...customerFields,
    tab: z.enum(TABS),
    items: z.array(transaction),
    cursor,
    total: total.describe('Of the whole tab, not of this page.'),
  })
  .meta({ id: 'Transactions', description: 'A page of a tab.' });
