// Aged balances of a customer (SPEC §3.3): buckets, unapplied credits, balance and overdue, per
// currency and in accounting currency. Aging is a question: nothing of this is stored.
import { type AgingDefinition, bucketOf, oldestFirst } from './aging-definition.ts';
import type { Day } from './calendar.ts';
import type { Cell } from './cell.ts';
import { decimalsOf } from './currency.ts';
import type { Histogram } from './histogram.ts';
import { addExact } from './money.ts';
import { readSeries, type Series } from './series.ts';
import { atDecimals } from './unscaled-amount.ts';

/** Where credits go (SPEC §3.3). */
export const CREDIT_POLICIES = ['separate', 'ownDate', 'oldestFirst'] as const;
export type CreditPolicy = (typeof CREDIT_POLICIES)[number];

/** Amounts in minor units of `currency`; Σ buckets + unapplied = balance, always. */
export type AgedBalances = {
  readonly currency: string;
  readonly buckets: readonly { readonly amount: number; readonly count: number }[];
  readonly unapplied: number;
  readonly balance: number;
  /** Open debits due before the as-of date, whatever the credit policy. */
  readonly overdue: number;
  /** Earliest due date among open debits. */
  readonly oldestDueOn: Day | null;
};

export type Aging = {
  readonly accounting: AgedBalances;
  /** One per transaction currency with anything open, by code. */
  readonly currencies: readonly AgedBalances[];
  /** Open transactions that have no accounting amount and count in their own currency only. */
  readonly missingAccountingAmounts: number;
};

export type AgingQuestion = {
  readonly asOf: Day;
  readonly definition: AgingDefinition;
  readonly credits: CreditPolicy;
  readonly accountingCurrency: string;
};

/**
 * Ages open amounts. `byBasis` holds them by the day the definition ages from, `byDueDate` by due
 * date (for overdue); they are the same where the definition ages by due date.
 */
export function ageBalances(
  byBasis: Histogram,
  byDueDate: Histogram,
  question: AgingQuestion,
): Aging {
  const { accountingCurrency } = question;
  const ledgers = new Map<string, { own: Ledger; accounting: Ledger }>();
  const ledgersOf = (currency: string) => {
    const known = ledgers.get(currency);
    if (known !== undefined) return known;
    const size = question.definition.buckets.length;
    const made = { own: new Ledger(size), accounting: new Ledger(size) };
    ledgers.set(currency, made);
    return made;
  };
  const missing = addBuckets(byBasis, question, ledgersOf);
  addOverdue(byDueDate, question, ledgersOf);
  const total = new Ledger(question.definition.buckets.length);
  for (const { own, accounting } of ledgers.values()) {
    if (question.credits === 'oldestFirst') {
      own.applyCredits(question.definition);
      accounting.applyCredits(question.definition);
    }
    total.add(accounting);
  }
  return {
    accounting: total.balances(accountingCurrency),
    currencies: [...ledgers]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, { own }]) => own.balances(currency)),
    missingAccountingAmounts: missing,
  };
}

/** Aged balances of nothing: for a currency in which nothing is open. */
export function noBalances(currency: string, definition: AgingDefinition): AgedBalances {
  return new Ledger(definition.buckets.length).balances(currency);
}

type LedgersOf = (currency: string) => { own: Ledger; accounting: Ledger };

function addBuckets(byBasis: Histogram, question: AgingQuestion, ledgersOf: LedgersOf): number {
  let missing = 0;
  for (const [key, days] of byBasis) {
    const series = readSeries(key);
    const { own, accounting } = ledgersOf(series.currency);
    const apart = series.side === 'credit' && question.credits !== 'ownDate';
    for (const [day, cell] of days) {
      const bucket = apart ? null : bucketOf(question.definition, question.asOf - day);
      own.post(bucket, cell.amount, cell.count);
      const amount = accountingAmount(cell, series, question.accountingCurrency);
      if (amount === null) missing += cell.count;
      else accounting.post(bucket, amount, cell.count);
    }
  }
  return missing;
}

function addOverdue(byDueDate: Histogram, question: AgingQuestion, ledgersOf: LedgersOf): void {
  for (const [key, days] of byDueDate) {
    const series = readSeries(key);
    if (series.side === 'credit') continue;
    const { own, accounting } = ledgersOf(series.currency);
    for (const [day, cell] of days) {
      own.postDue(day, cell.amount, question.asOf);
      const amount = accountingAmount(cell, series, question.accountingCurrency);
      if (amount !== null) accounting.postDue(day, amount, question.asOf);
    }
  }
}

/** A sum in accounting currency; null where that was not given and cannot be known (SPEC §3.1). */
export function accountingAmount(
  cell: Cell,
  { currency, accounting }: Series,
  accountingCurrency: string,
): number | null {
  if (accounting === 'given') return atDecimals(cell.accounting, decimalsOf(accountingCurrency));
  return currency === accountingCurrency ? cell.amount : null;
}

/** Aged balances of one currency while they are being added up. */
class Ledger {
  readonly #amounts: number[];
  readonly #counts: number[];
  #unapplied = 0;
  #overdue = 0;
  #oldestDueOn: Day | null = null;

  constructor(buckets: number) {
    this.#amounts = Array.from({ length: buckets }, () => 0);
    this.#counts = Array.from({ length: buckets }, () => 0);
  }

  /** Adds open amounts to a bucket, or to the unapplied credits. */
  post(bucket: number | null, amount: number, count: number): void {
    if (bucket === null) {
      this.#unapplied = addExact(this.#unapplied, amount);
      return;
    }
    this.#amounts[bucket] = addExact(this.#amounts[bucket] ?? 0, amount);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
  }

  postDue(dueOn: Day, amount: number, asOf: Day): void {
    if (dueOn < asOf) this.#overdue = addExact(this.#overdue, amount);
    if (this.#oldestDueOn === null || dueOn < this.#oldestDueOn) this.#oldestDueOn = dueOn;
  }

  /** Lets unapplied credits reduce the oldest non-zero bucket, then newer ones (SPEC §3.3). */
  applyCredits(definition: AgingDefinition): void {
    for (const bucket of oldestFirst(definition)) {
      const amount = this.#amounts[bucket] ?? 0;
      if (amount <= 0) continue;
      const applied = Math.min(amount, 0 - this.#unapplied);
      if (applied <= 0) return;
      this.#amounts[bucket] = amount - applied;
      this.#unapplied += applied;
    }
  }

  add(other: Ledger): void {
    for (const [bucket, amount] of other.#amounts.entries()) {
      this.post(bucket, amount, other.#counts[bucket] ?? 0);
    }
    this.#unapplied = addExact(this.#unapplied, other.#unapplied);
    this.#overdue = addExact(this.#overdue, other.#overdue);
    const due = other.#oldestDueOn;
    if (due !== null && (this.#oldestDueOn === null || due < this.#oldestDueOn)) {
      this.#oldestDueOn = due;
    }
  }

  balances(currency: string): AgedBalances {
    return {
      currency,
      buckets: this.#amounts.map((amount, bucket) => ({
        amount,
        count: this.#counts[bucket] ?? 0,
      })),
      unapplied: this.#unapplied,
      balance: this.#amounts.reduce(addExact, this.#unapplied),
      overdue: this.#overdue,
      oldestDueOn: this.#oldestDueOn,
    };
  }
}
