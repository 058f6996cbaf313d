// Reads the columns of a row as Dynamics 365 Finance exports it (SPEC §2.3). A value that is not
// what it should be is handed on as it is: the feed's contract says what is wrong with it.
import type { JsonValue } from '../../domain/json.ts';

/** The columns of a row that have a value, by their names in lower case. */
export type RawRow = Readonly<Record<string, string>>;

/** A field of a canonical row: the column it is from, and how it is read; undefined is no value. */
export type Column = {
  readonly column: string;
  readonly read: (row: RawRow) => JsonValue | undefined;
};

/** The value of a column; empty when it has none. */
export function valueOf(row: RawRow, column: string): string {
  return row[column] ?? '';
}

/** The company of a row: D365 compares `dataareaid` without regard to case. */
export function companyOf(row: RawRow): string {
  return valueOf(row, 'dataareaid').toLowerCase();
}

/** A reference to a record by RecId, kept as text since it exceeds 2^53; zero is none. */
export function recordIdOf(row: RawRow, column: string): string {
  const id = valueOf(row, column);
  return id === '0' ? '' : id;
}

function columnOf(column: string, read: (text: string, row: RawRow) => JsonValue | undefined) {
  return {
    column,
    read: (row: RawRow) => {
      const text = row[column];
      return text === undefined ? undefined : read(text, row);
    },
  };
}

export function text(column: string): Column {
  return columnOf(column, (value) => value);
}

/** A text, or the one of another column where it is empty. */
export function textOr(column: string, other: string): Column {
  return { column, read: (row) => row[column] ?? row[other] };
}

export function recordId(column: string): Column {
  return { column, read: (row) => recordIdOf(row, column) || undefined };
}

/** A NoYes column. */
export function flag(column: string): Column {
  return columnOf(column, (value) => value === '1' || value.toLowerCase() === 'true');
}

export function amount(column: string): Column {
  return columnOf(column, (value) => value);
}

/** An amount of which zero says that there is none. */
export function amountUnlessZero(column: string): Column {
  return columnOf(column, (value) => (/[1-9]/.test(value) ? value : undefined));
}

/** An enum column: its integers by what they mean; one that is not known is handed on. */
export function symbol(column: string, words: Readonly<Record<string, string>>): Column {
  return columnOf(column, (value) => (Object.hasOwn(words, value) ? words[value] : value));
}

/** A field worked out from a column and others. */
export function derived(
  column: string,
  read: (value: string, row: RawRow) => JsonValue | undefined,
): Column {
  return columnOf(column, read);
}

/** A date: of a time of day, which means nothing, it is cut off rather than shifted. */
export function date(column: string): Column {
  return columnOf(column, dateIn);
}

/** A point in time, in UTC. */
export function instant(column: string): Column {
  return columnOf(column, instantIn);
}

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:\d{2})?)?$/i;
/** `4/14/2026 8:21:50 PM`, as Synapse Link writes some columns. */
const US = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2}):(\d{2}) ([AP])M)?$/i;
/** What D365 stores where there is no date. */
const NO_DATE = '1900-01-01';

/** The date of a column; undefined when it says that there is none. */
export function dateIn(value: string): string | undefined {
  const day =
    (ISO.exec(value) ?? US.exec(value)) === null ? value : instantText(value).slice(0, 10);
  return day === NO_DATE ? undefined : day;
}

/** The instant of a column as RFC 3339; undefined when it says that there is none. */
export function instantIn(value: string): string | undefined {
  const at = instantText(value);
  return at.startsWith(NO_DATE) ? undefined : at;
}

function instantText(value: string): string {
  const iso = ISO.exec(value);
  if (iso !== null) return `${iso[1]}T${iso[2] ?? '00:00:00'}${iso[3] ?? 'Z'}`;
  const us = US.exec(value);
  if (us === null) return value;
  const [, month = '', day = '', year = '', hour = '12', minute = '00', second = '00', half] = us;
  const hours = (Number(hour) % 12) + (half?.toUpperCase() === 'P' ? 12 : 0);
  const two = (part: string | number) => String(part).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second}Z`;
}
