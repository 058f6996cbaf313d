// What was open on a past day, worked out backwards from what is open now (SPEC §3.2): its cost
// follows what happened since that day, not history.
import type { Day } from './calendar.ts';
import { liveItem, type OpenItem } from './open-item.ts';
import {
  liveSettled,
  type OpenAmount,
  openAmount,
  type SettledState,
  settledBeyondKnown,
  signedSettled,
} from './open-amount.ts';
import { addExact } from './money.ts';
import { rowOf } from './record.ts';
import {
  readSettlement,
  type Settlement,
  type SettlementDocument,
  settledIn,
  withSide,
} from './settlement.ts';
import type { TransactionDocument } from './transaction.ts';
import type { TransactionRow } from './transaction-row.ts';
import { addUnscaled, proRata, subtractUnscaled, ZERO_UNSCALED } from './unscaled-amount.ts';

/** Rows that may have moved since a day: beyond these the question is refused (SPEC §3.2). */
export const AS_OF_ROWS_MAX = 20_000;

/** What is needed to know what was open on a day. */
export type AsOfEvidence = {
  /** All transactions that are open now, are dated or closed after the day, or are settled by one of `settlements`. */
  readonly transactions: readonly TransactionDocument[];
  /** Settlements dated or reversed after the day, or of a transaction dated after it. */
  readonly settlements: readonly SettlementDocument[];
};

export type AsOf = {
  readonly items: readonly OpenItem[];
  readonly overSettled: number;
  /** A row says more is settled than the settlements known do (SPEC §3.2). */
  readonly approximate: boolean;
};

/** The transactions open at the end of a day, and how well that is known. */
export function openAsOf(day: Day, evidence: AsOfEvidence): AsOf {
  const live = evidence.transactions.flatMap((document) => liveItem(document) ?? []);
  const dates = new Map(live.map(({ document, row }) => [document.id, row.transactionOn]));
  const moves = movesByTransaction(day, evidence.settlements, dates);
  const items: OpenItem[] = [];
  let [overSettled, approximate] = [0, false];
  for (const item of live) {
    if (item.row.transactionOn > day) continue;
    const known = signedSettled(item.row, settledIn(item.document.settled, item.row.currency));
    const beyond = settledBeyondKnown(item.row, known);
    const open = openOn(day, item, moves.get(item.document.id) ?? [], known, beyond);
    if (beyond !== 0) approximate = true;
    if (open.open === 0) continue;
    if (open.overSettled) overSettled += 1;
    items.push({ ...item, open });
  }
  return { items, overSettled, approximate };
}

/** A settlement whose effect on the day differs from its effect now: to undo, or to redo. */
type Move = { readonly settlement: Settlement; readonly sign: 1 | -1 };

function movesByTransaction(
  day: Day,
  settlements: readonly SettlementDocument[],
  dates: ReadonlyMap<string, Day>,
): ReadonlyMap<string, readonly Move[]> {
  const moves = new Map<string, Move[]>();
  for (const document of settlements) {
    const row = rowOf(document);
    if (row === null) continue;
    const settlement = readSettlement(row, document.source);
    const ids = settlement.sides.map(({ transaction }) => transaction.id);
    // In effect from the latest of its own date and those of both transactions.
    const from = Math.max(settlement.date, ...ids.map((id) => dates.get(id) ?? settlement.date));
    const { reversedOn } = settlement;
    const inEffect = from <= day && (reversedOn === null || day < reversedOn);
    const inEffectNow = reversedOn === null;
    if (inEffect === inEffectNow) continue;
    for (const id of new Set(ids)) {
      moves.set(id, [...(moves.get(id) ?? []), { settlement, sign: inEffect ? 1 : -1 }]);
    }
  }
  return moves;
}

function openOn(
  day: Day,
  item: OpenItem,
  moves: readonly Move[],
  known: SettledState,
  beyond: number,
): OpenAmount {
  const { row, document } = item;
  const beyondFrom = row.closedOn ?? row.transactionOn;
  const undoBeyond = beyond !== 0 && beyondFrom > day;
  if (moves.length === 0 && !undoBeyond) return item.open;
  let state = liveSettled(row, known);
  for (const move of moves) state = moved(row, document.id, state, move);
  if (undoBeyond) {
    state = plus(row, state, { amount: beyond, priced: 0, accounting: ZERO_UNSCALED }, -1);
  }
  return openAmount(row, state, document.installments);
}

function moved(row: TransactionRow, id: string, state: SettledState, move: Move): SettledState {
  let sums = {};
  for (const side of move.settlement.sides) {
    if (side.transaction.id === id) sums = withSide(sums, side, 1);
  }
  return plus(row, state, signedSettled(row, settledIn(sums, row.currency)), move.sign);
}

/**
 * A settled state with an amount more or less. Where the state is priced as a whole by the row's
 * own `settledAccounting`, an amount without an accounting amount is priced pro rata.
 */
function plus(
  row: TransactionRow,
  state: SettledState,
  change: SettledState,
  sign: 1 | -1,
): SettledState {
  const amount = addExact(state.amount, sign * change.amount);
  const unpriced = change.amount - change.priced;
  const wholePriced = row.settled !== null && row.settledAccounting !== null;
  const share =
    wholePriced && row.amountAccounting !== null
      ? (proRata(row.amountAccounting, unpriced, row.amount) ?? ZERO_UNSCALED)
      : ZERO_UNSCALED;
  const accounting = addUnscaled(change.accounting, share);
  const priced = wholePriced ? change.amount : change.priced;
  const combine = sign === 1 ? addUnscaled : subtractUnscaled;
  return {
    amount,
    priced: addExact(state.priced, sign * priced),
    accounting: combine(state.accounting, accounting),
  };
}
