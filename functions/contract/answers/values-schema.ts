// What answers are made of: amounts, dates, instants, cursors, and the freshness every read tells.
import * as z from 'zod';
import { currency, date, instant } from '../feed/fields.ts';

date.register(z.globalRegistry, {
  id: 'Date',
  format: 'date',
  description: 'A calendar day, never shifted between time zones.',
});
instant.register(z.globalRegistry, {
  id: 'Instant',
  format: 'date-time',
  description: 'An RFC 3339 timestamp.',
});
currency.register(z.globalRegistry, {
  id: 'Currency',
  pattern: '^[A-Z]{3}$',
  description: 'An ISO 4217 code in capitals.',
});
export { currency, date, instant };

export const money = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({
    id: 'Money',
    description:
      'An amount as a decimal string with exactly the decimals of its currency, which stands ' +
      'beside it. Positive is owed by the customer, negative is owed to the customer.',
  });

export const count = z.int().min(0);

export const cursor = z
  .string()
  .nullable()
  .meta({
    id: 'Cursor',
    description:
      'Where the next page goes on: send it as `cursor` with the same other parameters. Null on the ' +
      'last page. It is opaque, and belongs to this list alone.',
  });

/** What customers' answers and companies' tell alike of the changes behind them. */
const freshnessFields = (updatedAt: string, sources: string) => ({
  updatedAt: instant.nullable().describe(updatedAt),
  sources: z.record(z.string(), z.string().regex(/^\d+$/)).describe(sources),
});

const ofCustomer = freshnessFields(
  'When the newest change behind this answer was made at its source.',
  'The newest version applied, by source with its epoch.',
);

const ofCompany = freshnessFields(
  'The greatest time of a change of the company that is in this answer for certain; those of the ' +
    'last seconds may be in it and not be told yet. It is not part of the tag: a 304 leaves the one ' +
    'you have, which is still true. Null before the first change.',
  'The newest version of a change of the company that is in this answer for certain, by source with ' +
    'its epoch; as with `updatedAt`, the last seconds may be missing, and it is not part of the tag.',
);

const asOf = date.describe('The day the figures are about.');
const businessDate = date.describe('Today in the time zone of the company.');

/** The first fields of an answer about a company. */
export const companyFields = {
  company: z.string().describe('The id of the legal entity.'),
  asOf,
  businessDate,
  ...ofCompany,
};

/** The first fields of an answer about a customer. */
export const customerFields = {
  company: companyFields.company,
  customer: z.string().describe('The customer account.'),
  asOf,
  businessDate,
  ...ofCustomer,
};

/** A page of a company-wide list. */
export function companyPage<Item extends z.ZodType, More extends z.ZodRawShape>(
  item: Item,
  more: More,
) {
  return z.strictObject({ ...companyFields, ...more, items: z.array(item), cursor });
}
