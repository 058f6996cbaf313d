// What was open on a day (SPEC §3.2), worked out forwards from all rows, in the words of the
// specification: an oracle. It must never import what it judges.
import { roundedQuotient, scaled, sharesOf } from './decimal.ts';
import type { CurrentRow } from './newest-rows.ts';

/** ISO 4217 decimals of the currencies that random changes use. */
const DECIMALS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, BHD: 3 };

/** Amounts in minor units; dates as text, which sorts like time. */
export type OpenPart = { dueDate: string; open: bigint; accounting: bigint | null };

export type OpenTransaction = {
  readonly row: CurrentRow;
  readonly currency: string;
  readonly open: bigint;
  /** In accounting currency; null where it is missing. */
  readonly accounting: bigint | null;
  /** Whether the specification leaves no choice about the accounting amount. */
  readonly isAccountingCertain: boolean;
  readonly parts: readonly OpenPart[];
  readonly overSettled: boolean;
  /** The row says other than the settlements known. */
  readonly approximate: boolean;
};

export type Question = {
  /** Null asks for live figures. */
  readonly asOf: string | null;
  readonly accountingCurrency: string;
};

/** A settlement as one transaction sees it, in the transaction's direction. */
type Effect = {
  readonly isKnownLive: boolean;
  readonly isInEffect: boolean;
  readonly amount: bigint;
  readonly accounting: bigint | null;
};

export function decimalsIn(currency: string): number {
  const decimals = DECIMALS[currency];
  if (decimals === undefined) throw new Error(`the oracle does not know ${currency}`);
  return decimals;
}

export function textIn({ fields }: CurrentRow, field: string): string | null {
  const value = fields[field];
  return typeof value === 'string' ? value : null;
}

function required(row: CurrentRow, field: string): string {
  const value = textIn(row, field);
  if (value === null) throw new Error(`a row without ${field}`);
  return value;
}

/** Every transaction dated by then, whether open or not. */
export function transactionsAsOf(
  rows: readonly CurrentRow[],
  question: Question,
): OpenTransaction[] {
  return rows
    .filter(({ entity }) => entity === 'transaction')
    .filter((row) => question.asOf === null || required(row, 'transactionDate') <= question.asOf)
    .map((row) => openTransaction(row, rows, question));
}

