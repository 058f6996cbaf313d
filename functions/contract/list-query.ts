// Parameters of the company-wide lists, checked (SPEC §4): the pool, the columns to sort by, and the
// conditions on columns.
import type { CompanyView } from '../../application/open-company.ts';
import { parseDay } from '../../domain/calendar.ts';
import type { ListColumn, ListCondition, ListOrder, ListValue } from '../../domain/list-order.ts';
import { nameKey } from '../../domain/list-row.ts';
import { EVERY_CUSTOMER } from '../../domain/listing.ts';
import { parseAmount } from '../../domain/money.ts';
import { WORKER_LENGTH_MAX } from './feed/limits.ts';
import { invalid, type Read } from './query.ts';

/** Characters of a value to look for. */
export const VALUE_LENGTH_MAX = 256;

/** What a column holds, and so how a condition on it is written. */
export type Content = 'text' | 'name' | 'amount' | 'date' | 'number';

/** A column as the API names it. */
export type Column = {
  readonly name: string;
  readonly column: ListColumn;
  readonly content: Content;
};

const columnOf = (name: string, content: Content, column: ListColumn): Column => ({
  name,
  column,
  content,
});

const COMMON: readonly Column[] = [
  columnOf('customer', 'text', 'customer'),
  columnOf('name', 'name', 'nameKey'),
  columnOf('balance', 'amount', 'balance'),
];

/** Columns of the highest balances. */
export const HIGHEST_COLUMNS: readonly Column[] = [
  ...COMMON,
  columnOf('overdue', 'amount', 'overdue'),
  columnOf('creditLimit', 'amount', 'creditLimit'),
  columnOf('creditAvailable', 'amount', 'creditAvailable'),
  columnOf('riskScore', 'number', 'riskScore'),
];

/** Columns of the aged balances with so many buckets, besides the oldest bucket. */
export function agedColumns(buckets: number): readonly Column[] {
  return [
    ...COMMON,
    columnOf('unapplied', 'amount', 'unapplied'),
    columnOf('oldestDueDate', 'date', 'oldestDueOn'),
    columnOf('creditGroup', 'text', 'creditGroup'),
    columnOf('accountStatus', 'text', 'accountStatus'),
    ...Array.from({ length: buckets }, (_, index) =>
      columnOf(`bucket.${index}`, 'amount', `b${index}`),
    ),
  ];
}

/** Oldest bucket first, then its amount, then the account: the order of the aged balances. */
export const OLDEST_FIRST = '-oldestBucket';
export const YOUNGEST_FIRST = 'oldestBucket';

/** Texts that can only be filtered by. */
export const FILTER_COLUMNS: readonly Column[] = [
  columnOf('creditGroup', 'text', 'creditGroup'),
  columnOf('accountStatus', 'text', 'accountStatus'),
  columnOf('riskGroup', 'text', 'riskGroup'),
];

/**
 * `pool=`: the pool to list, {@link EVERY_CUSTOMER} for `*`; null where the caller has none. Left
 * out it is the caller's default, and all customers where the company has no pools.
 */
export function readPool(query: URLSearchParams, view: CompanyView): Read<string | null> {
  const text = query.get('pool');
  if (text === null) return { value: view.defaultPool ?? (view.seesAll ? EVERY_CUSTOMER : null) };
  if (text === '*' && view.seesAll) return { value: EVERY_CUSTOMER };
  if (view.pools.some(({ id }) => id === text)) return { value: text };
  const allowed = [...view.pools.map(({ id }) => id), ...(view.seesAll ? ['*'] : [])];
  return invalid('pool', 'pool is one of those you may use.', allowed);
}

/** `responsible=`: a worker; `otherwise` where none is asked for. */
export function readResponsible(
  query: URLSearchParams,
  otherwise: string | null,
): Read<string | null> {
  const text = query.get('responsible');
  if (text === null) return { value: otherwise };
  if (text.length >= 1 && text.length <= WORKER_LENGTH_MAX) return { value: text };
  const allowed = [`1 to ${WORKER_LENGTH_MAX} characters`];
  return invalid('responsible', 'responsible is the id of a worker.', allowed);
}

/** `sort=column` or `-column`; null where none is asked for. */
export function readListSort<Other extends string = never>(
  query: URLSearchParams,
  columns: readonly Column[],
  others: readonly Other[],
): Read<ListOrder | Other | null> {
  const text = query.get('sort');
  if (text === null) return { value: null };
  const other = others.find((one) => one === text);
  if (other !== undefined) return { value: other };
  const descending = text.startsWith('-');
  const found = columns.find(({ name }) => name === (descending ? text.slice(1) : text));
  if (found !== undefined) return { value: { column: found.column, descending } };
  const allowed = [...others, ...columns.flatMap(({ name }) => [name, `-${name}`])];
  return invalid('sort', 'sort is a column, with - before it for descending order.', allowed);
}

/**
 * Conditions: a text column takes `creditGroup=`, account and name the beginning of theirs, and any
 * other column `balance.from=` and `balance.to=`, both included.
 */
export function readConditions(
  query: URLSearchParams,
  columns: readonly Column[],
  currency: string,
): Read<ListCondition[]> {
  const conditions: ListCondition[] = [];
  for (const column of new Map(columns.map((one) => [one.name, one])).values()) {
    for (const [parameter, is] of parametersOf(column)) {
      const text = query.get(parameter);
      if (text === null) continue;
      const value = valueOf(column, text, currency);
      const form = FORMS[column.content];
      if (value === null) return invalid(parameter, `${parameter} is ${form}.`, [form]);
      conditions.push({ column: column.column, is, value });
    }
  }
  return { value: conditions };
}

/** How a value of each content is written. */
export const FORMS: Readonly<Record<Content, string>> = {
  text: `a text of at most ${VALUE_LENGTH_MAX} characters`,
  name: `a text of at most ${VALUE_LENGTH_MAX} characters`,
  amount: 'an amount with the decimals of the company’s currency',
  date: 'a date: YYYY-MM-DD',
  number: 'a number',
};

/** The parameters a column is filtered by, each with how it compares. */
export function parametersOf({ name, content }: Column): readonly [string, ListCondition['is']][] {
  if (name === 'customer' || content === 'name') return [[name, 'prefix']];
  if (content === 'text') return [[name, 'equal']];
  return [
    [`${name}.from`, 'from'],
    [`${name}.to`, 'to'],
  ];
}

function valueOf({ content }: Column, text: string, currency: string): ListValue | null {
  switch (content) {
    case 'text':
      return text.length <= VALUE_LENGTH_MAX ? text : null;
    case 'name':
      return text.length <= VALUE_LENGTH_MAX ? nameKey(text) : null;
    case 'amount': {
      const parsed = parseAmount(text, currency);
      return 'minor' in parsed ? parsed.minor : null;
    }
    case 'date':
      return parseDay(text);
    case 'number':
      return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : null;
  }
}
