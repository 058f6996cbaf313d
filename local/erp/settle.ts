// Settling: what the customer owes against what is owed to it, in part or as a whole.
import { minorOrNull } from '../sample/currencies.ts';
import type { Settle } from './command.ts';
import { findTransaction } from './find-transaction.ts';
import { type Ledger, openOf } from './ledger.ts';
import type { Numbering } from './numbering.ts';
import { type Outcome, type Rejected, rejected } from './outcome.ts';
import { type Match, postSettlement } from './settlement.ts';

/** Posts settlements, one after the other: each must fit what those before it leave open. */
export function settle(
  { settlements, date }: Settle,
  ledger: Ledger,
  numbering: Numbering,
): Outcome {
  for (const settlement of settlements) {
    const match = checkedMatch(settlement, date, ledger);
    if ('outcome' in match) return match;
    postSettlement(ledger, numbering, match);
  }
  return { outcome: 'completed' };
}

function checkedMatch(
  { transaction, offset, ...amounts }: Settle['settlements'][number],
  date: string,
  ledger: Ledger,
): Match | Rejected {
  const debit = findTransaction(ledger, transaction, date);
  if ('outcome' in debit) return debit;
  const credit = findTransaction(ledger, offset, date);
  if ('outcome' in credit) return credit;
  const [owed, paid] = [openOf(debit), -openOf(credit)];
  if (owed === 0 || paid === 0) return rejected('not-open');
  if (owed < 0 || paid < 0) return rejected('sides-wrong');
  const amount = minorOrNull(amounts.amount, debit.currency);
  const offsetAmount = minorOrNull(amounts.offsetAmount, credit.currency);
  if (amount === null || offsetAmount === null) return rejected('unreadable');
  if (amount <= 0 || offsetAmount <= 0 || amount > owed || offsetAmount > paid) {
    return rejected('amount-exceeds-open');
  }
  if (debit.currency === credit.currency && amount !== offsetAmount) {
    return rejected('amounts-differ');
  }
  return { transaction: debit.record, offset: credit.record, date, amount, offsetAmount };
}
