// A sum of open amounts of one currency, in that currency and in accounting currency.
import { addExact } from './money.ts';
import {
  addUnscaled,
  decodeUnscaled,
  encodeUnscaled,
  isZeroUnscaled,
  negateUnscaled,
  type UnscaledAmount,
  ZERO_UNSCALED,
} from './unscaled-amount.ts';

/** How many transactions, their open amount in minor units, and the same in accounting currency. */
export type Cell = {
  readonly count: number;
  readonly amount: number;
  readonly accounting: UnscaledAmount;
};

export const EMPTY_CELL: Cell = { count: 0, amount: 0, accounting: ZERO_UNSCALED };

export function addCells(left: Cell, right: Cell): Cell {
  return {
    count: left.count + right.count,
    amount: addExact(left.amount, right.amount),
    accounting: addUnscaled(left.accounting, right.accounting),
  };
}

export function negateCell(cell: Cell): Cell {
  return {
    count: 0 - cell.count,
    amount: 0 - cell.amount,
    accounting: negateUnscaled(cell.accounting),
  };
}

export function isEmptyCell(cell: Cell): boolean {
  return cell.count === 0 && cell.amount === 0 && isZeroUnscaled(cell.accounting);
}

/** `[count, amount, …accounting]`, trailing zeros of the accounting amount left out. */
export function encodeCell(cell: Cell): number[] {
  return [cell.count, cell.amount, ...encodeUnscaled(cell.accounting)];
}

/** The inverse of {@link encodeCell}, for a cell that begins at `start`. */
export function decodeCell(stored: readonly number[], start = 0): Cell {
  return {
    count: stored[start] ?? 0,
    amount: stored[start + 1] ?? 0,
    accounting: decodeUnscaled(stored, start + 2),
  };
}
