// Query parameters of reads, checked: what is wrong comes back as a problem that names the
// parameter and what it takes (SPEC §4).
import { CREDIT_POLICIES, type CreditPolicy } from '../../domain/aging.ts';
import { type Day, parseDay } from '../../domain/calendar.ts';
import { isCurrency } from '../../domain/currency.ts';
import { FIGURES, type FigureName } from '../../domain/figure.ts';
import { TABS, type Tab } from '../../application/ports.ts';
import type { Problem } from '../problem.ts';

/** Items of a page when none are asked for, and at most (SPEC §4). */
export const LIMIT_DEFAULT = 50;
export const LIMIT_MAX = 500;

/** A parameter with one of some values, as it is read and as it is described. */
export type Choice<T extends string> = {
  readonly name: string;
  readonly allowed: readonly T[];
  readonly otherwise: T;
};

export const CREDITS: Choice<CreditPolicy> = {
  name: 'credits',
  allowed: CREDIT_POLICIES,
  otherwise: 'separate',
};
export const TAB: Choice<Tab> = { name: 'tab', allowed: TABS, otherwise: 'open' };
export const TRANSACTION_SORT: Choice<'dueDate' | '-dueDate'> = {
  name: 'sort',
  allowed: ['dueDate', '-dueDate'],
  otherwise: 'dueDate',
};
export const ACTIVITY_STATUS: Choice<'open' | 'closed' | 'all'> = {
  name: 'status',
  allowed: ['open', 'closed', 'all'],
  otherwise: 'open',
};

export const INCLUDE_FUTURE: Choice<'true' | 'false'> = {
  name: 'includeFuture',
  allowed: ['true', 'false'],
  otherwise: 'false',
};

/** A value, or the problem with it. */
export type Read<T> = { readonly value: T } | { readonly problem: Problem };

/** The problem of a parameter. */
export function invalid(parameter: string, detail: string, allowed: readonly string[] = []) {
  return { problem: { kind: 'invalid-parameter', parameter, detail, allowed } } as const;
}

/** `asOf=YYYY-MM-DD`; null asks for the live figures. */
export function readAsOf(query: URLSearchParams): Read<Day | null> {
  return readDay(query, 'asOf');
}

/** A date such as `from=YYYY-MM-DD`; null when it is left out. */
export function readDay(query: URLSearchParams, parameter: string): Read<Day | null> {
  const text = query.get(parameter);
  if (text === null) return { value: null };
  const day = parseDay(text);
  return day === null
    ? invalid(parameter, `${parameter} is a date in the calendar.`, ['YYYY-MM-DD'])
    : { value: day };
}

/** `credits=`, see {@link CREDIT_POLICIES}. */
export function readCredits(query: URLSearchParams): Read<CreditPolicy> {
  return readChoice(query, CREDITS);
}

/** `currency=`, an ISO 4217 code; null lists every currency. */
export function readCurrency(query: URLSearchParams): Read<string | null> {
  const text = query.get('currency');
  if (text === null || isCurrency(text)) return { value: text };
  return invalid('currency', 'currency is an ISO 4217 code in capitals.', ['ISO 4217 code']);
}

/** `tab=`, see {@link TABS}. */
export function readTab(query: URLSearchParams): Read<Tab> {
  return readChoice(query, TAB);
}

/** `figure=`, which has to be given; see {@link FIGURES}. */
export function readFigure(query: URLSearchParams): Read<FigureName> {
  const figure = FIGURES.find((one) => one === query.get('figure'));
  return figure === undefined
    ? invalid('figure', 'figure is one of the allowed values.', FIGURES)
    : { value: figure };
}

/** `bucket=`, the label or the index of a bucket: null for a figure that is none. */
export function readBucket(query: URLSearchParams, figure: FigureName): Read<string | null> {
  const bucket = query.get('bucket');
  return bucket === null || figure === 'bucket'
    ? { value: bucket }
    : invalid('bucket', 'bucket goes with figure=bucket alone.', ['figure=bucket']);
}

/** `sort=dueDate` or `-dueDate`: whether the latest come first. */
export function readSort(query: URLSearchParams): Read<boolean> {
  const sort = readChoice(query, TRANSACTION_SORT);
  return 'problem' in sort ? sort : { value: sort.value === '-dueDate' };
}

/** `limit=1` to {@link LIMIT_MAX}, or to less where items may be large; or where there are no more. */
export function readLimit(
  query: URLSearchParams,
  most = LIMIT_MAX,
  otherwise = LIMIT_DEFAULT,
): Read<number> {
  const text = query.get('limit');
  if (text === null) return { value: otherwise };
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= most
    ? { value: limit }
    : invalid('limit', 'limit is a whole number.', [`1 to ${most}`]);
}

/** The value of a choice. */
export function readChoice<T extends string>(query: URLSearchParams, choice: Choice<T>): Read<T> {
  return readOneOf(query, choice.name, choice.allowed, choice.otherwise);
}

/** A parameter with one of some values. */
export function readOneOf<T extends string>(
  query: URLSearchParams,
  parameter: string,
  allowed: readonly T[],
  otherwise: T,
): Read<T> {
  const text = query.get(parameter);
  if (text === null) return { value: otherwise };
  const value = allowed.find((one) => one === text);
  return value === undefined
    ? invalid(parameter, `${parameter} is one of the allowed values.`, allowed)
    : { value };
}

/** Several of some values, `types=a,b` or `types=a&types=b`; all when it is left out. */
export function readSeveral<T extends string>(
  query: URLSearchParams,
  parameter: string,
  allowed: readonly T[],
): Read<readonly T[]> {
  const asked = query.getAll(parameter).flatMap((text) => text.split(','));
  if (asked.length === 0) return { value: allowed };
  return asked.every((one) => allowed.some((value) => value === one))
    ? { value: allowed.filter((value) => asked.includes(value)) }
    : invalid(parameter, `${parameter} is one or several of the allowed values.`, allowed);
}
