// Aged balances of open transactions (SPEC §3.3), one transaction at a time: an oracle. It must
// never import what it judges.
import {
  type OpenTransaction,
  type Question,
  sidesOf,
  textIn,
  transactionsAsOf,
} from './open-as-of.ts';
import type { CurrentRow } from './newest-rows.ts';

export type AgingQuestion = Question & {
  /** The date ages are counted to: the as-of date, or today. */
  readonly agedOn: string;
  readonly agedBy: 'dueDate' | 'transactionDate' | 'documentDate';
  readonly credits: 'separate' | 'ownDate' | 'oldestFirst';
  /** The last age of each bucket but the last, ascending. */
  readonly ends: readonly number[];
};

/** Amounts in minor units, dates as text; buckets from the youngest to the oldest. */
export type AgedSum = {
  readonly buckets: readonly bigint[];
  readonly counts: readonly number[];
  readonly unapplied: bigint;
  readonly balance: bigint;
  readonly overdue: bigint;
  readonly oldestDueDate: string | null;
};

export type AgedAnswer = {
  readonly currencies: Readonly<Record<string, AgedSum>>;
  readonly accounting: AgedSum;
  readonly isAccountingCertain: boolean;
  readonly missingAccountingAmounts: number;
  readonly overSettled: number;
  readonly unmatchedSettlements: number;
};

const DAY_MILLISECONDS = 86_400_000;

function bucketOf(date: string, { agedOn, ends }: AgingQuestion): number {
  const age = (Date.parse(agedOn) - Date.parse(date)) / DAY_MILLISECONDS;
  const place = ends.findIndex((end) => age <= end);
  return place < 0 ? ends.length : place;
}

/** The answer to a question about these rows; `asOf` are their transactions, if worked out before. */
export function agedBalances(
  rows: readonly CurrentRow[],
  question: AgingQuestion,
  asOf: readonly OpenTransaction[] = transactionsAsOf(rows, question),
): AgedAnswer {
  const open = asOf.filter((one) => one.open !== 0n);
  const byCurrency = Map.groupBy(open, ({ currency }) => currency);
  const sums = [...byCurrency].map(([currency, some]) => ({
    currency,
    own: aged(some, (part) => part.open, question),
    accounting: aged(
      some.filter(({ accounting }) => accounting !== null),
      (part) => part.accounting ?? 0n,
      question,
    ),
  }));
  return {
    currencies: Object.fromEntries(sums.map(({ currency, own }) => [currency, own])),
    accounting: sums
      .map(({ accounting }) => accounting)
      .reduce(
        together,
        aged([], () => 0n, question),
      ),
    isAccountingCertain: open.every((one) => one.isAccountingCertain),
    missingAccountingAmounts: open.filter(({ accounting }) => accounting === null).length,
    overSettled: open.filter(({ overSettled }) => overSettled).length,
    unmatchedSettlements: unmatchedSides(rows),
  };
}

function aged(
  open: readonly OpenTransaction[],
  amountOf: (part: OpenTransaction['parts'][number]) => bigint,
  question: AgingQuestion,
): AgedSum {
  const buckets = [...question.ends, 0].map(() => 0n);
  const counts = [...question.ends, 0].map(() => 0);
  let [unapplied, overdue, oldest]: [bigint, bigint, string | null] = [0n, 0n, null];
  for (const one of open) {
    for (const [place, part] of one.parts.entries()) {
      const amount = amountOf(part);
      if (one.open > 0n && part.dueDate < question.agedOn) overdue += amount;
      if (one.open > 0n && (oldest === null || part.dueDate < oldest)) oldest = part.dueDate;
      if (one.open < 0n && question.credits !== 'ownDate') {
        unapplied += amount;
        continue;
      }
      const bucket = bucketOf(basisOf(one, part.dueDate, question), question);
      buckets[bucket] = (buckets[bucket] ?? 0n) + amount;
      counts[bucket] = (counts[bucket] ?? 0) + (place === 0 ? 1 : 0);
    }
  }
  const balance = buckets.reduce((sum, amount) => sum + amount, unapplied);
  if (question.credits === 'oldestFirst') unapplied = applied(buckets, unapplied);
  return { buckets, counts, unapplied, balance, overdue, oldestDueDate: oldest };
}

/** Lets credits reduce the oldest bucket first; gives what is left of them. */
function applied(buckets: bigint[], credits: bigint): bigint {
  let left = credits;
  for (let place = buckets.length - 1; place >= 0 && left < 0n; place -= 1) {
    const amount = buckets[place] ?? 0n;
    if (amount <= 0n) continue;
    const taken = amount < -left ? amount : -left;
    buckets[place] = amount - taken;
    left += taken;
  }
  return left;
}

function basisOf(one: OpenTransaction, dueDate: string, { agedBy }: AgingQuestion): string {
  if (agedBy === 'dueDate') return dueDate;
  const dated = textIn(one.row, 'transactionDate') ?? '';
  return agedBy === 'transactionDate' ? dated : (textIn(one.row, 'documentDate') ?? dated);
}

function together(left: AgedSum, right: AgedSum): AgedSum {
  const oldest = [left.oldestDueDate, right.oldestDueDate].filter((date) => date !== null);
  return {
    buckets: left.buckets.map((amount, place) => amount + (right.buckets[place] ?? 0n)),
    counts: left.counts.map((count, place) => count + (right.counts[place] ?? 0)),
    unapplied: left.unapplied + right.unapplied,
    balance: left.balance + right.balance,
    overdue: left.overdue + right.overdue,
    oldestDueDate: oldest.toSorted()[0] ?? null,
  };
}

/** Sides of settlements in effect whose transaction is unknown, or in another currency. */
function unmatchedSides(rows: readonly CurrentRow[]): number {
  const currencies = new Map(
    rows
      .filter(({ entity }) => entity === 'transaction')
      .map((row) => [`${row.source} ${row.record}`, textIn(row, 'currency')]),
  );
  return rows
    .filter((row) => row.entity === 'settlement' && textIn(row, 'reversed') === null)
    .flatMap((row) => sidesOf(row).map((side) => ({ ...side, source: row.source })))
    .filter(({ source, record, currency }) => {
      const own = currencies.get(`${source} ${record}`);
      return own === undefined || (currency !== null && currency !== own);
    }).length;
}
