// Grids as comma-separated values (RFC 4180), for whoever opens them in a spreadsheet.
import { stringify } from 'csv-stringify/sync';
import type { Answer, ApiRequest } from './http.ts';

/** A grid as JSON, or as CSV where the request asks for that; caches keep both apart. */
export function gridAnswer(
  request: ApiRequest,
  json: () => unknown,
  csv: () => Parameters<typeof csvAnswer>,
): Answer {
  if (wantsCsv(request)) return csvAnswer(...csv());
  return { status: 200, headers: VARY, body: json() };
}

const VARY = { vary: 'accept' };

/** Whether a request asks for CSV rather than JSON: the one its `Accept` names first. */
export function wantsCsv(request: ApiRequest): boolean {
  const types = (request.header('accept') ?? '').split(',').map((type) => type.split(';')[0]);
  const wanted = types.find((type) =>
    ['text/csv', 'application/json', '*/*'].includes(type?.trim().toLowerCase() ?? ''),
  );
  return wanted?.trim().toLowerCase() === 'text/csv';
}

/** The items of a grid, a column for each field; a field that is a list takes a column an entry. */
export function csvAnswer(
  items: readonly object[],
  columns: readonly string[],
  cursor: string | null,
): Answer {
  const rows = items.map((item) => {
    const fields = Object.values(item).flat();
    return columns.map((_, index) => fields[index] ?? '');
  });
  // A text that a spreadsheet would take for a formula is told as a text; amounts stay numbers.
  const text = stringify([columns, ...rows], {
    record_delimiter: 'windows',
    // Of line breaks, the library quotes only its own; any other would begin a row.
    quoted_match: /[\r\n]/,
    cast: {
      string: (value) => (isFormula(value) ? `'${value}` : value),
      boolean: String,
    },
  });
  const next: Readonly<Record<string, string>> = cursor === null ? {} : { 'next-cursor': cursor };
  return {
    status: 200,
    text,
    headers: { 'content-type': 'text/csv; charset=utf-8', ...VARY, ...next },
  };
}

function isFormula(text: string): boolean {
  return /^[=+\-@\t\r\n]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text);
}
