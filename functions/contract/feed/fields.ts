// The fields rows are made of: each says in one sentence what it takes.
import * as z from 'zod';
import { isTimeZone, parseDay, parseInstant } from '../../../domain/calendar.ts';
import { decimalsOf, isCurrency } from '../../../domain/currency.ts';
import { parseAmount, splitDecimal } from '../../../domain/money.ts';
import { UNSCALED_DECIMALS_MAX } from '../../../domain/unscaled-amount.ts';
import { VERSION_DIGITS_MAX } from '../../../domain/version.ts';
import { NAME_LENGTH_MAX, NOTE_LENGTH_MAX, RECORD_LENGTH_MAX, URL_LENGTH_MAX } from './limits.ts';

/** A field that may be left out, or null. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish();
}

/** A check with a code of its own, for the receipt. */
function coded(code: string, error: string) {
  return { error, params: { code } };
}

export function boundedText(max: number) {
  return z.string().min(1).max(max);
}

/** A row's key in its source, such as a RecId. */
export const recordKey = boundedText(RECORD_LENGTH_MAX);
/** Leading zeros do not count as digits. */
export const VERSION_TEXT = new RegExp(`^0*\\d{1,${VERSION_DIGITS_MAX}}$`);

export const version = z
  .string()
  .max(RECORD_LENGTH_MAX)
  .refine(
    (text) => VERSION_TEXT.test(text),
    coded('version-invalid', `A version is a string of 1 to ${VERSION_DIGITS_MAX} decimal digits.`),
  );

export const name = boundedText(NAME_LENGTH_MAX);
export const note = z.string().max(NOTE_LENGTH_MAX);
export const url = boundedText(URL_LENGTH_MAX);

export const date = z
  .string()
  .refine(
    (text) => parseDay(text) !== null,
    coded('date-invalid', 'A date is YYYY-MM-DD and in the calendar, from 1900 to 2999.'),
  );

export const instant = z
  .string()
  .refine(
    (text) => parseInstant(text) !== null,
    coded('timestamp-invalid', 'A timestamp is RFC 3339 with an offset: 2026-04-30T10:00:00Z.'),
  );

export const currency = z
  .string()
  .refine(isCurrency, coded('currency-unknown', 'A currency is an ISO 4217 code in capitals.'));

/** Units of account such as CLF have four decimals, and nobody keeps books in them. */
export const accountingCurrency = currency.refine(
  (code) => !isCurrency(code) || decimalsOf(code) < 4,
  coded('currency-unsupported', 'Books are kept in a currency with at most three decimals.'),
);

export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, coded('time-zone-unknown', 'A time zone is an IANA name: Europe/Berlin.'));

const AMOUNT_FORMAT =
  'An amount is a decimal string like "-120.50", at most 12 digits before the point; ' +
  'a digit less for each decimal beyond two.';

/** An amount of the row's `currency`; its decimals are checked with {@link checkAmounts}. */
export const amount = z.string();

/** An amount in a currency the row does not name: the company's, or the offset's. */
export const unscaledAmount = z
  .string()
  .refine((text) => splitDecimal(text) !== null, coded('amount-format', AMOUNT_FORMAT))
  .refine(
    (text) => (splitDecimal(text)?.fraction.length ?? 0) <= UNSCALED_DECIMALS_MAX,
    coded('amount-precision', `No currency has more than ${UNSCALED_DECIMALS_MAX} decimals.`),
  );

/** Checks the amounts of a row, which stands at a path, against the decimals of its currency (SPEC §3.1). */
export function checkAmounts(
  row: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  context: z.core.$RefinementCtx,
  at: readonly PropertyKey[] = [],
): void {
  const { currency: code } = row;
  if (typeof code !== 'string' || !isCurrency(code)) return;
  for (const field of fields) {
    const value = row[field];
    if (typeof value !== 'string') continue;
    const parsed = parseAmount(value, code);
    if (!('problem' in parsed)) continue;
    const message =
      parsed.problem === 'amount-format'
        ? AMOUNT_FORMAT
        : `${code} amounts have fewer decimals than "${value.slice(0, 40)}".`;
    context.addIssue({
      code: 'custom',
      message,
      path: [...at, field],
      params: { code: parsed.problem },
    });
  }
}
