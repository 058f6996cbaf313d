// A match of an amount of one transaction against another (SPEC §2.1, §3.2), and what it does to
// the transactions it names: the sums each transaction keeps are independent of order.
import { type Day, dayFrom } from './calendar.ts';
import { inOrderOfNames, type JsonObject } from './json.ts';
import { addExact } from './money.ts';
import type { RecordDocument } from './record.ts';
import { dayOrNull, text, textOrNull, unscaledOrNull } from './row-reader.ts';
import { type TransactionReference, transactionReference } from './transaction-reference.ts';
import {
  addUnscaled,
  atDecimals,
  decodeUnscaled,
  encodeUnscaled,
  subtractUnscaled,
  type UnscaledAmount,
  unscaledOf,
  ZERO_UNSCALED,
} from './unscaled-amount.ts';
import { type Decimals, decimalsOf } from './currency.ts';

export type SettlementDocument = RecordDocument<'settlement'> & {
  readonly pk: string;
  /** Ids of the transactions it settles; null when it has no such side or was deleted. */
  readonly transaction: string | null;
  readonly offset: string | null;
  readonly settledOn: Day | null;
  readonly reversedOn: Day | null;
};

/** What a settlement settles on one transaction, towards zero; a negative amount un-settles. */
export type SettledSide = {
  readonly transaction: TransactionReference;
  /** The currency the amount is in; null when it is the transaction's own, whatever that is. */
  readonly currency: string | null;
  readonly amount: UnscaledAmount;
  readonly accounting: UnscaledAmount | null;
};

export type Settlement = {
  readonly date: Day;
  /** From this day on it is undone. */
  readonly reversedOn: Day | null;
  readonly sides: readonly SettledSide[];
};

/** The typed settlement; references resolve within its own source (SPEC §2.1). */
export function readSettlement(row: JsonObject, source: string): Settlement {
  const currency = text(row, 'currency');
  const offset = textOrNull(row, 'offset');
  const amount = unscaledOf(text(row, 'amount'));
  const sides: SettledSide[] = [
    {
      transaction: transactionReference({ source, record: text(row, 'transaction') }),
      currency,
      amount,
      accounting: unscaledOrNull(row, 'amountAccounting'),
    },
  ];
  if (offset !== null) {
    const offsetAmount = unscaledOrNull(row, 'offsetAmount');
    sides.push({
      transaction: transactionReference({ source, record: offset }),
      currency: offsetAmount === null ? currency : null,
      amount: offsetAmount ?? amount,
      accounting: unscaledOrNull(row, 'offsetAmountAccounting'),
    });
  }
  return { date: dayFrom(text(row, 'date')), reversedOn: dayOrNull(row, 'reversed'), sides };
}

/**
 * Settlements in effect on one transaction, added up. `priced` is the part of `amount` whose
 * accounting amount was given, `accounting` those given amounts.
 */
export type SettledSum = {
  readonly count: number;
  readonly amount: readonly number[];
  readonly priced: readonly number[];
  readonly accounting: readonly number[];
};

/** Sums by the currency they are told in; `own` is the transaction's own, unnamed. */
export type SettledSums = { readonly [currency: string]: SettledSum };

export const OWN_CURRENCY = 'own';

/** Sums with one more side (`sign` 1) or one less (-1); an empty sum leaves no trace. */
export function withSide(sums: SettledSums, side: SettledSide, sign: 1 | -1): SettledSums {
  const key = side.currency ?? OWN_CURRENCY;
  const sum = sums[key];
  const count = (sum?.count ?? 0) + sign;
  const others = Object.entries(sums).filter(([currency]) => currency !== key);
  if (count === 0) return Object.fromEntries(others);
  const combine = sign === 1 ? addUnscaled : subtractUnscaled;
  const plus = (stored: readonly number[] | undefined, amount: UnscaledAmount) =>
    encodeUnscaled(combine(decodeUnscaled(stored ?? []), amount));
  const changed: SettledSum = {
    count,
    amount: plus(sum?.amount, side.amount),
    priced: plus(sum?.priced, side.accounting === null ? ZERO_UNSCALED : side.amount),
    accounting: plus(sum?.accounting, side.accounting ?? ZERO_UNSCALED),
  };
  return inOrderOfNames([...others, [key, changed]]);
}

/** What is settled on a transaction of a currency, towards zero, in its minor units. */
export type Settled = {
  readonly amount: number;
  readonly priced: number;
  readonly accounting: UnscaledAmount;
  /** Sides told in another currency: they settle nothing here. */
  readonly unmatched: number;
};

/** Adds up the sums that act on a transaction of this currency. */
export function settledIn(sums: SettledSums, currency: string): Settled {
  const decimals = decimalsOf(currency);
  let settled: Settled = { amount: 0, priced: 0, accounting: ZERO_UNSCALED, unmatched: 0 };
  for (const [key, sum] of Object.entries(sums)) {
    settled =
      key === currency || key === OWN_CURRENCY
        ? plusSum(settled, sum, decimals)
        : { ...settled, unmatched: settled.unmatched + sum.count };
  }
  return settled;
}

function plusSum(settled: Settled, sum: SettledSum, decimals: Decimals): Settled {
  return {
    amount: addExact(settled.amount, atDecimals(decodeUnscaled(sum.amount), decimals)),
    priced: addExact(settled.priced, atDecimals(decodeUnscaled(sum.priced), decimals)),
    accounting: addUnscaled(settled.accounting, decodeUnscaled(sum.accounting)),
    unmatched: settled.unmatched,
  };
}

/** How many sides the sums hold; all of them are unmatched while the transaction is unknown. */
export function sideCount(sums: SettledSums): number {
  return Object.values(sums).reduce((total, { count }) => total + count, 0);
}
