// What the sample has of everything that a front end must be able to show: a count of each case.
import { type Account, dueDay, type Match, openNow, type Posting } from './account.ts';
import type { Day } from './business-days.ts';
import type { StatusWord } from './collections-statuses.ts';
import type { CustomerHistory } from './customer-history.ts';
import { customerRow } from './customer-rows.ts';
import type { SampleCompany } from './sample.ts';

/** A case by name, and how often a company has it. */
export type Case = readonly [name: string, count: number];

/** The cases of one company, by group. */
export function casesOf(sample: SampleCompany, today: Day): Case[] {
  const { histories } = sample;
  const postings = histories.flatMap(({ account }) =>
    account.postings.map((posting) => ({ account, posting })),
  );
  const matches = histories.flatMap(({ account }) => account.matches);
  return [
    ['customers', histories.length],
    ['customers that owe nothing', count(histories, owesNothing)],
    ['customers with half of it overdue by two months', count(histories, isVeryBad(today))],
    ...customerCases(sample),
    ...tally('transactions', postings, ({ posting }) => posting.type),
    ['invoices, open', count(postings, isOpen('invoice'))],
    ['invoices, settled in part', count(postings, isSettledInPart('invoice'))],
    ['invoices in another currency', count(postings, isForeign)],
    ['invoices in installments', count(postings, ({ posting }) => posting.installments.length > 0)],
    ['credit notes, not applied', count(postings, isOpen('creditNote'))],
    ['payments, unsettled', count(postings, isOpen('payment'))],
    ['payments, settled in part', count(postings, isSettledInPart('payment'))],
    ['payments returned', count(histories, ({ bounced }) => bounced !== null)],
    ['settlements', matches.length],
    ['settlements across currencies', count(matches, isAcrossCurrencies)],
    ['settlements, reversed', count(matches, ({ reversedOn }) => reversedOn !== null)],
    ...collectionCases(histories, today),
  ];
}

function customerCases({ company, histories }: SampleCompany): Case[] {
  const rows = histories.map((history) => customerRow(company, history));
  return [
    ...tally('languages', rows, (row) => String(row['language'])),
    ...tally('credit limits', rows, (row) => String(row['creditLimitType'])),
    ['credit limits of zero', count(rows, (row) => row['creditLimit'] === '0.00')],
    ['credit limits, unlimited', count(rows, (row) => row['creditLimitUnlimited'] === true)],
    ...tally('risk', rows, (row) => String(row['riskGroup'])),
    ...tally('account status', rows, (row) => String(row['accountStatus'])),
    ...tally(
      'contacts',
      histories.flatMap(({ contacts }) => contacts),
      ({ role }) => role,
    ),
    ['customers without contacts', count(histories, ({ contacts }) => contacts.length === 0)],
    ['customers without e-mail', count(rows, (row) => row['email'] === undefined)],
    ...tally(
      'pools',
      histories.flatMap(({ customer }) => customer.pools),
      (pool) => pool,
    ),
  ];
}

function collectionCases(histories: readonly CustomerHistory[], today: Day): Case[] {
  const words = histories.flatMap(({ account, statuses }) =>
    statuses.map((word) => ({ account, word })),
  );
  const promises = words.filter(({ word }) => word.status === 'promiseToPay');
  const activities = histories.flatMap(({ activities }) => activities);
  return [
    ...tally('statuses', words, ({ word }) => word.status),
    ...tally('promises', promises, ({ account, word }) => verdictOf(account, word, today)),
    ['promises taken back by a returned payment', count(promises, wasTakenBack)],
    ...tally(
      'letters',
      histories.flatMap(({ letters }) => letters),
      ({ status }) => status,
    ),
    ...tally(
      'activities',
      activities,
      ({ category, closedOn }) => `${category}, ${closedOn === null ? 'open' : 'closed'}`,
    ),
    [
      'activities, overdue',
      count(activities, ({ closedOn, endOn }) => closedOn === null && endOn < today),
    ],
    ['activities with a memo', count(activities, ({ memo }) => memo !== null)],
  ];
}

function count<T>(items: readonly T[], counts: (item: T) => boolean): number {
  return items.filter(counts).length;
}

function tally<T>(group: string, items: readonly T[], nameOf: (item: T) => string): Case[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1);
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, number]) => [`${group}: ${name}`, number]);
}

type OnAccount = { readonly account: Account; readonly posting: Posting };

function isOpen(type: Posting['type']) {
  return ({ account, posting }: OnAccount) =>
    posting.type === type && openNow(account, posting) !== 0;
}

function isSettledInPart(type: Posting['type']) {
  return (one: OnAccount) =>
    isOpen(type)(one) && openNow(one.account, one.posting) !== one.posting.amount;
}

function isForeign({ account, posting }: OnAccount): boolean {
  return posting.type === 'invoice' && posting.currency !== account.accountingCurrency;
}

function owesNothing({ account }: CustomerHistory): boolean {
  return account.postings.every((posting) => openNow(account, posting) <= 0);
}

function isVeryBad(today: Day) {
  return ({ account }: CustomerHistory): boolean => {
    const debts = account.postings.filter((posting) => openNow(account, posting) > 0);
    const sum = (some: readonly Posting[]) =>
      some.reduce((total, posting) => total + openNow(account, posting), 0);
    const old = debts.filter((posting) => dueDay(posting) < today - 60);
    return old.length > 0 && sum(old) * 2 > sum(debts);
  };
}

function isAcrossCurrencies({ transaction, offset }: Match): boolean {
  return transaction.currency !== offset.currency;
}

/** What was paid of a promise in time, reversed payments aside; and what they had paid. */
function paidInTime({ matches }: Account, { posting, on, followUpOn }: StatusWord) {
  const inTime = matches.filter(
    (match) =>
      match.transaction === posting && match.on >= on && match.on <= (followUpOn ?? match.on),
  );
  const sum = (some: typeof inTime) => some.reduce((total, { amount }) => total + amount, 0);
  return {
    lasting: sum(inTime.filter(({ reversedOn }) => reversedOn === null)),
    returned: sum(inTime.filter(({ reversedOn }) => reversedOn !== null)),
  };
}

/** Promised, or all that was open when the promise was made. */
function targetOf({ matches }: Account, { posting, on, amount }: StatusWord): number {
  const before = matches.filter(
    (match) => match.transaction === posting && match.on < on && match.reversedOn === null,
  );
  return amount ?? before.reduce((rest, match) => rest - match.amount, posting.amount);
}

function verdictOf(account: Account, word: StatusWord, today: Day): 'kept' | 'broken' | 'open' {
  if (paidInTime(account, word).lasting >= targetOf(account, word)) return 'kept';
  return word.followUpOn !== null && word.followUpOn < today ? 'broken' : 'open';
}

function wasTakenBack({ account, word }: { account: Account; word: StatusWord }): boolean {
  const { lasting, returned } = paidInTime(account, word);
  const target = targetOf(account, word);
  return lasting < target && lasting + returned >= target;
}
