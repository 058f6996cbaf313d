// How a customer pays (SPEC §3.8), worked out from all rows with dates as text and the platform's
// calendar: an oracle. It must never import what it judges.
import { agedBalances } from './aged-balances.ts';
import { scaled } from './decimal.ts';
import type { CurrentRow } from './newest-rows.ts';
import { decimalsIn, sidesOf, textIn, transactionsAsOf } from './open-as-of.ts';
import { promiseOn } from './promises.ts';

export type Question = {
  /** `YYYY-MM-DD`, in UTC. */
  readonly today: string;
  readonly accountingCurrency: string;
};

type Sum = { readonly count: number; readonly amount: bigint };

export type Expected = {
  readonly from: string;
  readonly days: number;
  readonly payments: Sum;
  readonly paidOff: {
    readonly count: number;
    readonly averageDaysToPay: string | null;
    readonly averageDaysLate: string | null;
    readonly paidLate: number;
    readonly paidLatePercent: string | null;
  };
  readonly yearToDateRevenue: bigint;
  readonly recentInvoices: readonly (Sum & { readonly month: string })[];
  readonly lastPayment: { readonly date: string; readonly amount: bigint | null } | null;
  readonly openInvoices: number;
  readonly promises: { readonly kept: number; readonly broken: number };
  readonly missingAccountingAmounts: number;
  /** What may differ where the specification leaves open what accounting amount is open. */
  readonly balance: {
    readonly isCertain: boolean;
    readonly outstanding: bigint;
    readonly overdue: bigint;
    readonly notDue: bigint;
    readonly daysSalesOutstanding: string | null;
  };
};

const DAY_MILLISECONDS = 86_400_000;

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MILLISECONDS;
}

/** The first day of a month, some months before or after that of a date. */
function monthStart(date: string, months: number): string {
  const [year = '', month = ''] = date.split('-');
  return new Date(Date.UTC(Number(year), Number(month) - 1 + months, 1)).toISOString().slice(0, 10);
}

/** One decimal, a half towards the greater: the whole steps of half a tenth below, in integers. */
function oneDecimal(numerator: bigint, denominator: bigint): string {
  const doubled = 20n * numerator + denominator;
  const step = 2n * denominator;
  const rest = ((doubled % step) + step) % step;
  const tenths = (doubled - rest) / step;
  const digits = String(tenths < 0n ? -tenths : tenths).padStart(2, '0');
  return `${tenths < 0n ? '-' : ''}${digits.slice(0, -1)}.${digits.slice(-1)}`;
}

function sum(values: readonly (bigint | null)[]): bigint {
  return values.reduce((total: bigint, value) => total + (value ?? 0n), 0n);
}

/** A posted line in accounting currency; null where that is not known. */
function accountingOf(row: CurrentRow, accountingCurrency: string): bigint | null {
  const decimals = decimalsIn(accountingCurrency);
  const told = textIn(row, 'amountAccounting');
  if (told !== null) return scaled(told, decimals);
  const isOwn = textIn(row, 'currency') === accountingCurrency;
  return isOwn ? scaled(textIn(row, 'amount') ?? '', decimals) : null;
}

function isNegative(row: CurrentRow): boolean {
  return (textIn(row, 'amount') ?? '').startsWith('-');
}

function dateOf(row: CurrentRow): string {
  return textIn(row, 'transactionDate') ?? '';
}

/** What a customer's metrics are today. */
export function expectedMetrics(rows: readonly CurrentRow[], question: Question): Expected {
  const { today, accountingCurrency } = question;
  const from = monthStart(today, -12);
  const counted = rows.filter(
    (row) => row.entity === 'transaction' && row.fields['canceled'] !== true,
  );
  const ofType = (...types: readonly string[]) =>
    counted.filter((row) => types.includes(textIn(row, 'type') ?? ''));
  const within = (some: readonly CurrentRow[], first: string) =>
    some.filter((row) => dateOf(row) >= first && dateOf(row) <= today);
  const amounts = (some: readonly CurrentRow[]) =>
    some.map((row) => accountingOf(row, accountingCurrency));
  const payments = within(ofType('payment'), from);
  const isReversal = (row: CurrentRow) => !isNegative(row) && Number(textIn(row, 'amount')) !== 0;
  const posted = within(ofType('invoice', 'creditNote', 'payment'), from);
  const sales = sum(amounts(within(ofType('invoice', 'creditNote'), from)));
  const days = daysBetween(from, today) + 1;
  return {
    from,
    days,
    payments: {
      count: payments.reduce((count, row) => count + (isReversal(row) ? -1 : 1), 0),
      amount: -sum(amounts(payments)),
    },
    paidOff: paidOff(rows, ofType('invoice'), from, question),
    yearToDateRevenue: sum(
      amounts(within(ofType('invoice', 'creditNote'), `${today.slice(0, 4)}-01-01`)),
    ),
    recentInvoices: [-5, -4, -3, -2, -1, 0].map((months) => {
      const month = monthStart(today, months).slice(0, 7);
      const invoices = within(ofType('invoice'), from).filter((row) =>
        dateOf(row).startsWith(month),
      );
      return { month, count: invoices.length, amount: sum(amounts(invoices)) };
    }),
    lastPayment: lastPayment(ofType('payment').filter(isNegative), question),
    openInvoices: openInvoices(rows, question),
    promises: promises(rows, counted, from, today),
    missingAccountingAmounts: amounts(posted).filter((amount) => amount === null).length,
    balance: balances(rows, question, sales, days),
  };
}

