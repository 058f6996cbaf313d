// Writing off: what is open of each transaction is posted the other way round and settled with it.
import { minorOrNull, moneyText } from '../sample/currencies.ts';
import type { WriteOff } from './command.ts';
import { findTransaction } from './find-transaction.ts';
import { type Ledger, type LedgerTransaction, openOf } from './ledger.ts';
import type { Numbering } from './numbering.ts';
import { type Outcome, rejected } from './outcome.ts';
import { postSettlement } from './settlement.ts';

/** Writes off what is open of some transactions, on one voucher. */
export function writeOff(
  { transactions, date, reason }: WriteOff,
  ledger: Ledger,
  numbering: Numbering,
): Outcome {
  const voucher = numbering.voucher('ARWO');
  for (const name of transactions) {
    const transaction = findTransaction(ledger, name, date);
    if ('outcome' in transaction) return transaction;
    const open = openOf(transaction);
    if (open === 0) return rejected('not-open');
    const isAsSeen =
      name.currency === transaction.currency && minorOrNull(name.amount, name.currency) === open;
    if (!isAsSeen) return rejected('open-amount-changed');
    post(ledger, numbering, transaction, { voucher, date, description: reason ?? 'Write-off' });
  }
  return { outcome: 'completed' };
}

function post(
  ledger: Ledger,
  numbering: Numbering,
  transaction: LedgerTransaction,
  {
    date,
    ...line
  }: { readonly voucher: string; readonly date: string; readonly description: string },
): void {
  const { currency, accounting, settledAccounting } = transaction;
  const { accountingCurrency } = ledger.account;
  const open = openOf(transaction);
  const opposite = numbering.record();
  ledger.put('transaction', opposite, {
    type: 'writeOff',
    ...line,
    transactionDate: date,
    documentDate: date,
    currency,
    amount: moneyText(-open, currency),
    amountAccounting: moneyText(settledAccounting - accounting, accountingCurrency),
    settled: moneyText(0, currency),
    settledAccounting: moneyText(0, accountingCurrency),
  });
  const [debit, credit] =
    open > 0 ? [transaction.record, opposite] : [opposite, transaction.record];
  const amount = Math.abs(open);
  const match = { transaction: debit, offset: credit, date, amount, offsetAmount: amount };
  postSettlement(ledger, numbering, match);
}
