// Credit limit, exposure and what is left of it (SPEC §3.4), in accounting currency.
import { decimalsOf } from './currency.ts';
import type { JsonObject } from './json.ts';
import { addExact } from './money.ts';
import { flag, textOrNull, unscaledOrNull } from './row-reader.ts';
import { atDecimals } from './unscaled-amount.ts';

/** Amounts in minor units of the accounting currency; null where there is no such figure. */
export type Credit = {
  readonly limit: number | null;
  readonly exposure: number | null;
  readonly available: number | null;
  readonly unlimited: boolean;
};

const NO_CREDIT_CHECK: Credit = { limit: null, exposure: null, available: null, unlimited: false };

/** Credit of a customer's row. A limit in another currency is no figure in this one. */
export function creditOf(
  row: JsonObject | null,
  balance: number,
  accountingCurrency: string,
): Credit {
  if (row === null) return NO_CREDIT_CHECK;
  const unlimited = flag(row, 'creditLimitUnlimited');
  const amountOf = (field: string) => {
    const amount = unscaledOrNull(row, field);
    return amount === null ? null : atDecimals(amount, decimalsOf(accountingCurrency));
  };
  const inAccounting =
    (textOrNull(row, 'limitCurrency') ?? accountingCurrency) === accountingCurrency;
  const limit = inAccounting ? amountOf('creditLimit') : null;
  const type = textOrNull(row, 'creditLimitType') ?? 'balance';
  if (unlimited) return { ...NO_CREDIT_CHECK, unlimited };
  if (type === 'none' || limit === null) return { ...NO_CREDIT_CHECK, limit };
  const slips = type === 'balance' ? 0 : (amountOf('packingSlips') ?? 0);
  const orders = type === 'all' ? (amountOf('openOrders') ?? 0) : 0;
  const exposure = addExact(addExact(balance, slips), orders);
  return { limit, exposure, available: addExact(limit, -exposure), unlimited };
}
