// Settlements (SPEC §5): what the customer owes against what is owed to it, in pairs that are
// named or worked out, never by more than is open on either side.
import { formatDay } from '../calendar.ts';
import { formatAmount, parseAmount } from '../money.ts';
import { liveItem, type OpenItem } from '../open-item.ts';
import { type Match, settleOldestFirst } from './automatic-settlement.ts';
import type { SettlementPair, Settle } from './command.ts';
import type { ErpSettlement } from './erp-command.ts';
import { erpTransaction } from './erp-transaction.ts';
import { findTransaction, type Ledger, pendingMoney, postingDate } from './ledger.ts';
import { type Checked, refused } from './refusal.ts';
import type { Resolved } from './resolution.ts';

/** A pair with both amounts, in minor units of its side's currency, greater than zero. */
type SettledPair = Match & { readonly offsetAmount: number };

/** The settlements of a command with everything the ERP needs. */
export function resolveSettle({ type, on, what }: Settle, ledger: Ledger): Checked<Resolved> {
  const refusal = postingDate(ledger, on, Number.NEGATIVE_INFINITY);
  if (refusal !== null) return { refusal };
  const checked =
    what.kind === 'automatic'
      ? automaticPairs(what.currency, on, ledger)
      : namedPairs(what.pairs, ledger);
  if ('refusal' in checked) return checked;
  const pairs = checked.value;
  const ids = pairs.flatMap(({ transaction, offset }) => [
    transaction.document.id,
    offset.document.id,
  ]);
  const parameters = { date: formatDay(on), settlements: pairs.map(erpSettlement) };
  return { value: { kind: 'to-send', command: { type, parameters }, touches: [...new Set(ids)] } };
}

/** What another command is about to move is left alone. */
function automaticPairs(
  currency: string,
  on: number,
  ledger: Ledger,
): Checked<readonly SettledPair[]> {
  const free = ledger.open.filter(({ id }) => pendingMoney(ledger, id, '') === null);
  const items = free.flatMap((document) => liveItem(document) ?? []);
  const matches = settleOldestFirst(items, currency, on);
  if (matches.length === 0) {
    const detail = 'In this currency there is nothing open that could be settled by a credit.';
    return refused('nothing-to-settle', '/automatic', detail);
  }
  return { value: matches.map((match) => ({ ...match, offsetAmount: match.amount })) };
}

/** Pair by pair, each with what the ones before have left. */
function namedPairs(
  pairs: readonly SettlementPair[],
  ledger: Ledger,
): Checked<readonly SettledPair[]> {
  const left = new Map<string, number>();
  const settled: SettledPair[] = [];
  for (const [index, pair] of pairs.entries()) {
    const checked = namedPair(pair, `/settlements/${index}`, ledger, left);
    if ('refusal' in checked) return checked;
    settled.push(checked.value);
  }
  return { value: settled };
}

/** `left` is what is open of each transaction after the pairs before, without sign. */
function namedPair(
  pair: SettlementPair,
  pointer: string,
  ledger: Ledger,
  left: Map<string, number>,
): Checked<SettledPair> {
  const transaction = findSide(pair, 'transaction', pointer, ledger);
  if ('refusal' in transaction) return transaction;
  const offset = findSide(pair, 'offset', pointer, ledger);
  if ('refusal' in offset) return offset;
  const sides = { transaction: transaction.value, offset: offset.value };
  const open = { transaction: leftOf(sides.transaction, left), offset: leftOf(sides.offset, left) };
  const amounts = amountsOf(pair, pointer, sides, open);
  if ('refusal' in amounts) return amounts;
  const { amount, offsetAmount } = amounts.value;
  left.set(sides.transaction.document.id, open.transaction - amount);
  left.set(sides.offset.document.id, open.offset - offsetAmount);
  return { value: { ...sides, amount, offsetAmount } };
}

function leftOf({ document, open }: OpenItem, left: ReadonlyMap<string, number>): number {
  return left.get(document.id) ?? Math.abs(open.open);
}

type Side = 'transaction' | 'offset';

/** One side of a pair, open and of the sign it must have. */
function findSide(
  pair: SettlementPair,
  side: Side,
  base: string,
  ledger: Ledger,
): Checked<OpenItem> {
  const pointer = `${base}/${side}`;
  const found = findTransaction(ledger, pair[side], pointer);
  if ('refusal' in found) return found;
  const { document, open } = found.value;
  if (open.open === 0) return refused('not-open', pointer, 'Nothing of the transaction is open.');
  if (side === 'transaction' && open.open < 0) {
    return refused('not-a-debit', pointer, 'The transaction is not owed by the customer.');
  }
  if (side === 'offset' && open.open > 0) {
    return refused('not-a-credit', pointer, 'The transaction is not owed to the customer.');
  }
  const refusal = pendingMoney(ledger, document.id, pointer);
  return refusal === null ? found : { refusal };
}

type Amounts = { readonly amount: number; readonly offsetAmount: number };
type Sides<T> = { readonly transaction: T; readonly offset: T };

/** By how much each side is settled. */
function amountsOf(
  pair: SettlementPair,
  pointer: string,
  sides: Sides<OpenItem>,
  open: Sides<number>,
): Checked<Amounts> {
  const [currency, offsetCurrency] = [sides.transaction.row.currency, sides.offset.row.currency];
  const isOne = currency === offsetCurrency;
  const whole = isOne ? Math.min(open.transaction, open.offset) : open.transaction;
  const amount = amountOr(pair.amount, whole, currency, open.transaction, `${pointer}/amount`);
  if ('refusal' in amount) return amount;
  const at = `${pointer}/offsetAmount`;
  if (!isOne && pair.offsetAmount === null) {
    const detail = 'The offset is in another currency: say how much of it is settled.';
    return refused('offset-amount-required', at, detail);
  }
  const offset = amountOr(pair.offsetAmount, amount.value, offsetCurrency, open.offset, at);
  if ('refusal' in offset) return offset;
  if (isOne && offset.value !== amount.value) {
    const detail = 'Both sides are in one currency: they are settled by the same amount.';
    return refused('offset-amount-differs', at, detail);
  }
  return { value: { amount: amount.value, offsetAmount: offset.value } };
}

/** The amount asked for, else a given one; at most what is open, and more than nothing. */
function amountOr(
  asked: string | null,
  otherwise: number,
  currency: string,
  open: number,
  pointer: string,
): Checked<number> {
  const parsed = asked === null ? { minor: otherwise } : parseAmount(asked, currency);
  if ('problem' in parsed && parsed.problem === 'amount-precision') {
    return refused('amount-precision', pointer, `${currency} amounts have fewer decimals.`);
  }
  if ('problem' in parsed || parsed.minor > open || parsed.minor === 0) {
    return refused('exceeds-open', pointer, 'The transaction has less than that open.');
  }
  return { value: parsed.minor };
}

function erpSettlement({ transaction, offset, amount, offsetAmount }: SettledPair): ErpSettlement {
  const { currency } = transaction.row;
  return {
    transaction: erpTransaction(transaction, transaction.open.open),
    offset: erpTransaction(offset, offset.open.open),
    currency,
    amount: formatAmount(amount, currency),
    offsetAmount: formatAmount(offsetAmount, offset.row.currency),
  };
}
