// Disputes, and promises to pay with every verdict (SPEC §3.5).
import {
  type Account,
  dueDay,
  openNow,
  openOn,
  overdueOn,
  type Posting,
  settledNow,
} from './account.ts';
import { businessDayFrom, businessDayUntil, type Day } from './business-days.ts';
import type { Bounce } from './bounced-payments.ts';
import type { CustomerPlan } from './customers.ts';
import type { PseudoRandom } from './pseudo-random.ts';
import { payOne } from './trading.ts';

/** A word on a posting; the newest counts. */
export type StatusWord = {
  readonly posting: Posting;
  readonly status: 'none' | 'disputed' | 'promiseToPay' | 'resolved';
  readonly on: Day;
  readonly followUpOn: Day | null;
  /** Promised, in minor units of the posting's currency; null is all that was open. */
  readonly amount: number | null;
  readonly reason: string | null;
  readonly note: string | null;
};

/** What customers complain of, and what the coordinator wrote down. */
const COMPLAINTS: readonly (readonly [reason: string, note: string])[] = [
  ['Short delivery', 'Two cartons missing according to the customer; warehouse is checking.'],
  ['Price', 'Customer expects the price of the March quote. Asked sales to confirm.'],
  ['Damaged goods', 'Photos received, waiting for the carrier’s report.'],
  ['Missing proof of delivery', 'Customer asks for the signed delivery note.'],
  ['Purchase order number', 'Invoice sent back: purchase order number missing. Reissue requested.'],
  ['Duplicate invoice', 'Customer says the order was invoiced twice; comparing with the order.'],
];

/** From so many days overdue on, an open invoice of a customer that usually pays is in dispute. */
const DISPUTED_AFTER = 22;
/** Paid so late by a customer that usually pays: there was a dispute, and it was resolved. */
const RESOLVED_AFTER = 50;

/** Disputes of the customer's invoices, those that were resolved too. */
export function disputes(
  account: Account,
  { behavior }: CustomerPlan,
  today: Day,
  random: PseudoRandom,
): StatusWord[] {
  if (behavior !== 'prompt' && behavior !== 'regular' && behavior !== 'disputing') return [];
  return account.postings.flatMap((posting) => {
    const { amount, lastOn } = settledNow(account, posting);
    const daysLate = (amount === posting.amount ? (lastOn ?? today) : today) - dueDay(posting);
    const isOpen = amount !== posting.amount;
    if (posting.type !== 'invoice' || daysLate < (isOpen ? DISPUTED_AFTER : RESOLVED_AFTER)) {
      return [];
    }
    if (posting.installments.length > 0 || posting.canceled) return [];
    const [reason, note] = random.pick(COMPLAINTS);
    const on = businessDayFrom(dueDay(posting) + random.integer(1, 15));
    const opened = word(posting, 'disputed', on, { followUpOn: on + 21, reason, note });
    if (isOpen || lastOn === null) return [opened];
    const status = random.chance(0.8) ? 'resolved' : 'none';
    const outcome = status === 'resolved' ? 'Settled with the customer.' : 'Complaint withdrawn.';
    return [opened, word(posting, status, businessDayUntil(lastOn), { reason, note: outcome })];
  });
}

/** Promises of the customer: kept in part and in full, open and broken, and taken back. */
export function promises(
  account: Account,
  customer: CustomerPlan,
  bounced: Bounce | null,
  today: Day,
  random: PseudoRandom,
): StatusWord[] {
  const { behavior } = customer;
  if (behavior !== 'slow' && behavior !== 'bad' && behavior !== 'gone') return [];
  const taken = bounced === null ? [] : takenBack(bounced);
  const others = overdueOn(account, today, 12)
    .filter((posting) => posting.type === 'invoice' && posting.installments.length === 0)
    .filter((posting) => !taken.some((one) => one.posting === posting))
    .slice(0, 2)
    .filter(() => random.chance(0.9));
  return [
    ...taken,
    ...keptInFull(account, today, random),
    ...others.map((posting) => promise(account, customer, posting, today, random)),
  ];
}

/** Paid in time, and then the payment bounced. */
function takenBack({ payment, reopened }: Bounce): StatusWord[] {
  const on = businessDayUntil(payment.on - 5);
  const promisedOne = reopened.find((posting) => posting.on < on);
  if (promisedOne === undefined) return [];
  const note = 'Promised on the phone by accounts payable.';
  return [word(promisedOne, 'promiseToPay', on, { followUpOn: payment.on + 1, note })];
}

function keptInFull(account: Account, today: Day, random: PseudoRandom): StatusWord[] {
  const paid = account.postings.findLast(
    (posting) => posting.type === 'invoice' && openNow(account, posting) === 0,
  );
  const paidOn = paid === undefined ? null : settledNow(account, paid).lastOn;
  if (paid === undefined || paidOn === null || paidOn < today - 90 || !random.chance(0.5))
    return [];
  const on = businessDayUntil(paidOn - 4);
  if (on <= paid.on) return [];
  const note = 'Payment announced by e-mail.';
  return [word(paid, 'promiseToPay', on, { followUpOn: paidOn + 2, note })];
}

function promise(
  account: Account,
  customer: CustomerPlan,
  posting: Posting,
  today: Day,
  random: PseudoRandom,
): StatusWord {
  const verdict = random.weighted<'open' | 'broken' | 'kept'>([
    ['open', customer.behavior === 'gone' ? 0 : 60],
    ['broken', 30],
    ['kept', customer.behavior === 'gone' ? 0 : 20],
  ]);
  switch (verdict) {
    case 'open': {
      const on = businessDayUntil(today - random.integer(1, 6));
      const followUpOn = businessDayFrom(today + random.integer(3, 14));
      return promised(account, posting, on, followUpOn, 'Will be in the next payment run.');
    }
    case 'broken': {
      const on = businessDayUntil(today - random.integer(18, 30));
      const followUpOn = today - random.integer(3, 12);
      return promised(account, posting, on, followUpOn, 'Promised after the second call.');
    }
    case 'kept': {
      const on = Math.max(businessDayUntil(today - random.integer(14, 20)), posting.on + 1);
      const part = Math.round(openNow(account, posting) / 2);
      const paidOn = businessDayFrom(on + 3);
      payOne(account, customer, posting, part, paidOn, random);
      const note = 'Half now, the rest next month.';
      return word(posting, 'promiseToPay', on, { followUpOn: paidOn + 4, amount: part, note });
    }
  }
}

/** Promises all that was open when it was made. */
function promised(
  account: Account,
  posting: Posting,
  on: Day,
  followUpOn: Day,
  note: string,
): StatusWord {
  const madeOn = Math.max(on, posting.on + 1);
  const amount = Math.max(openOn(account, posting, madeOn - 1), openNow(account, posting));
  return word(posting, 'promiseToPay', madeOn, { followUpOn, amount, note });
}

function word(
  posting: Posting,
  status: StatusWord['status'],
  on: Day,
  told: Partial<StatusWord>,
): StatusWord {
  return { posting, status, on, followUpOn: null, amount: null, reason: null, note: null, ...told };
}
