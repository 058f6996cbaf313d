// Open parts of a transaction as the ERP keeps them (SPEC §2.1, installment), added up by due
// date so that the order of arrival does not matter.
import { type Day, dayFrom } from './calendar.ts';
import { inOrderOfNames, type JsonObject } from './json.ts';
import { addExact, amountOf } from './money.ts';
import type { RecordDocument } from './record.ts';
import { text } from './row-reader.ts';
import { type TransactionReference, transactionReference } from './transaction-reference.ts';

export type InstallmentDocument = RecordDocument<'installment'> & {
  readonly pk: string;
  /** Id of the transaction it is a part of; null when it was deleted. */
  readonly transaction: string | null;
};

/** One open part, in minor units of its currency. */
export type Installment = {
  readonly transaction: TransactionReference;
  readonly dueOn: Day;
  readonly currency: string;
  readonly open: number;
};

/** The typed installment; its transaction is one of its own source. */
export function readInstallment(row: JsonObject, source: string): Installment {
  const currency = text(row, 'currency');
  return {
    transaction: transactionReference({ source, record: text(row, 'transaction') }),
    dueOn: dayFrom(text(row, 'dueDate')),
    currency,
    open: amountOf(text(row, 'open'), currency),
  };
}

/** `[dueOn, count, open]` by currency, earliest first. */
export type InstallmentSums = {
  readonly [currency: string]: readonly (readonly [Day, number, number])[];
};

/** Sums with one more installment (`sign` 1) or one less (-1); an empty sum leaves no trace. */
export function withInstallment(
  sums: InstallmentSums,
  installment: Installment,
  sign: 1 | -1,
): InstallmentSums {
  const { currency, dueOn, open } = installment;
  const before = sums[currency] ?? [];
  const known = before.find(([day]) => day === dueOn) ?? [dueOn, 0, 0];
  const count = known[1] + sign;
  const after = before.filter(([day]) => day !== dueOn);
  if (count > 0) after.push([dueOn, count, addExact(known[2], sign * open)]);
  after.sort(([a], [b]) => a - b);
  const others = Object.entries(sums).filter(([key]) => key !== currency);
  return inOrderOfNames(after.length === 0 ? others : [...others, [currency, after]]);
}