function openTransaction(
  row: CurrentRow,
  rows: readonly CurrentRow[],
  question: Question,
): OpenTransaction {
  const currency = required(row, 'currency');
  const amount = scaled(required(row, 'amount'), decimalsIn(currency));
  const effects = effectsOn(row, rows, question, amount < 0n ? -1n : 1n);
  const inEffect = effects.filter(({ isInEffect }) => isInEffect);
  const told = textIn(row, 'settled');
  const live = sum(effects.filter(({ isKnownLive }) => isKnownLive).map((one) => one.amount));
  const beyond = told === null ? 0n : scaled(told, decimalsIn(currency)) - live;
  const beyondFrom = textIn(row, 'closedDate') ?? required(row, 'transactionDate');
  const isBeyondIn = question.asOf === null || beyondFrom <= question.asOf;
  const settled = sum(inEffect.map((one) => one.amount)) + (isBeyondIn ? beyond : 0n);
  const open = amount - settled;
  const accounting = accountingOf(row, effects, question, { amount, settled, beyond, isBeyondIn });
  return {
    row,
    currency,
    open,
    accounting: accounting.open,
    isAccountingCertain: accounting.isCertain,
    parts: partsOf(row, rows, { amount, open, accounting: accounting.open }),
    overSettled: open !== 0n && open < 0n !== amount < 0n,
    approximate: beyond !== 0n,
  };
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

/** Settlements of a source on one of its transactions, in its own currency. */
function effectsOn(
  transaction: CurrentRow,
  rows: readonly CurrentRow[],
  { asOf, accountingCurrency }: Question,
  sign: bigint,
): Effect[] {
  const own = required(transaction, 'currency');
  const dateOf = (record: string | null) => {
    const found = rows.find(
      (row) =>
        row.entity === 'transaction' && row.source === transaction.source && row.record === record,
    );
    return found === undefined ? '' : required(found, 'transactionDate');
  };
  return rows
    .filter(({ entity, source }) => entity === 'settlement' && source === transaction.source)
    .flatMap((row) => {
      const records = [textIn(row, 'transaction'), textIn(row, 'offset')];
      const from = [required(row, 'date'), ...records.map(dateOf)];
      const reversed = textIn(row, 'reversed');
      const isKnownLive = reversed === null;
      const isInEffect =
        asOf === null
          ? isKnownLive
          : from.every((date) => date <= asOf) && (reversed === null || asOf < reversed);
      return sidesOf(row)
        .filter(
          ({ record, currency }) => record === transaction.record && (currency ?? own) === own,
        )
        .map(({ amount, accounting }) => ({
          isKnownLive,
          isInEffect,
          amount: sign * scaled(amount, decimalsIn(own)),
          accounting:
            accounting === null ? null : sign * scaled(accounting, decimalsIn(accountingCurrency)),
        }));
    });
}

/** The sides of a settlement; a null currency is that of the transaction, whatever it is. */
export function sidesOf(row: CurrentRow) {
  const [amount, offsetAmount] = [required(row, 'amount'), textIn(row, 'offsetAmount')];
  const first = {
    record: required(row, 'transaction'),
    currency: textIn(row, 'currency'),
    amount,
    accounting: textIn(row, 'amountAccounting'),
  };
  const offset = textIn(row, 'offset');
  if (offset === null) return [first];
  const second = {
    record: offset,
    currency: offsetAmount === null ? textIn(row, 'currency') : null,
    amount: offsetAmount ?? amount,
    accounting: textIn(row, 'offsetAmountAccounting'),
  };
  return [first, second];
}

type Amounts = { amount: bigint; settled: bigint; beyond: bigint; isBeyondIn: boolean };

/** The open accounting amount: what was not given is pro rata, and what closes takes the rest. */
function accountingOf(
  row: CurrentRow,
  effects: readonly Effect[],
  { accountingCurrency }: Question,
  { amount, settled, beyond, isBeyondIn }: Amounts,
): { open: bigint | null; isCertain: boolean } {
  const text = textIn(row, 'amountAccounting');
  if (text === null) {
    const isOwn = required(row, 'currency') === accountingCurrency;
    return { open: isOwn ? amount - settled : null, isCertain: true };
  }
  const whole = scaled(text, decimalsIn(accountingCurrency));
  const share = (part: bigint) => (amount === 0n ? 0n : roundedQuotient(whole * part, amount));
  const given = (some: readonly Effect[]) => sum(some.map(({ accounting }) => accounting ?? 0n));
  const inEffect = effects.filter(({ isInEffect }) => isInEffect);
  const isClosed = amount === settled;
  if (textIn(row, 'settled') === null) {
    const unpriced = sum(inEffect.map((one) => (one.accounting === null ? one.amount : 0n)));
    return { open: isClosed ? 0n : whole - given(inEffect) - share(unpriced), isCertain: true };
  }
  const told = textIn(row, 'settledAccounting');
  if (told === null) {
    const isCertain = effects.every(({ accounting }) => accounting === null);
    return { open: isClosed ? 0n : whole - share(settled), isCertain };
  }
  const live = given(effects.filter(({ isKnownLive }) => isKnownLive));
  const undone = live - given(inEffect) + (isBeyondIn ? 0n : share(beyond));
  const open = whole - scaled(told, decimalsIn(accountingCurrency)) + undone;
  const isCertain = effects.every(({ accounting }) => accounting !== null);
  return { open: isClosed ? 0n : open, isCertain };
}

/** Open parts by due date, earliest first; none where nothing is open. */
function partsOf(
  row: CurrentRow,
  rows: readonly CurrentRow[],
  { amount, open, accounting }: { amount: bigint; open: bigint; accounting: bigint | null },
): OpenPart[] {
  if (open === 0n) return [];
  const due = added(partsOfErp(row, rows));
  const isTold =
    due.length > 0 &&
    sum(due.map(([, part]) => part)) === open &&
    due.every(([, part]) => part < 0n === open < 0n);
  const shares = isTold ? due : added(partsOfTerms(row, amount, open));
  const accountings =
    accounting === null
      ? null
      : sharesOf(
          accounting,
          shares.map(([, share]) => share),
        );
  return shares.map(([dueDate, share], place) => ({
    dueDate,
    open: share,
    accounting: accountings?.[place] ?? null,
  }));
}

type Due = readonly [dueDate: string, amount: bigint];

/** Amounts of one day as one, earliest day first, without those that come to nothing. */
function added(due: readonly Due[]): Due[] {
  return [...Map.groupBy(due, ([date]) => date)]
    .map(([date, some]): Due => [date, sum(some.map(([, amount]) => amount))])
    .filter(([, amount]) => amount !== 0n)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function partsOfErp(row: CurrentRow, rows: readonly CurrentRow[]): Due[] {
  return rows
    .filter(({ entity, source }) => entity === 'installment' && source === row.source)
    .filter((one) => textIn(one, 'transaction') === row.record)
    .filter((one) => textIn(one, 'currency') === textIn(row, 'currency'))
    .map((one) => [
      required(one, 'dueDate'),
      scaled(required(one, 'open'), decimalsIn(required(one, 'currency'))),
    ]);
}

/** The original installments, of which the earliest are settled first. */
function partsOfTerms(row: CurrentRow, amount: bigint, open: bigint): Due[] {
  const terms = termsIn(row).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const [first, last] = [terms[0], terms.at(-1)];
  if (first === undefined || last === undefined) return [[dueDateOf(row), open]];
  if (open < 0n !== amount < 0n) return [[last[0], open]];
  let left = amount - open;
  // What was un-settled beyond the amount stays with the first.
  if (left < 0n !== amount < 0n) return [...terms, [first[0], -left]];
  return terms.map(([date, term]): Due => {
    const taken = amount < 0n ? max(left, term) : -max(-left, -term);
    left -= taken;
    return [date, term - taken];
  });
}

function max(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}

function termsIn(row: CurrentRow): Due[] {
  const terms: unknown = row.fields['installments'];
  if (!Array.isArray(terms)) return [];
  const decimals = decimalsIn(required(row, 'currency'));
  return terms.map(
    (term: Readonly<Record<string, unknown>>): Due => [
      String(term['dueDate']),
      scaled(String(term['amount']), decimals),
    ],
  );
}

/** A missing due date falls back to the document's, then the transaction's. */
function dueDateOf(row: CurrentRow): string {
  return textIn(row, 'dueDate') ?? textIn(row, 'documentDate') ?? required(row, 'transactionDate');
}
