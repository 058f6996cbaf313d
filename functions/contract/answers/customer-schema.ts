// What …/customers/{customer} answers: the workspace.
import * as z from 'zod';
import { agingFigures, total } from './aging-schema.ts';
import { contactFigures } from './contacts-schema.ts';
import { metrics } from './metrics-schema.ts';
import { currency, customerFields, date, money } from './values-schema.ts';

const told = z.string().nullable();

export const profile = z
  .strictObject({
    name: told,
    group: told,
    currency: currency.nullable(),
    language: told,
    customerSince: date.nullable(),
    accountStatus: told,
    creditGroup: told,
    riskScore: z.number().nullable(),
    riskGroup: told,
    email: told,
    phone: told,
    address: told,
    primaryContact: told,
    employeeResponsible: told,
    url: told,
  })
  .meta({ id: 'CustomerProfile', description: 'As the source told it; null is not told.' });

const credit = z
  .strictObject({
    currency,
    creditLimit: money.nullable().describe('Null where there is none; zero is no credit.'),
    creditLimitUnlimited: z.boolean(),
    exposure: money
      .nullable()
      .describe(
        'The balance, plus packing slips, plus open orders, as the credit limit type says; null ' +
          'without a limit.',
      ),
    creditAvailable: money
      .nullable()
      .describe('`creditLimit` less `exposure`, may be negative; null without a limit.'),
  })
  .meta({ id: 'Credit', description: 'Credit in the accounting currency.' });

const tabs = z
  .strictObject({
    open: total.describe('An open amount other than zero, of either sign.'),
    disputed: total.describe('Open and disputed.'),
    promised: total.describe('Open and promised to be paid, whatever the verdict.'),
    unsettled: total.describe('An open amount owed to the customer.'),
    all: total,
  })
  .meta({ id: 'TabTotals', description: 'What each tab of transactions holds now.' });

export const customer = z
  .strictObject({
    ...customerFields,
    companyName: z.string(),
    profile,
    aging: agingFigures,
    credit,
    metrics,
    tabs,
    contacts: contactFigures,
  })
  .meta({ id: 'CustomerWorkspace', description: 'The workspace of a customer in one call.' });
