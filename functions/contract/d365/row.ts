// One row of a table of Dynamics 365 Finance (SPEC §2.3): from its columns to what it tells, or to
// the one reason why not, with a pointer to the column and a sentence that a person can act on.
import * as z from 'zod';
import { instantIn, type RawRow } from '../../../adapters/d365/columns.ts';
import type { Table } from '../../../adapters/d365/table.ts';
import { TABLES } from '../../../adapters/d365/tables.ts';
import { toldBy } from '../../../adapters/d365/told.ts';
import { folderTime, orderingVersion } from '../../../adapters/d365/version.ts';
import type { Checked, Rejection } from '../../../application/ingest-changes.ts';
import { LINK_ONLY } from '../../../application/link-rows.ts';
import { linkKey, type SourceRow, type Told } from '../../../application/source-row.ts';
import { formatInstant, parseInstant } from '../../../domain/calendar.ts';
import { type JsonObject, utf8Length } from '../../../domain/json.ts';
import { withoutLeadingZeros } from '../../../domain/version.ts';
import {
  CHANGE_BYTES_MAX,
  COMPANY_LENGTH_MAX,
  CUSTOMER_LENGTH_MAX,
  RECORD_LENGTH_MAX,
} from '../feed/limits.ts';
import { rejectionOf } from '../feed/rejection.ts';
import { rowSchema } from '../feed/rows.ts';
import { unsafeValue } from '../feed/unsafe-value.ts';

/** Where rows come from: a source with its epoch, a table of it, and the folder they stood in. */
export type Origin = {
  readonly source: string;
  readonly epoch: string;
  readonly table: string;
  readonly folder: string | null;
};

/** A value as it is sent: JSON, its numbers as text since RecIds exceed what a number holds. */
const cell = z.union([z.string(), z.boolean(), z.null()], 'A column is a text, number or boolean.');
const cells = z.record(z.string(), cell);

/** Checks one row of a table. */
export function checkRow(sent: unknown, origin: Origin): Checked<SourceRow> {
  const unsafe = unsafeValue(sent);
  if (unsafe !== null) return { id: null, rejection: unsafe };
  const parsed = cells.safeParse(sent);
  if (!parsed.success) return { id: null, rejection: rejectionOf(parsed.error, sent, []) };
  const row = withValues(parsed.data);
  const id = row['id'] ?? null;
  const checked = sourceRow(row, origin);
  if ('code' in checked) return { id, rejection: checked };
  const bytes = utf8Length(JSON.stringify(checked));
  if (bytes <= CHANGE_BYTES_MAX) return { id, change: checked, bytes };
  const detail = `What a row tells has at most ${CHANGE_BYTES_MAX} bytes.`;
  return { id, rejection: { code: 'change-too-large', pointer: '', detail } };
}

/** Columns by their names in lower case; those without a value left out. */
function withValues(sent: z.infer<typeof cells>): RawRow {
  const columns = Object.entries(sent).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name.toLowerCase(), String(value)] as const],
  );
  return Object.fromEntries(columns);
}

function sourceRow(row: RawRow, origin: Origin): SourceRow | Rejection {
  const { source, epoch, table, folder } = origin;
  const id = row['id'] ?? '';
  const isDelete = row['isdelete']?.toLowerCase() === 'true' || row['isdelete'] === '1';
  const rejection =
    missing(row, ['id']) ?? keyProblem(row) ?? versionProblem(row, isDelete, folder);
  if (rejection !== null) return rejection;
  const time = timeOf(row, folder);
  if (time === null) {
    return refusal('missing', 'sinkmodifiedon', 'Send the folder, or when the row was modified.');
  }
  const told = isDelete ? null : toldOrRejection(row, tableOf(table));
  if (told !== null && 'code' in told) return told;
  const links = told === null ? [] : [...told.names, told.target.place.link ?? ''];
  if (links.some((link) => linkKey(source, link).length > LINK_LENGTH_MAX)) {
    const detail = 'What the row is found by is too long when it is written in ASCII.';
    return { code: 'too-long', pointer: '', detail };
  }
  const version = withoutLeadingZeros(orderingVersion(folder, rowVersionOf(row)));
  return { source, epoch, version, table, id: id.toLowerCase(), time, told };
}

/** Characters of a link's key; the store takes 2,048 as a partition key. */
const LINK_LENGTH_MAX = 2_000;

