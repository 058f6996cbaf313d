// Everything the sample knows of one customer, made up in the order in which one thing leads to
// another: trade, returned payments, disputes, promises, interest, letters, activities.
import type { Account } from './account.ts';
import { activities, type Activity } from './activities.ts';
import { type Bounce, bounce } from './bounced-payments.ts';
import type { Day } from './business-days.ts';
import { adjustExchange, chargeInterest, writeOff } from './charges.ts';
import { disputes, promises, type StatusWord } from './collections-statuses.ts';
import type { CompanyPlan } from './companies.ts';
import { type Contact, contacts } from './contacts.ts';
import type { CustomerPlan } from './customers.ts';
import { type Letter, letters } from './letters.ts';
import { pseudoRandom } from './pseudo-random.ts';
import { trade } from './trading.ts';

export type CustomerHistory = {
  readonly customer: CustomerPlan;
  readonly account: Account;
  readonly bounced: Bounce | null;
  readonly statuses: readonly StatusWord[];
  readonly letters: readonly Letter[];
  readonly activities: readonly Activity[];
  readonly contacts: readonly Contact[];
};

/** The history of a customer up to the day before `today`. */
export function historyOf(
  company: CompanyPlan,
  customer: CustomerPlan,
  today: Day,
): CustomerHistory {
  const account: Account = {
    accountingCurrency: company.accountingCurrency,
    postings: [],
    matches: [],
  };
  const random = (purpose: string) => pseudoRandom(`${company.id}/${customer.account}/${purpose}`);
  trade(account, customer, today, random('trade'));
  const bounced = bounce(account, customer, company.bouncedFee, today, random('bounce'));
  const disputed = disputes(account, customer, today, random('disputes'));
  const promised = promises(account, customer, bounced, today, random('promises'));
  const statuses = [...disputed, ...promised];
  chargeInterest(account, customer, today, random('interest'));
  const written = letters(account, customer, statuses, today, random('letters'));
  writeOff(account, customer, today);
  adjustExchange(account);
  return {
    customer,
    account,
    bounced,
    statuses,
    letters: written,
    activities: activities(account, customer, statuses, written, today, random('activities')),
    contacts: contacts(customer, random('contacts')),
  };
}
