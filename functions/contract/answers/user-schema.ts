// What /api/me and …/pools answer.
import * as z from 'zod';
import { ROLES } from '../../../domain/access.ts';
import { companyFields, companyPage, currency, date } from './values-schema.ts';

const pool = z
  .strictObject({
    id: z.string(),
    description: z.string(),
    agingDefinition: z.string().nullable().describe('Null takes that of the company.'),
    isDefault: z.boolean(),
  })
  .meta({ id: 'Pool', description: 'A named set of customers.' });

export const pools = companyPage(pool, {}).meta({
  id: 'Pools',
  description: 'The pools the caller may use, the default first.',
});

const company = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    accountingCurrency: currency,
    timeZone: z.string().describe('An IANA name.'),
    businessDate: date,
    updatedAt: companyFields.updatedAt,
    sources: companyFields.sources,
    defaultPool: z.string().nullable(),
    pools: z.array(pool),
    features: z.strictObject({ workspace: z.boolean(), summary: z.boolean() }),
  })
  .meta({ id: 'Company', description: 'A legal entity, as the caller may work with it.' });

export const user = z
  .strictObject({
    user: z.string().describe('The object id of the user.'),
    name: z.string().nullable(),
    worker: z.string().nullable().describe('Null for a user who is linked to no agent.'),
    roles: z.array(z.enum(ROLES)),
    companies: z.array(company),
  })
  .meta({ id: 'User', description: 'The signed-in user.' });