/** Longest values of columns that become keys. */
const LENGTHS: readonly (readonly [column: string, max: number])[] = [
  ['id', RECORD_LENGTH_MAX],
  ['dataareaid', COMPANY_LENGTH_MAX],
  ['accountnum', CUSTOMER_LENGTH_MAX],
  ['custaccount', CUSTOMER_LENGTH_MAX],
  ['invoiceaccount', CUSTOMER_LENGTH_MAX],
  ['collectionletternum', RECORD_LENGTH_MAX],
  ['activitynumber', RECORD_LENGTH_MAX],
  ['invoice', RECORD_LENGTH_MAX],
  ['invoiceid', RECORD_LENGTH_MAX],
  ['voucher', RECORD_LENGTH_MAX],
  ['ledgervoucher', RECORD_LENGTH_MAX],
];

/** RecIds: 64-bit numbers in decimal. */
const RECORD_IDS = [
  'recid',
  'party',
  'contactforparty',
  'refrecid',
  'reftableid',
  'tableid',
  'transrecid',
  'custtrans',
  'custtransid',
];
const NUMBER_TEXT = /^\d{1,19}$/;

function keyProblem(row: RawRow): Rejection | null {
  for (const [column, max] of LENGTHS) {
    if ((row[column]?.length ?? 0) > max) {
      return refusal('too-long', column, `A key has at most ${max} characters.`);
    }
  }
  const wrong = RECORD_IDS.find(
    (column) => row[column] !== undefined && !NUMBER_TEXT.test(row[column]),
  );
  return wrong === undefined ? null : refusal('format', wrong, 'A RecId is a decimal number.');
}

function missing(row: RawRow, columns: readonly string[]): Rejection | null {
  const absent = columns.find((column) => row[column] === undefined);
  return absent === undefined ? null : refusal('missing', absent, 'This is required.');
}

function refusal(code: string, column: string, detail: string): Rejection {
  return { code, pointer: `/${column}`, detail };
}

/** The two names of one number; never `sysrowversionnumber`, which is obsolete. */
function rowVersionOf(row: RawRow): string | null {
  return row['versionnumber'] ?? row['sysrowversion'] ?? null;
}

function versionProblem(row: RawRow, isDelete: boolean, folder: string | null): Rejection | null {
  const version = rowVersionOf(row);
  if (version === null) {
    if (isDelete && folder !== null) return null;
    const detail = 'A row has its version; a delete has that, or the folder it came from.';
    return refusal('missing', 'versionnumber', detail);
  }
  if (NUMBER_TEXT.test(version)) return null;
  return refusal('version-invalid', 'versionnumber', 'A row version is a decimal number.');
}

/** When the change was made, as far as the row says; else when its folder was begun. */
function timeOf(row: RawRow, folder: string | null): string | null {
  for (const column of ['sinkmodifiedon', 'modifiedon', 'modifieddatetime']) {
    const at = parseInstant(instantIn(row[column] ?? '') ?? '');
    if (at !== null) return formatInstant(at);
  }
  const begun = folder === null ? null : folderTime(folder);
  const at = begun === null ? null : parseInstant(begun);
  return at === null ? null : formatInstant(at);
}

function tableOf(name: string): Table {
  const table = TABLES.get(name);
  if (table === undefined) throw new Error('a table passed its check and is none');
  return table;
}

function toldOrRejection(columns: RawRow, table: Table): Told | Rejection {
  const absent = missing(columns, table.requires(columns));
  if (absent !== null) return absent;
  const told = toldBy(table, columns);
  if (told.row === null || told.target.facet === LINK_ONLY) return told;
  const row = { ...told.row, ...table.stillOpen };
  const wholes = told.completion.currency
    ? CURRENCIES.map((currency) => ({ ...row, currency }))
    : [row];
  const rejections = wholes.map((whole) => rowRejection(whole, told, table));
  return rejections.includes(null) ? told : (rejections[0] ?? told);
}

/** One of each number of decimals: what is completed later is checked for what it can be. */
const CURRENCIES = ['USD', 'JPY', 'BHD', 'CLF'];

function rowRejection(row: JsonObject, { target }: Told, table: Table): Rejection | null {
  const parsed = rowSchema(table.entity, target.facet).safeParse(row);
  if (parsed.success) return null;
  const { pointer, ...found } = rejectionOf(parsed.error, row, []);
  const field = pointer.split('/')[1] ?? '';
  return { ...found, pointer: `/${table.fields[field]?.column ?? field}` };
}
