// Rows of postings, settlements and what is said about them, as the feed tells them (SPEC §2.1).
import { type Account, type Match, openNow, type Posting, settledNow } from './account.ts';
import { type Day, dayText, instantText } from './business-days.ts';
import { moneyText } from './currencies.ts';
import type { StatusWord } from './collections-statuses.ts';
import type { Row } from './customer-rows.ts';
import type { PostingKeys } from './document-numbers.ts';
import type { Letter } from './letters.ts';

/** A row, and the last day it changed. */
export type DatedRow = { readonly row: Row; readonly on: Day };

/** What rows are written with. */
export type Writing = {
  readonly company: string;
  readonly accountingCurrency: string;
  readonly keys: PostingKeys;
};

/** The key of a posting; every posting has one. */
export function keyOf({ keys }: Writing, posting: Posting) {
  const key = keys.get(posting);
  if (key === undefined) throw new Error('a posting without a number');
  return key;
}

export function documentUrl(company: string, folder: string, number: string): string {
  return `https://erp.example/${company}/${folder}/${number}.pdf`;
}

export function postingRow(writing: Writing, account: Account, posting: Posting): DatedRow {
  const { number, voucher } = keyOf(writing, posting);
  const { type, currency, installments, description, reference, method, canceled } = posting;
  const settled = settledNow(account, posting);
  const sign = posting.amount < 0 ? -1 : 1;
  const isClosed = openNow(account, posting) === 0;
  const inAccounting = (minor: number) => moneyText(minor, writing.accountingCurrency);
  // An adjustment has an accounting amount alone, which is settled with it.
  const settledAccounting = posting.amount === 0 ? posting.accounting : sign * settled.accounting;
  const lastOn = settled.lastOn ?? posting.on;
  const row = {
    type,
    ...(number === null ? {} : { number }),
    voucher,
    transactionDate: dayText(posting.on),
    documentDate: dayText(posting.documentOn),
    ...(posting.dueOn === null ? {} : { dueDate: dayText(posting.dueOn) }),
    currency,
    amount: moneyText(posting.amount, currency),
    amountAccounting: inAccounting(posting.accounting),
    settled: moneyText(sign * settled.amount, currency),
    settledAccounting: inAccounting(settledAccounting),
    ...(isClosed ? { closedDate: dayText(lastOn) } : {}),
    ...(installments.length === 0
      ? {}
      : {
          installments: installments.map(({ dueOn, amount }) => ({
            dueDate: dayText(dueOn),
            amount: moneyText(amount, currency),
          })),
        }),
    ...(description === null ? {} : { description }),
    ...(reference === null ? {} : { paymentReference: reference }),
    ...(method === null ? {} : { paymentMethod: method }),
    ...(canceled ? { canceled } : {}),
    ...urls(writing.company, posting, number, voucher),
  };
  return { row, on: Math.max(lastOn, ...reversalsOf(account, posting)) };
}

function reversalsOf({ matches }: Account, posting: Posting): Day[] {
  return matches
    .filter(({ transaction, offset }) => transaction === posting || offset === posting)
    .flatMap(({ reversedOn }) => reversedOn ?? []);
}

function urls(company: string, { type }: Posting, number: string | null, voucher: string): Row {
  if (type === 'payment') return { voucherUrl: documentUrl(company, 'vouchers', voucher) };
  return number === null ? {} : { documentUrl: documentUrl(company, 'documents', number) };
}

export function matchRow(writing: Writing, match: Match): DatedRow {
  const { transaction, offset, reversedOn } = match;
  const inAccounting = (minor: number) => moneyText(minor, writing.accountingCurrency);
  const row = {
    transaction: keyOf(writing, transaction).record,
    offset: keyOf(writing, offset).record,
    date: dayText(match.on),
    currency: transaction.currency,
    amount: moneyText(match.amount, transaction.currency),
    amountAccounting: inAccounting(match.accounting),
    ...(offset.currency === transaction.currency
      ? {}
      : { offsetAmount: moneyText(match.offsetAmount, offset.currency) }),
    offsetAmountAccounting: inAccounting(match.offsetAccounting),
    ...(reversedOn === null ? {} : { reversed: dayText(reversedOn) }),
  };
  return { row, on: reversedOn ?? match.on };
}

/** The open parts of a posting in installments, as the ERP keeps them: the earliest are paid first. */
export function openPartRows(writing: Writing, account: Account, posting: Posting): DatedRow[] {
  const { currency, installments } = posting;
  const { amount: settled, lastOn } = settledNow(account, posting);
  let before = 0;
  return installments.flatMap(({ dueOn, amount }) => {
    const open = Math.min(amount, Math.max(0, before + amount - settled));
    before += amount;
    if (open === 0) return [];
    const { record } = keyOf(writing, posting);
    const row = {
      transaction: record,
      dueDate: dayText(dueOn),
      open: moneyText(open, currency),
      currency,
    };
    return [{ row, on: lastOn ?? posting.on }];
  });
}

export function statusRow(
  writing: Writing,
  { posting, status, on, followUpOn, amount, reason, note }: StatusWord,
  worker: string,
  minutes: number,
): DatedRow {
  const { currency } = posting;
  const row = {
    transaction: keyOf(writing, posting).record,
    status,
    changedAt: instantText(on, minutes),
    changedBy: worker,
    ...(followUpOn === null ? {} : { followUpDate: dayText(followUpOn) }),
    ...(amount === null ? {} : { amount: moneyText(amount, currency), currency }),
    ...(reason === null ? {} : { reason }),
    ...(note === null ? {} : { note }),
  };
  return { row, on };
}

export function letterRow(writing: Writing, letter: Letter, number: string): DatedRow {
  const { code, status, on, currency, amount, fee, lines } = letter;
  const row = {
    number,
    code,
    status,
    ...(status === 'created' ? {} : { postedDate: dayText(on) }),
    currency,
    amount: moneyText(amount, currency),
    fee: moneyText(fee, currency),
    documentUrl: documentUrl(writing.company, 'letters', number),
    lines: lines.map((line) => ({
      transaction: keyOf(writing, line.posting).record,
      amount: moneyText(line.amount, currency),
    })),
  };
  return { row, on };
}
