// What coordinators did and have to do: calls, visits, notes, follow-ups.
import { type Account, openNow, overdueOn, type Posting } from './account.ts';
import { businessDayFrom, businessDayUntil, type Day } from './business-days.ts';
import type { StatusWord } from './collections-statuses.ts';
import type { CustomerPlan } from './customers.ts';
import type { Letter } from './letters.ts';
import type { PseudoRandom } from './pseudo-random.ts';

export type Activity = {
  readonly category: 'task' | 'appointment' | 'event' | 'action';
  readonly type: string;
  /** `{number}` stands for the number of what it is about. */
  readonly purpose: string;
  readonly about: Posting | null;
  readonly startOn: Day;
  readonly endOn: Day;
  readonly closedOn: Day | null;
  readonly memo: string | null;
};

const CALL_MEMOS = [
  'Spoke with accounts payable: invoices are approved and scheduled.',
  'Left a message, no call back yet.',
  'New clerk there; resent copies of the open invoices.',
  'Owner asks for patience until their own customer has paid.',
  'Line was busy twice. Try before ten o’clock.',
  'They were missing the purchase order numbers; sent a list.',
];

/** Activities of one customer, oldest first. */
export function activities(
  account: Account,
  customer: CustomerPlan,
  statuses: readonly StatusWord[],
  letters: readonly Letter[],
  today: Day,
  random: PseudoRandom,
): Activity[] {
  return [
    ...statuses.flatMap((word) => ofStatus(word, account, today)),
    ...letters.flatMap((letter) => ofLetter(letter, today, random)),
    ...nextCall(account, customer, today, random),
    ...reviews(customer, today, random),
    ...notes(customer, today, random),
  ].toSorted((a, b) => a.endOn - b.endOn);
}

/** A dispute is clarified, a promise is noted and followed up. */
function ofStatus(
  { posting, status, on, followUpOn }: StatusWord,
  account: Account,
  today: Day,
): Activity[] {
  const isSettled = openNow(account, posting) === 0;
  switch (status) {
    case 'none':
    case 'resolved':
      return [];
    case 'disputed': {
      const dueOn = businessDayFrom(on + 14);
      const closedOn = isSettled ? Math.min(dueOn, today - 1) : null;
      const purpose = 'Clarify the dispute of {number}';
      return [task('Dispute', purpose, posting, on, dueOn, closedOn)];
    }
    case 'promiseToPay': {
      const promise: Activity = {
        category: 'event',
        type: 'Promise to pay',
        purpose: 'Promise to pay {number}',
        about: posting,
        startOn: on,
        endOn: on,
        closedOn: on,
        memo: 'Customer named a date. Follow up when it has passed.',
      };
      if (followUpOn === null || isSettled) return [promise];
      const purpose = 'Check that the promised payment of {number} came in';
      return [
        promise,
        task('Follow-up', purpose, posting, on, businessDayFrom(followUpOn + 1), null),
      ];
    }
  }
}

/** A firm letter is followed by a call. */
function ofLetter(
  { code, status, on, lines }: Letter,
  today: Day,
  random: PseudoRandom,
): Activity[] {
  const isFirm = code === 'Letter3' || code === 'Collection' || random.chance(0.25);
  const callOn = businessDayFrom(on + random.integer(4, 9));
  if (status !== 'posted' || !isFirm || callOn >= today) return [];
  return [
    {
      category: 'action',
      type: 'Phone call',
      purpose: 'Call after the letter about {number}',
      about: lines[0]?.posting ?? null,
      startOn: callOn,
      endOn: callOn,
      closedOn: callOn,
      memo: random.pick(CALL_MEMOS),
    },
  ];
}

/** Whoever is overdue is to be called: some calls are overdue themselves. */
function nextCall(
  account: Account,
  { behavior }: CustomerPlan,
  today: Day,
  random: PseudoRandom,
): Activity[] {
  const oldest = overdueOn(account, today, 8).find(({ type }) => type === 'invoice');
  if (oldest === undefined || !random.chance(behavior === 'bad' ? 0.9 : 0.55)) return [];
  const dueOn = businessDayFrom(today + random.integer(-9, 8));
  const memo = random.chance(0.4) ? random.pick(CALL_MEMOS) : null;
  const purpose = 'Call about overdue {number}';
  return [{ ...task('Phone call', purpose, oldest, dueOn - 5, dueOn, null), memo }];
}

/** Account reviews with large customers, past and coming. */
function reviews(
  { pools, typicalInvoice }: CustomerPlan,
  today: Day,
  random: PseudoRandom,
): Activity[] {
  const isLarge = pools.includes('key-accounts') || typicalInvoice > 900_000;
  if (!isLarge || !random.chance(0.7)) return [];
  const lastOn = businessDayUntil(today - random.integer(60, 200));
  const nextOn = businessDayFrom(today + random.integer(1, 25));
  const review = (on: Day, closedOn: Day | null, memo: string | null): Activity => ({
    category: 'appointment',
    type: 'Meeting',
    purpose: 'Account review',
    about: null,
    startOn: on,
    endOn: on,
    closedOn,
    memo,
  });
  const memo = 'Went through the open items. Customer would like longer terms in the season.';
  return [review(lastOn, lastOn, memo), review(nextOn, null, null)];
}

/** Things that happened, as somebody noted them. */
function notes({ behavior }: CustomerPlan, today: Day, random: PseudoRandom): Activity[] {
  if (!random.chance(behavior === 'prompt' ? 0.25 : 0.5)) return [];
  const on = businessDayUntil(today - random.integer(5, 330));
  const [type, purpose, memo] = random.pick(NOTES);
  return [
    {
      category: 'event',
      type,
      purpose,
      about: null,
      startOn: on,
      endOn: on,
      closedOn: on,
      memo,
    },
  ];
}

const NOTES: readonly (readonly [type: string, purpose: string, memo: string | null])[] = [
  ['E-mail', 'Statement of account requested', 'Sent the statement the same day.'],
  ['E-mail', 'Remittance advice received', null],
  ['Phone call', 'New contact in accounts payable', 'Please use the shared mailbox from now on.'],
  [
    'E-mail',
    'Change of bank details confirmed',
    'Called back on the known number before changing.',
  ],
  ['Letter', 'Credit report reviewed', 'No change of the limit.'],
];

function task(
  type: string,
  purpose: string,
  about: Posting,
  startOn: Day,
  endOn: Day,
  closedOn: Day | null,
): Activity {
  return { category: 'task', type, purpose, about, startOn, endOn, closedOn, memo: null };
}
