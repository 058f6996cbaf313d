// The answers of the company-wide lists (SPEC §4): highest balances, aged balances, customers found.
import type { ListPage } from '../../../application/list-page.ts';
import type { CompanyView } from '../../../application/open-company.ts';
import { type Day, formatDay } from '../../../domain/calendar.ts';
import { bucketOfRank, type ListRow, NEVER_DUE } from '../../../domain/list-row.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { AnswerOf } from './answer-of.ts';
import { companyFreshness } from './freshness.ts';
import type {
  agedBalance,
  agedBalances,
  customerFound,
  customersFound,
  highestBalance,
  highestBalances,
} from './lists-schema.ts';

/** A text that was told; null for one that was not. */
function told(text: string): string | null {
  return text === '' ? null : text;
}

function amountOrNull(minor: number | null, currency: string): string | null {
  return minor === null ? null : formatAmount(minor, currency);
}

/** The customers with the highest balances. */
export function highestBalancesAnswer(
  view: CompanyView,
  rows: readonly ListRow[],
): AnswerOf<typeof highestBalances> {
  return { ...companyFreshness(view), items: rows.map(highestItem), cursor: null };
}

/** One of the highest balances. */
export function highestItem(row: ListRow): AnswerOf<typeof highestBalance> {
  const { currency } = row;
  return {
    customer: row.customer,
    name: told(row.name),
    balance: formatAmount(row.balance, currency),
    overdue: formatAmount(row.overdue, currency),
    creditLimit: amountOrNull(row.creditLimit, currency),
    creditAvailable: amountOrNull(row.creditAvailable, currency),
    creditLimitUnlimited: row.creditLimitUnlimited,
    riskScore: row.riskScore,
    currency,
  };
}

/** A page of the customers with overdue debt; `labels` are those of `buckets`, in their order. */
export function agedBalancesAnswer(
  view: CompanyView,
  page: ListPage,
  cursor: string | null,
): AnswerOf<typeof agedBalances> {
  const { definition, rows } = page;
  return {
    ...companyFreshness(view),
    agedOn: formatDay(view.businessDate),
    definition: definition.id,
    agedBy: definition.agedBy,
    labels: definition.buckets.map(({ label }) => label),
    items: rows.map((row) => agedItem(row, page)),
    cursor,
  };
}

/** One of the aged balances. */
export function agedItem(
  row: ListRow,
  { definition }: Pick<ListPage, 'definition'>,
): AnswerOf<typeof agedBalance> {
  const { currency } = row;
  const oldest = bucketOfRank(definition, row.oldestRank);
  return {
    customer: row.customer,
    name: told(row.name),
    buckets: definition.buckets.map((_, index) => formatAmount(row[`b${index}`] ?? 0, currency)),
    unapplied: formatAmount(row.unapplied, currency),
    balance: formatAmount(row.balance, currency),
    oldestDueDate: dateOrNull(row.oldestDueOn),
    oldestBucket: oldest === null ? null : (definition.buckets[oldest]?.label ?? null),
    creditGroup: told(row.creditGroup),
    accountStatus: told(row.accountStatus),
    currency,
  };
}

function dateOrNull(day: Day): string | null {
  return day === NEVER_DUE ? null : formatDay(day);
}

/** Customers found by account or name. */
export function customersAnswer(
  view: CompanyView,
  rows: readonly ListRow[],
  cursor: string | null,
): AnswerOf<typeof customersFound> {
  return { ...companyFreshness(view), items: rows.map(customerItem), cursor };
}

function customerItem({
  customer,
  name,
  balance,
  currency,
  accountStatus,
}: ListRow): AnswerOf<typeof customerFound> {
  return {
    customer,
    name: told(name),
    balance: formatAmount(balance, currency),
    currency,
    accountStatus: told(accountStatus),
  };
}