/** Rows of transactions on which nothing is open today, or something is. */
function liveRows(rows: readonly CurrentRow[], accountingCurrency: string, isOpen: boolean) {
  const live = transactionsAsOf(rows, { asOf: null, accountingCurrency });
  return new Set(live.filter(({ open }) => (open !== 0n) === isOpen).map(({ row }) => row));
}

function openInvoices(rows: readonly CurrentRow[], { accountingCurrency }: Question): number {
  const open = [...liveRows(rows, accountingCurrency, true)];
  return open.filter((row) => textIn(row, 'type') === 'invoice' && row.fields['canceled'] !== true)
    .length;
}

function paidOff(
  rows: readonly CurrentRow[],
  invoices: readonly CurrentRow[],
  from: string,
  { today, accountingCurrency }: Question,
): Expected['paidOff'] {
  const closed = liveRows(rows, accountingCurrency, false);
  const found = invoices
    .filter((row) => closed.has(row) && Number(textIn(row, 'amount')) !== 0)
    .map((row) => ({ row, on: lastSettlement(rows, row) ?? textIn(row, 'closedDate') }))
    .flatMap(({ row, on }) => (on !== null && on >= from && on <= today ? [{ row, on }] : []));
  const total = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const late = found.map(({ row, on }) => daysBetween(dueDateOf(row), on));
  const paidLate = late.filter((overdue) => overdue > 0).length;
  const mean = (value: number) =>
    found.length === 0 ? null : oneDecimal(BigInt(value), BigInt(found.length));
  return {
    count: found.length,
    averageDaysToPay: mean(total(found.map(({ row, on }) => daysBetween(dateOf(row), on)))),
    averageDaysLate: mean(total(late)),
    paidLate,
    paidLatePercent: mean(paidLate * 100),
  };
}

/** The date of the last settlement in effect that names a transaction. */
function lastSettlement(
  rows: readonly CurrentRow[],
  { source, record }: CurrentRow,
): string | null {
  const dates = rows
    .filter((row) => row.entity === 'settlement' && row.source === source)
    .filter((row) => textIn(row, 'reversed') === null)
    .filter((row) => sidesOf(row).some((side) => side.record === record))
    .map((row) => textIn(row, 'date') ?? '');
  return dates.toSorted().at(-1) ?? null;
}

function dueDateOf(row: CurrentRow): string {
  const terms: unknown = row.fields['installments'];
  const dates = Array.isArray(terms)
    ? terms.map((term: Readonly<Record<string, unknown>>) => String(term['dueDate'])).toSorted()
    : [];
  return textIn(row, 'dueDate') ?? dates[0] ?? textIn(row, 'documentDate') ?? dateOf(row);
}

function lastPayment(
  payments: readonly CurrentRow[],
  { today, accountingCurrency }: Question,
): Expected['lastPayment'] {
  const weight = (row: CurrentRow) => [dateOf(row), row.source, row.record].join(' ');
  const last = payments
    .filter((row) => dateOf(row) <= today)
    .toSorted((a, b) => (weight(a) < weight(b) ? -1 : 1))
    .at(-1);
  if (last === undefined) return null;
  const amount = accountingOf(last, accountingCurrency);
  return { date: dateOf(last), amount: amount === null ? null : -amount };
}

function promises(
  rows: readonly CurrentRow[],
  transactions: readonly CurrentRow[],
  from: string,
  today: string,
): Expected['promises'] {
  const judged = transactions.flatMap((row) => promiseOn(rows, row, today) ?? []);
  const isIn = (date: string | null) => date !== null && date >= from && date <= today;
  return {
    kept: judged.filter(({ keptOn }) => isIn(keptOn)).length,
    broken: judged.filter(({ verdict, followUp }) => verdict === 'broken' && isIn(followUp)).length,
  };
}

function balances(
  rows: readonly CurrentRow[],
  { today, accountingCurrency }: Question,
  sales: bigint,
  days: number,
): Expected['balance'] {
  const { accounting, isAccountingCertain } = agedBalances(rows, {
    asOf: null,
    agedOn: today,
    agedBy: 'dueDate',
    accountingCurrency,
    credits: 'separate',
    ends: [0],
  });
  const { balance, overdue, unapplied } = accounting;
  return {
    isCertain: isAccountingCertain,
    outstanding: balance,
    overdue,
    notDue: balance - unapplied - overdue,
    daysSalesOutstanding: sales > 0n ? oneDecimal(balance * BigInt(days), sales) : null,
  };
}
