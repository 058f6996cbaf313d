// What the company-wide lists of customers answer: highest balances, aged balances, customers found.
import * as z from 'zod';
import { BUCKETS_MAX } from '../../../domain/aging-definition.ts';
import { agedBy, definitionId } from './aging-schema.ts';
import { companyPage, currency, date, money } from './values-schema.ts';

const name = z.string().nullable();

export const highestBalance = z
  .strictObject({
    customer: z.string(),
    name,
    balance: money,
    overdue: money,
    creditLimit: money.nullable(),
    creditAvailable: money.nullable().describe('May be negative; null without a limit.'),
    creditLimitUnlimited: z.boolean(),
    riskScore: z.number().nullable(),
    currency,
  })
  .meta({ id: 'HighestBalance', description: 'A customer, in accounting currency.' });

export const highestBalances = companyPage(highestBalance, {}).meta({
  id: 'HighestBalances',
  description: 'The customers with the highest balances; always one page.',
});

export const agedBalance = z
  .strictObject({
    customer: z.string(),
    name,
    buckets: z.array(money).max(BUCKETS_MAX).describe('In the order of `labels`.'),
    unapplied: money.describe('Credits, which are in no bucket.'),
    balance: money.describe('The sum of all buckets and `unapplied`.'),
    oldestDueDate: date.nullable(),
    oldestBucket: z.string().nullable().describe('The label of the oldest bucket with an amount.'),
    creditGroup: z.string().nullable(),
    accountStatus: z.string().nullable(),
    currency,
  })
  .meta({ id: 'AgedCustomer', description: 'A customer, in accounting currency.' });

export const agedBalances = companyPage(agedBalance, {
  agedOn: date.describe('The day the buckets are of.'),
  definition: definitionId,
  agedBy,
  labels: z.array(z.string()).describe('Of the buckets, youngest first.'),
}).meta({ id: 'AgedCustomers', description: 'A page of the customers with overdue debt.' });

export const customerFound = z
  .strictObject({
    customer: z.string(),
    name,
    balance: money,
    currency,
    accountStatus: z.string().nullable(),
  })
  .meta({ id: 'CustomerFound', description: 'A customer, in accounting currency.' });

export const customersFound = companyPage(customerFound, {}).meta({
  id: 'CustomersFound',
  description: 'A page of customers; those found by their account come first.',
});
