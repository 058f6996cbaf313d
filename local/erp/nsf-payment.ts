// A payment that the bank returned (NSF): its settlements are reversed, so that what it had paid is
// open again at its own due date (SPEC §3.2), and the payment is canceled by a reversal.
import { moneyText } from '../sample/currencies.ts';
import type { NsfPayment } from './command.ts';
import { findTransaction } from './find-transaction.ts';
import type { Ledger } from './ledger.ts';
import type { Numbering } from './numbering.ts';
import { type Outcome, rejected } from './outcome.ts';
import { postSettlement, reverseSettlement } from './settlement.ts';

/** Cancels a payment. */
export function bouncePayment(
  { payment: name, date }: NsfPayment,
  ledger: Ledger,
  numbering: Numbering,
): Outcome {
  const payment = findTransaction(ledger, name, date);
  if ('outcome' in payment) return payment;
  if (payment.type !== 'payment' || payment.amount >= 0) return rejected('not-a-payment');
  if (payment.canceled) return rejected('already-canceled');
  for (const settlement of ledger.settlementsOf(payment.record)) {
    reverseSettlement(ledger, numbering, settlement, date);
  }
  const { currency, amount, accounting } = payment;
  const { documentUrl: _url, voucherUrl: _voucherUrl, ...row } = payment.row;
  const reversal = numbering.record();
  ledger.put('transaction', reversal, {
    ...row,
    voucher: numbering.voucher('ARP'),
    transactionDate: date,
    documentDate: date,
    amount: moneyText(-amount, currency),
    amountAccounting: moneyText(-accounting, ledger.account.accountingCurrency),
    settled: moneyText(0, currency),
    settledAccounting: moneyText(0, ledger.account.accountingCurrency),
    description: 'Payment returned, insufficient funds',
    canceled: true,
  });
  ledger.put('transaction', payment.record, {
    ...ledger.row('transaction', payment.record),
    canceled: true,
  });
  postSettlement(ledger, numbering, {
    transaction: reversal,
    offset: payment.record,
    date,
    amount: -amount,
    offsetAmount: -amount,
  });
  return { outcome: 'completed' };
}
