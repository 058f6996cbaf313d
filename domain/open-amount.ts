// What a transaction still contributes to the balance, and how that splits by due date
// (SPEC §3.2). Pure: from its row and the sums of what settles it.
import type { Day } from './calendar.ts';
import type { InstallmentSums } from './installment.ts';
import { addExact } from './money.ts';
import { type Settled, settledIn } from './settlement.ts';
import type { TransactionState } from './transaction.ts';
import { dueDay, type TransactionRow } from './transaction-row.ts';
import {
  proRata,
  splitUnscaled,
  subtractUnscaled,
  negateUnscaled,
  type UnscaledAmount,
  ZERO_UNSCALED,
} from './unscaled-amount.ts';

/**
 * How much of a transaction is settled, signed like its amount. `priced` is the part whose
 * accounting amount is known, `accounting` that accounting amount.
 */
export type SettledState = {
  readonly amount: number;
  readonly priced: number;
  readonly accounting: UnscaledAmount;
};

/** An open part with its own due date; amounts in minor units, `accounting` null when missing. */
export type OpenPart = {
  readonly dueOn: Day;
  readonly open: number;
  readonly accounting: UnscaledAmount | null;
};

/** What is open of a transaction. `parts` is empty when nothing is. */
export type OpenAmount = {
  readonly open: number;
  readonly accounting: UnscaledAmount | null;
  readonly parts: readonly OpenPart[];
  /** Settled beyond zero: the surplus stays, with its sign, on the transaction. */
  readonly overSettled: boolean;
};

/** What the settlements known settle, signed like the transaction's amount: towards zero. */
export function signedSettled(row: TransactionRow, settled: Settled): SettledState {
  if (row.amount >= 0) return settled;
  return {
    amount: 0 - settled.amount,
    priced: 0 - settled.priced,
    accounting: negateUnscaled(settled.accounting),
  };
}

/** What is settled now: what the row says, else the settlements known (SPEC §3.2, live). */
export function liveSettled(row: TransactionRow, known: SettledState): SettledState {
  if (row.settled === null) return known;
  // The settlements may still tell what was settled in accounting currency.
  if (row.settledAccounting === null) return { ...known, amount: row.settled };
  return { amount: row.settled, priced: row.settled, accounting: row.settledAccounting };
}

/** What the row says is settled beyond the settlements known, signed like its amount. */
export function settledBeyondKnown(row: TransactionRow, known: SettledState): number {
  return row.settled === null ? 0 : addExact(row.settled, -known.amount);
}

/** What is open when this much is settled. */
export function openAmount(
  row: TransactionRow,
  settled: SettledState,
  installments: InstallmentSums,
): OpenAmount {
  const open = addExact(row.amount, -settled.amount);
  const accounting = openAccounting(row, settled, open);
  return {
    open,
    accounting,
    parts: open === 0 ? [] : partsOf(row, open, accounting, installments),
    overSettled: open !== 0 && open < 0 !== row.amount < 0,
  };
}

/** What is open of a transaction now. */
export function liveOpen(state: TransactionState, row: TransactionRow): OpenAmount {
  const known = signedSettled(row, settledIn(state.settled, row.currency));
  return openAmount(row, liveSettled(row, known), state.installments);
}

/**
 * The open accounting amount, null where there is none: a settled amount that was not given is pro rata, half to even, and
 * what closes the transaction takes the rest (SPEC §3.1).
 */
function openAccounting(
  row: TransactionRow,
  settled: SettledState,
  open: number,
): UnscaledAmount | null {
  if (row.amountAccounting === null) return null;
  if (open === 0) return ZERO_UNSCALED;
  const unpriced = settled.amount - settled.priced;
  const share = proRata(row.amountAccounting, unpriced, row.amount);
  if (share === null) return null;
  return subtractUnscaled(subtractUnscaled(row.amountAccounting, settled.accounting), share);
}

function partsOf(
  row: TransactionRow,
  open: number,
  accounting: UnscaledAmount | null,
  installments: InstallmentSums,
): OpenPart[] {
  const shares = erpParts(row, open, installments) ?? termParts(row, open);
  const accountingShares =
    accounting === null
      ? null
      : splitUnscaled(
          accounting,
          shares.map(([, share]) => share),
        );
  return shares.map(([dueOn, share], index) => ({
    dueOn,
    open: share,
    accounting: accountingShares?.[index] ?? null,
  }));
}

type Share = readonly [dueOn: Day, open: number];

/** The ERP's own open parts, if they add up to the open amount. */
function erpParts(
  row: TransactionRow,
  open: number,
  installments: InstallmentSums,
): Share[] | null {
  const sums = installments[row.currency] ?? [];
  const parts = sums.flatMap(([day, , part]): Share[] => (part === 0 ? [] : [[day, part]]));
  const total = parts.reduce((sum, [, part]) => addExact(sum, part), 0);
  const oneSign = parts.every(([, part]) => part < 0 === open < 0);
  return parts.length > 0 && total === open && oneSign ? parts : null;
}

/**
 * The original installments, settled earliest first; a transaction without any is one part. What
 * is settled beyond the last stays with the last, what is un-settled beyond the first with it.
 */
function termParts(row: TransactionRow, open: number): Share[] {
  const terms = row.installments;
  const last = terms.at(-1);
  if (last === undefined) return [[dueDay(row), open]];
  if (open < 0 !== row.amount < 0) return [[last.dueOn, open]];
  const parts: Share[] = [];
  let rest = open;
  for (const term of terms.toReversed()) {
    const earliest = term === terms[0];
    const share = earliest || Math.abs(rest) <= Math.abs(term.amount) ? rest : term.amount;
    if (share !== 0) parts.push([term.dueOn, share]);
    rest -= share;
    if (rest === 0) break;
  }
  return mergeDueDates(parts.toReversed());
}

function mergeDueDates(parts: readonly Share[]): Share[] {
  const byDueDate = new Map<Day, number>();
  for (const [dueOn, share] of parts) byDueDate.set(dueOn, (byDueDate.get(dueOn) ?? 0) + share);
  return [...byDueDate];
}
