// Reads fields of a row that was checked when it came in: the one place where stored JSON becomes
// typed values. A field that is absent or null is null; anything unexpected is a bug.
import { type Day, dayFrom } from './calendar.ts';
import type { JsonObject } from './json.ts';
import { amountOf } from './money.ts';
import { type UnscaledAmount, unscaledOf } from './unscaled-amount.ts';

/** A text field; null when it is not given. */
export function textOrNull(row: JsonObject, field: string): string | null {
  const value = row[field];
  return typeof value === 'string' ? value : null;
}

/** A text field that every row has. */
export function text(row: JsonObject, field: string): string {
  const value = textOrNull(row, field);
  if (value === null) throw new Error(`a stored row lacks ${field}`);
  return value;
}

/** A text field with one of some values. */
export function oneOf<T extends string>(row: JsonObject, field: string, values: readonly T[]): T {
  const found = values.find((value) => value === row[field]);
  if (found === undefined) throw new Error(`a stored row has an unknown ${field}`);
  return found;
}

/** A text field with one of some values; null when it is not given. */
export function oneOfOrNull<T extends string>(
  row: JsonObject,
  field: string,
  values: readonly T[],
): T | null {
  return textOrNull(row, field) === null ? null : oneOf(row, field, values);
}

/** A number that is no amount, such as a place in an order; null when it is not given. */
export function numberOrNull(row: JsonObject, field: string): number | null {
  const value = row[field];
  return typeof value === 'number' ? value : null;
}

export function flag(row: JsonObject, field: string): boolean {
  return row[field] === true;
}

/** A flag that means something when it is not given. */
export function flagOr(row: JsonObject, field: string, absent: boolean): boolean {
  const value = row[field];
  return typeof value === 'boolean' ? value : absent;
}

export function dayOrNull(row: JsonObject, field: string): Day | null {
  const value = textOrNull(row, field);
  return value === null ? null : dayFrom(value);
}

/** An amount in minor units of the currency; null when it is not given. */
export function amountOrNull(row: JsonObject, field: string, currency: string): number | null {
  const value = textOrNull(row, field);
  return value === null ? null : amountOf(value, currency);
}

/** An amount whose currency the row does not name; null when it is not given. */
export function unscaledOrNull(row: JsonObject, field: string): UnscaledAmount | null {
  const value = textOrNull(row, field);
  return value === null ? null : unscaledOf(value);
}

/** The objects of a list field; empty when it is not given. */
export function objects(row: JsonObject, field: string): readonly JsonObject[] {
  const value: unknown = row[field];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** An object field; one without fields when it is not given. */
export function objectOrEmpty(row: JsonObject, field: string): JsonObject {
  const value: unknown = row[field];
  return isObject(value) ? value : {};
}

/** The texts of a list field; empty when it is not given. */
export function texts(row: JsonObject, field: string): readonly string[] {
  const value: unknown = row[field];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
