// What lateness costs a customer, and the small change that is written off.
import {
  type Account,
  openNow,
  openOn,
  overdueOn,
  post,
  type Posting,
  settle,
  settledNow,
} from './account.ts';
import {
  businessDayFrom,
  businessDayUntil,
  type Day,
  dayOf,
  dayText,
  yearOf,
} from './business-days.ts';
import type { CustomerPlan } from './customers.ts';
import type { PseudoRandom } from './pseudo-random.ts';
import { HISTORY_DAYS, payOne } from './trading.ts';

/** Interest for a quarter, on what has been overdue for a month. */
const INTEREST_RATE = 0.02;
const INTEREST_AFTER_DAYS = 30;
/** Less interest is not worth a line, in minor units. */
const INTEREST_MIN = 500;
const CHARGE_TERM_DAYS = 14;
/** A rest this small is written off, in minor units. */
const SMALL_REST = 2_000;
const QUARTER_ENDS = ['03-31', '06-30', '09-30', '12-31'];

/** Charges interest at the end of each quarter to those who usually pay late. */
export function chargeInterest(
  account: Account,
  customer: CustomerPlan,
  today: Day,
  random: PseudoRandom,
): void {
  if (!isBadPayer(customer)) return;
  for (const end of quarterEnds(today)) {
    const base = overdueOn(account, end, INTEREST_AFTER_DAYS)
      .filter(({ type, currency }) => type === 'invoice' && currency === customer.currency)
      .reduce((sum, posting) => sum + openOn(account, posting, end), 0);
    const amount = Math.round(base * INTEREST_RATE);
    if (amount < INTEREST_MIN) continue;
    const on = businessDayUntil(end);
    const interest = post(account, {
      type: 'interest',
      on,
      dueOn: on + CHARGE_TERM_DAYS,
      currency: customer.currency,
      amount,
      description: `Interest on overdue invoices, quarter to ${dayText(end)}`,
    });
    payOrWaive(account, customer, interest, today, random);
  }
}

function isBadPayer({ behavior }: CustomerPlan): boolean {
  return behavior === 'slow' || behavior === 'bad' || behavior === 'gone';
}

function quarterEnds(today: Day): Day[] {
  const first = today - HISTORY_DAYS;
  const [from, to] = [yearOf(first), yearOf(today)];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
    .flatMap((year) => QUARTER_ENDS.map((end) => dayOf(`${year}-${end}`)))
    .filter((end) => end > first + 90 && end < today - 1);
}

/** Charges are paid in the end, waived when the customer complains, or stay open. */
export function payOrWaive(
  account: Account,
  customer: CustomerPlan,
  charge: Posting,
  today: Day,
  random: PseudoRandom,
): void {
  const on = businessDayFrom(charge.on + random.integer(18, 50));
  const fate = random.weighted([
    ['paid', customer.behavior === 'gone' ? 0 : 60],
    ['waived', customer.behavior === 'gone' ? 0 : 25],
    ['left', isBadPayer(customer) ? 15 : 0],
  ]);
  if (on >= today || fate === 'left') return;
  if (fate === 'paid') payOne(account, customer, charge, charge.amount, on, random);
  else clear(account, charge, 'creditNote', on, 'Waived as a courtesy');
}

/** Clears what is open of a debit with a credit of its own. */
function clear(
  account: Account,
  debit: Posting,
  type: 'creditNote' | 'writeOff',
  on: Day,
  description: string,
): void {
  const open = openNow(account, debit);
  const { currency } = debit;
  settle(
    account,
    debit,
    post(account, { type, on, currency, amount: -open, description }),
    on,
    open,
  );
}

/** Writes off small rests, and what is hopeless. */
export function writeOff(account: Account, customer: CustomerPlan, today: Day): void {
  const recent = today - 20;
  for (const posting of overdueOn(account, today, 60)) {
    const open = openNow(account, posting);
    const { lastOn } = settledNow(account, posting);
    const isOldCharge = posting.type !== 'invoice' && posting.on < today - 200;
    const isRest = open < SMALL_REST && (lastOn ?? posting.on) < recent - 30;
    const isHopeless = customer.behavior === 'gone' && (posting.dueOn ?? today) < today - 330;
    if (!isRest && !isHopeless && !isOldCharge) continue;
    const on = businessDayUntil(recent);
    clear(account, posting, 'writeOff', on, isHopeless ? 'Uncollectible' : 'Small balance');
  }
}

/** Books the difference of rates on foreign invoices that are paid. */
export function adjustExchange(account: Account): void {
  const closed = account.postings.filter(
    (posting) =>
      posting.type === 'invoice' &&
      posting.currency !== account.accountingCurrency &&
      openNow(account, posting) === 0,
  );
  for (const posting of closed) {
    const matches = account.matches.filter(
      ({ transaction, reversedOn }) => transaction === posting && reversedOn === null,
    );
    const difference = matches.reduce(
      (sum, { accounting, offsetAccounting }) => sum + offsetAccounting - accounting,
      0,
    );
    const on = settledNow(account, posting).lastOn;
    if (difference === 0 || on === null) continue;
    const { currency } = posting;
    const description = difference > 0 ? 'Exchange gain' : 'Exchange loss';
    post(account, {
      type: 'exchangeAdjustment',
      on,
      currency,
      amount: 0,
      accounting: difference,
      description,
    });
  }
}
