// Collection letters: a run a month writes to whoever is overdue, each time more firmly.
import { type Account, dueDay, openOn, overdueOn, post, type Posting } from './account.ts';
import { businessDayUntil, type Day, dayOf, dayText, nextWeekday } from './business-days.ts';
import { payOrWaive } from './charges.ts';
import type { StatusWord } from './collections-statuses.ts';
import type { CustomerPlan } from './customers.ts';
import type { PseudoRandom } from './pseudo-random.ts';

export type Letter = {
  readonly code: string;
  readonly status: 'created' | 'posted' | 'canceled';
  readonly on: Day;
  readonly currency: string;
  readonly amount: number;
  readonly fee: number;
  readonly lines: readonly { readonly posting: Posting; readonly amount: number }[];
};

/** From so many days overdue on: the code of the letter, and its fee in minor units. */
const SEQUENCE: readonly { readonly days: number; readonly code: string; readonly fee: number }[] =
  [
    { days: 10, code: 'Letter1', fee: 0 },
    { days: 30, code: 'Letter2', fee: 15_00 },
    { days: 60, code: 'Letter3', fee: 25_00 },
    { days: 100, code: 'Collection', fee: 40_00 },
  ];
const MONTHS = 12;
/** Nobody is written to for less, in minor units. */
const BALANCE_MIN = 50_00;
const WEDNESDAY = 3;
const MINOR_UNITS_PER_UNIT = 100;

/** The customer's letters of the last months; posted ones with a fee charge it to the account. */
export function letters(
  account: Account,
  customer: CustomerPlan,
  statuses: readonly StatusWord[],
  today: Day,
  random: PseudoRandom,
): Letter[] {
  const written: Letter[] = [];
  let last: { readonly level: number; readonly oldest: Posting } | null = null;
  for (const on of runDays(today)) {
    const due = dunnable(account, customer, statuses, on);
    // Charges are listed, but no letter is written for them alone.
    const oldest = due.find(({ type }) => type === 'invoice');
    if (oldest === undefined) continue;
    const level = SEQUENCE.findLastIndex(({ days }) => dueDay(oldest) <= on - days);
    const isSaid = last !== null && last.oldest === oldest && last.level >= level;
    const amount = due.reduce((sum, posting) => sum + openOn(account, posting, on), 0);
    if (level < 0 || isSaid || amount < minimum(customer)) continue;
    const letter = write(account, customer, { on, level, due, amount, today }, random);
    written.push(letter);
    if (letter.status !== 'canceled') last = { level, oldest };
  }
  return written;
}

/** The first Wednesday of each month, and yesterday's run, whose letters are not posted yet. */
function runDays(today: Day): Day[] {
  const first = Array.from({ length: MONTHS }, (_, back) => {
    const month = monthsBefore(today, MONTHS - 1 - back);
    return nextWeekday(month, WEDNESDAY);
  });
  return [...first.filter((day) => day < today - 7), businessDayUntil(today - 1)];
}

/** The first day of the month so many months before that of a day. */
function monthsBefore(day: Day, months: number): Day {
  const [year = 0, month = 1] = dayText(day).split('-').map(Number);
  const index = year * 12 + month - 1 - months;
  const text = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
  return dayOf(text);
}

/** What a letter would list: overdue on the day, and not in dispute. */
function dunnable(
  account: Account,
  customer: CustomerPlan,
  statuses: readonly StatusWord[],
  day: Day,
): Posting[] {
  return overdueOn(account, day).filter(
    (posting) =>
      posting.currency === customer.currency &&
      statuses.filter((word) => word.posting === posting && word.on <= day).at(-1)?.status !==
        'disputed',
  );
}

function minimum({ currency }: CustomerPlan): number {
  return currency === 'JPY' ? BALANCE_MIN * MINOR_UNITS_PER_UNIT : BALANCE_MIN;
}

type Occasion = {
  readonly on: Day;
  readonly level: number;
  readonly due: readonly Posting[];
  readonly amount: number;
  readonly today: Day;
};

function write(
  account: Account,
  customer: CustomerPlan,
  { on, level, due, amount, today }: Occasion,
  random: PseudoRandom,
): Letter {
  const { code = '', fee: full = 0 } = SEQUENCE[level] ?? {};
  const { currency } = customer;
  const fee = currency === account.accountingCurrency ? full : 0;
  const isLastRun = on >= today - 5;
  const status = isLastRun ? 'created' : random.chance(0.05) ? 'canceled' : 'posted';
  const lines = due.map((posting) => ({ posting, amount: openOn(account, posting, on) }));
  if (status === 'posted' && fee > 0) {
    const description = `Collection letter fee, ${code}`;
    const charge = post(account, {
      type: 'collectionFee',
      on,
      dueOn: on + 14,
      currency,
      amount: fee,
      description,
    });
    payOrWaive(account, customer, charge, today, random);
  }
  return { code, status, on, currency, amount, fee, lines };
}
