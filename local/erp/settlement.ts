// Settling and taking settlements back, with all that follows from it: what is settled of both
// sides, when they were closed, and the open parts of what is paid in installments.
import type { Row } from '../sample/customer-rows.ts';
import { minorOf, moneyText } from '../sample/currencies.ts';
import {
  type Ledger,
  type LedgerSettlement,
  type LedgerTransaction,
  openOf,
  textIn,
} from './ledger.ts';
import type { Numbering } from './numbering.ts';

/** So much of a debit against a credit on a day; amounts are greater than zero, in minor units. */
export type Match = {
  readonly transaction: string;
  readonly offset: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly amount: number;
  readonly offsetAmount: number;
};

/** Posts a settlement. Throws where a side has not so much open: that is checked before. */
export function postSettlement(ledger: Ledger, numbering: Numbering, match: Match): void {
  const { accountingCurrency } = ledger.account;
  const [transaction, offset] = [match.transaction, match.offset].map((record) =>
    transactionOf(ledger, record),
  );
  if (transaction === undefined || offset === undefined) throw new Error('a match has two sides');
  if (match.amount > openOf(transaction) || match.offsetAmount > -openOf(offset)) {
    throw new Error('a settlement of more than is open');
  }
  const accounting = accountingShare(transaction, match.amount);
  const offsetAccounting = accountingShare(offset, match.offsetAmount);
  ledger.put('settlement', numbering.record(), {
    transaction: match.transaction,
    offset: match.offset,
    date: match.date,
    currency: transaction.currency,
    amount: moneyText(match.amount, transaction.currency),
    amountAccounting: moneyText(accounting, accountingCurrency),
    ...(offset.currency === transaction.currency
      ? {}
      : { offsetAmount: moneyText(match.offsetAmount, offset.currency) }),
    offsetAmountAccounting: moneyText(offsetAccounting, accountingCurrency),
  });
  addSettled(ledger, numbering, transaction, match.amount, accounting);
  addSettled(ledger, numbering, offset, match.offsetAmount, offsetAccounting);
}

/** Takes a settlement back on a day: both sides are open again by its amounts. */
export function reverseSettlement(
  ledger: Ledger,
  numbering: Numbering,
  settlement: LedgerSettlement,
  date: string,
): void {
  ledger.put('settlement', settlement.record, { ...settlement.row, reversed: date });
  const { transaction, offset, amount, accounting, offsetAmount, offsetAccounting } = settlement;
  addSettled(ledger, numbering, transactionOf(ledger, transaction), -amount, -accounting);
  addSettled(ledger, numbering, transactionOf(ledger, offset), -offsetAmount, -offsetAccounting);
}

function transactionOf(ledger: Ledger, record: string): LedgerTransaction {
  const transaction = ledger.transaction(record);
  if (transaction === null) throw new Error(`no transaction ${record} in the ledger`);
  return transaction;
}

/** The accounting side of a settled amount: pro rata, and the rest for what closes the line. */
function accountingShare(transaction: LedgerTransaction, amount: number): number {
  const { accounting, settledAccounting } = transaction;
  return amount === Math.abs(openOf(transaction))
    ? Math.abs(accounting - settledAccounting)
    : Math.round((Math.abs(accounting) * amount) / Math.abs(transaction.amount));
}

function addSettled(
  ledger: Ledger,
  numbering: Numbering,
  transaction: LedgerTransaction,
  amount: number,
  accounting: number,
): void {
  const { record, currency } = transaction;
  const sign = transaction.amount < 0 ? -1 : 1;
  const settled = transaction.settled + sign * amount;
  const { closedDate: _closed, ...row } = transaction.row;
  const closed = settled === transaction.amount ? lastDateOf(ledger, record) : null;
  ledger.put('transaction', record, {
    ...row,
    settled: moneyText(settled, currency),
    settledAccounting: moneyText(
      transaction.settledAccounting + sign * accounting,
      ledger.account.accountingCurrency,
    ),
    ...(closed === null ? {} : { closedDate: closed }),
  });
  tellOpenParts(ledger, numbering, record, row, Math.abs(settled));
}

/** The latest date of a transaction's settlements that are in force. */
function lastDateOf(ledger: Ledger, record: string): string | null {
  return (
    ledger
      .settlementsOf(record)
      .map(({ date }) => date)
      .toSorted()
      .at(-1) ?? null
  );
}

/** Tells the open parts of what is paid in installments anew: the earliest are settled first. */
function tellOpenParts(
  ledger: Ledger,
  numbering: Numbering,
  transaction: string,
  row: Row,
  settled: number,
): void {
  const { installments } = row;
  if (!Array.isArray(installments)) return;
  const currency = textIn(row, 'currency');
  const told = new Map(
    ledger.openPartsOf(transaction).map((part) => [textIn(part.row, 'dueDate'), part]),
  );
  let before = 0;
  for (const installment of installments.map((one): Row => Object(one))) {
    const dueDate = textIn(installment, 'dueDate');
    const amount = minorOf(textIn(installment, 'amount'), currency);
    const open = Math.min(amount, Math.max(0, before + amount - settled));
    before += amount;
    const part = told.get(dueDate);
    if (open === 0) {
      if (part !== undefined) ledger.put('installment', part.record, null);
    } else if (part?.row['open'] !== moneyText(open, currency)) {
      const record = part?.record ?? numbering.record();
      const openText = moneyText(open, currency);
      ledger.put('installment', record, { transaction, dueDate, open: openText, currency });
    }
  }
}
