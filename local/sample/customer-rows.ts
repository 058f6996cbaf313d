// Rows of the customer itself, its contacts and its pools, as the feed tells them (SPEC §2.1).
import { dayText } from './business-days.ts';
import type { AgentPlan, CompanyPlan } from './companies.ts';
import { domainOf, phoneOf } from './contacts.ts';
import { moneyText } from './currencies.ts';
import type { CustomerHistory } from './customer-history.ts';
import type { Behavior, CustomerPlan } from './customers.ts';
import { type PseudoRandom, pseudoRandom } from './pseudo-random.ts';

export type Row = Readonly<Record<string, unknown>>;

const GROUPS: Readonly<Record<string, string>> = {
  'key-accounts': '10',
  abroad: '40',
  ausland: '40',
};
const DOMESTIC_GROUP = '30';

const STANDING: Readonly<Record<Behavior, readonly [creditGroup: string, accountStatus: string]>> =
  {
    prompt: ['Standard', 'Good standing'],
    dormant: ['Standard', 'Inactive'],
    regular: ['Standard', 'Good standing'],
    disputing: ['Standard', 'Good standing'],
    slow: ['Watch', 'Watch'],
    prepaying: ['Restricted', 'Prepayment'],
    bad: ['Restricted', 'Watch'],
    gone: ['Restricted', 'On hold'],
  };

/** The row of the customer. */
export function customerRow(company: CompanyPlan, { customer, account }: CustomerHistory): Row {
  const random = pseudoRandom(`${company.id}/${customer.account}/row`);
  const { behavior, riskScore } = customer;
  const [creditGroup, accountStatus] = STANDING[behavior];
  const main = customer.pools.at(-1) ?? '';
  return {
    name: customer.name,
    currency: customer.currency,
    language: customer.language,
    group: GROUPS[main] ?? DOMESTIC_GROUP,
    customerSince: dayText(customer.since),
    ...credit(customer, account.accountingCurrency, random),
    riskScore,
    riskGroup: riskScore < 30 ? 'Low' : riskScore < 60 ? 'Medium' : 'High',
    creditGroup: main === 'key-accounts' ? 'Key accounts' : creditGroup,
    accountStatus,
    ...(customer.hasEmail ? { email: `accounts@${domainOf(customer)}` } : {}),
    phone: phoneOf(customer, random),
    address: customer.address,
    primaryContact: agentOf(company, customer)?.name ?? null,
    employeeResponsible: customer.salesperson,
    url: `https://erp.example/${company.id}/customers/${customer.account}`,
  };
}

/** The agent whose pool the customer is in, the last of its pools counting. */
export function agentOf(company: CompanyPlan, { pools }: CustomerPlan): AgentPlan | undefined {
  const pool = company.pools.find(({ id }) => id === pools.at(-1));
  return company.agents.find(({ worker }) => worker === pool?.worker);
}

/** How many months of purchases a limit covers beyond the terms. */
const MARGIN_MONTHS: Readonly<Record<Behavior, number>> = {
  prompt: 1.8,
  dormant: 1.5,
  regular: 1.5,
  disputing: 1.4,
  slow: 1.6,
  prepaying: 0,
  bad: 1.2,
  gone: 0.6,
};

function credit(customer: CustomerPlan, currency: string, random: PseudoRandom): Row {
  const { behavior, limitType, isLimitUnlimited, invoicesPerMonth, typicalInvoice } = customer;
  if (behavior === 'prepaying') {
    return {
      creditLimit: moneyText(0, currency),
      limitCurrency: currency,
      creditLimitType: 'balance',
    };
  }
  if (limitType === 'none') return { creditLimitType: 'none' };
  const monthly = Math.max(1, invoicesPerMonth) * typicalInvoice;
  const months = customer.termDays / 30 + MARGIN_MONTHS[behavior];
  const orders = {
    openOrders: moneyText(Math.round(monthly * random.next() * 0.5), currency),
    packingSlips: moneyText(Math.round(monthly * random.next() * 0.25), currency),
  };
  return {
    ...(isLimitUnlimited
      ? { creditLimitUnlimited: true }
      : { creditLimit: moneyText(roundLimit(monthly * months * 1.3), currency) }),
    limitCurrency: currency,
    creditLimitType: limitType,
    ...(behavior === 'gone' || behavior === 'dormant' ? {} : orders),
  };
}

/** Limits are round figures: two digits and zeros. */
function roundLimit(minor: number): number {
  const step = 10 ** Math.max(4, Math.floor(Math.log10(minor)) - 1);
  return Math.ceil(minor / step) * step;
}
