// The ledger of one customer while it is made up: postings, and what is settled between them. All
// amounts are integers in minor units.
import type { Day } from './business-days.ts';
import { converted } from './currencies.ts';

export type PostingType =
  | 'invoice'
  | 'creditNote'
  | 'payment'
  | 'interest'
  | 'fee'
  | 'collectionFee'
  | 'writeOff'
  | 'exchangeAdjustment';

/** A line on the account; `+` is owed by the customer. */
export type Posting = {
  readonly type: PostingType;
  readonly on: Day;
  readonly documentOn: Day;
  readonly dueOn: Day | null;
  readonly currency: string;
  readonly amount: number;
  /** In the company's accounting currency. */
  readonly accounting: number;
  readonly installments: readonly Installment[];
  readonly description: string | null;
  readonly reference: string | null;
  readonly method: string | null;
  /** A payment that bounced, and what reversed it. */
  canceled: boolean;
};

export type Installment = { readonly dueOn: Day; readonly amount: number };

/** So much of one posting settled against another, from both sides towards zero. */
export type Match = {
  readonly transaction: Posting;
  readonly offset: Posting;
  readonly on: Day;
  readonly amount: number;
  readonly accounting: number;
  /** The same in the currency of `offset`. */
  readonly offsetAmount: number;
  readonly offsetAccounting: number;
  reversedOn: Day | null;
};

export type Account = {
  readonly accountingCurrency: string;
  readonly postings: Posting[];
  readonly matches: Match[];
};

type NewPosting = Pick<Posting, 'type' | 'on' | 'currency' | 'amount'> & Partial<Posting>;

/** Posts a line; its accounting amount is at the day's rate unless given. */
export function post(account: Account, line: NewPosting): Posting {
  const { amount, currency, on } = line;
  const posting: Posting = {
    documentOn: on,
    dueOn: null,
    installments: [],
    description: null,
    reference: null,
    method: null,
    canceled: false,
    accounting: converted(amount, currency, account.accountingCurrency, on),
    ...line,
  };
  account.postings.push(posting);
  return posting;
}

/**
 * Settles an amount of a debit against a credit on a day, in the debit's currency. Throws where
 * either has not so much open: the sample never over-settles.
 */
export function settle(
  account: Account,
  debit: Posting,
  credit: Posting,
  on: Day,
  amount: number,
): Match {
  const offsetAmount = converted(amount, debit.currency, credit.currency, credit.on);
  const [openDebit, openCredit] = [openNow(account, debit), -openNow(account, credit)];
  if (amount <= 0 || amount > openDebit || offsetAmount > openCredit) {
    throw new Error(`${debit.type} and ${credit.type} have not ${amount} open`);
  }
  const match: Match = {
    transaction: debit,
    offset: credit,
    on,
    amount,
    accounting: share(account, debit, amount),
    offsetAmount,
    offsetAccounting: share(account, credit, offsetAmount),
    reversedOn: null,
  };
  account.matches.push(match);
  return match;
}

/** The accounting side of a settled amount: pro rata, and the rest for what closes the posting. */
function share(account: Account, posting: Posting, amount: number): number {
  const settled = settledNow(account, posting);
  const whole = Math.abs(posting.accounting);
  return amount === Math.abs(posting.amount) - settled.amount
    ? whole - settled.accounting
    : Math.round((whole * amount) / Math.abs(posting.amount));
}

/** What is settled of a posting, without sign, and the last day something was. */
export type Settled = {
  readonly amount: number;
  readonly accounting: number;
  readonly lastOn: Day | null;
};

/** Settled by everything that is not reversed, whenever it was. */
export function settledNow(account: Account, posting: Posting): Settled {
  return settledWhere(account, posting, ({ reversedOn }) => reversedOn === null);
}

function settledWhere(
  { matches }: Account,
  posting: Posting,
  counts: (match: Match) => boolean,
): Settled {
  let settled: Settled = { amount: 0, accounting: 0, lastOn: null };
  for (const match of matches) {
    const { transaction, offset, on } = match;
    const isDebit = transaction === posting;
    if ((!isDebit && offset !== posting) || !counts(match)) continue;
    settled = {
      amount: settled.amount + (isDebit ? match.amount : match.offsetAmount),
      accounting: settled.accounting + (isDebit ? match.accounting : match.offsetAccounting),
      lastOn: Math.max(settled.lastOn ?? on, on),
    };
  }
  return settled;
}

/** What is open of a posting, with its sign, whatever the days. */
export function openNow(account: Account, posting: Posting): number {
  return signed(posting, settledNow(account, posting).amount);
}

/** What was open of a posting at the end of a day, with its sign; 0 before it was posted. */
export function openOn(account: Account, posting: Posting, day: Day): number {
  if (posting.on > day) return 0;
  const settled = settledWhere(
    account,
    posting,
    ({ on, reversedOn }) => on <= day && (reversedOn === null || reversedOn > day),
  );
  return signed(posting, settled.amount);
}

function signed({ amount }: Posting, settled: number): number {
  return amount < 0 ? amount + settled : amount - settled;
}

/** When a posting is due: what has no due date is due at once. */
export function dueDay({ dueOn, on }: Posting): Day {
  return dueOn ?? on;
}

/** Debits that were open and overdue by at least so many days, oldest first. */
export function overdueOn(account: Account, day: Day, days = 1): Posting[] {
  return account.postings
    .filter(
      (posting) =>
        posting.amount > 0 &&
        !posting.canceled &&
        dueDay(posting) <= day - days &&
        openOn(account, posting, day) > 0,
    )
    .toSorted((a, b) => dueDay(a) - dueDay(b));
}
