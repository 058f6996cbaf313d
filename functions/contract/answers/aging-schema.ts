// What …/aging answers.
import * as z from 'zod';
import { CREDIT_POLICIES } from '../../../domain/aging.ts';
import { BUCKETS_MAX } from '../../../domain/aging-definition.ts';
import { AGING_BASES } from '../../../domain/transaction-row.ts';
import { count, currency, customerFields, date, money } from './values-schema.ts';

const bucket = z
  .strictObject({
    label: z.string(),
    from: z.int().nullable().describe('The youngest age in days; null has no lower end.'),
    to: z.int().nullable().describe('The oldest age in days, included; null has no upper end.'),
    amount: money,
    count,
  })
  .meta({ id: 'AgedBucket', description: 'What is open at these ages, and in how many items.' });

export const agedBy = z
  .enum(AGING_BASES)
  .describe('What an age is counted from. A date that is missing falls back to the next.');

export const definitionId = z.string().describe('The id of the aging definition used.');

export const agedBalances = z
  .strictObject({
    currency,
    buckets: z.array(bucket).min(1).max(BUCKETS_MAX),
    unapplied: money.describe('Credits that are in no bucket, as `credits` says; not positive.'),
    balance: money.describe('The sum of all buckets and `unapplied`, always.'),
    overdue: money.describe('Open debits due before the as-of date, whatever `credits` says.'),
    oldestDueDate: date.nullable().describe('The earliest due date among open debits.'),
  })
  .meta({ id: 'AgedBalances', description: 'Aged balances in one currency.' });

export const total = z
  .strictObject({ count, amount: money, currency })
  .meta({ id: 'Total', description: 'How many transactions, and the sum of their open amounts.' });

const missing = 'Open transactions without an accounting amount: they count in their own currency';

const figures = {
  definition: definitionId,
  agedBy,
  credits: z.enum(CREDIT_POLICIES).describe('Where credits went.'),
  accounting: agedBalances.describe('Everything, in the accounting currency of the company.'),
  currencies: z.array(agedBalances).describe('The same by transaction currency, by code.'),
  futureDated: total.describe('Transactions dated after the business date, which are included.'),
  missingAccountingAmounts: count.describe(`${missing} only.`),
  overSettled: count.describe(
    'Transactions settled beyond zero; the surplus stays, with its sign.',
  ),
  unmatchedSettlements: count.describe('Settlements of which a side is not known yet.'),
  approximate: z
    .boolean()
    .describe('Whether a settled amount had to be dated without its settlements.'),
};

export const aging = z
  .strictObject({ ...customerFields, ...figures })
  .meta({ id: 'Aging', description: 'The aged balances of a customer at a date.' });

export const agingFigures = z
  .strictObject(figures)
  .meta({ id: 'AgingFigures', description: 'The aged balances of a customer now.' });
