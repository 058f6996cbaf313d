// Payments that bounced (NSF): the settlements are reversed, so that the invoices are open again at
// their own due dates (SPEC §3.2), and the customer owes a fee.
import { type Account, type Match, openNow, post, type Posting, settle } from './account.ts';
import { businessDayFrom, type Day } from './business-days.ts';
import type { Behavior, CustomerPlan } from './customers.ts';
import type { PseudoRandom } from './pseudo-random.ts';
import { payOne } from './trading.ts';

/** A payment that bounced on a day, and what it had settled. */
export type Bounce = {
  readonly payment: Posting;
  readonly on: Day;
  readonly reopened: readonly Posting[];
};

/** How likely a customer's account is to have had no funds in the last months. */
const PROBABILITY: Readonly<Partial<Record<Behavior, number>>> = {
  slow: 0.4,
  bad: 0.6,
  regular: 0.05,
};

/** Lets a recent payment of the customer bounce, or none; null when none did. */
export function bounce(
  account: Account,
  customer: CustomerPlan,
  fee: number,
  today: Day,
  random: PseudoRandom,
): Bounce | null {
  if (!random.chance(PROBABILITY[customer.behavior] ?? 0)) return null;
  const payment = account.postings
    .filter(({ type, on }) => type === 'payment' && on > today - 110 && on < today - 9)
    .findLast((posting) => openNow(account, posting) === 0);
  if (payment === undefined) return null;
  const on = businessDayFrom(payment.on + random.integer(3, 6));
  const undone = account.matches.filter(({ offset }) => offset === payment);
  reverse(account, payment, undone, on);
  post(account, {
    type: 'fee',
    on,
    dueOn: on + 14,
    currency: account.accountingCurrency,
    amount: fee,
    description: 'Returned payment fee',
  });
  const again = businessDayFrom(on + random.integer(10, 20));
  // Some pay again a few weeks later.
  if (again < today && random.chance(0.35)) {
    for (const { transaction, amount } of undone) {
      payOne(account, customer, transaction, amount, again, random);
    }
  }
  return { payment, on, reopened: undone.map(({ transaction }) => transaction) };
}

function reverse(account: Account, payment: Posting, undone: readonly Match[], on: Day): void {
  for (const match of undone) match.reversedOn = on;
  payment.canceled = true;
  const reversal = post(account, {
    type: 'payment',
    on,
    currency: payment.currency,
    amount: -payment.amount,
    accounting: -payment.accounting,
    description: 'Payment returned, insufficient funds',
    reference: payment.reference,
    method: payment.method,
    canceled: true,
  });
  settle(account, reversal, payment, on, reversal.amount);
}
