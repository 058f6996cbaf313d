// The body of a request with rows of Dynamics 365 Finance: JSON, JSON lines, or CSV with a header;
// and which rows it holds, or why none of it can be taken (SPEC §2.2, §2.3).
import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import type { Checked } from '../../../application/ingest-changes.ts';
import type { SourceRow } from '../../../application/source-row.ts';
import type { Problem } from '../../problem.ts';
import {
  type Body,
  contentTypeOf,
  decodeBody,
  type Items,
  limitProblem,
  readJson,
  readLines,
} from '../feed/request-body.ts';
import { checkRow, type Origin } from './row.ts';

const TYPES = ['application/json', 'application/x-ndjson', 'text/csv'];

/** Checks every row of a body; a problem when the body as a whole cannot be taken. */
export function readRows(
  contentType: string | null,
  body: Uint8Array,
  origin: Origin,
): { readonly rows: readonly Checked<SourceRow>[] } | { readonly problem: Problem } {
  const type = contentTypeOf(contentType);
  if (!TYPES.includes(type)) {
    const detail = `Send one of ${TYPES.join(', ')}.`;
    return { problem: { kind: 'unsupported-content-type', detail } };
  }
  const text = decodeBody(body);
  if ('problem' in text) return text;
  const items = readItems(type, text);
  if ('problem' in items) return items;
  const beyond = limitProblem(items.events);
  return beyond ?? { rows: items.events.map(({ event }) => checkRow(event, origin)) };
}

function readItems(type: string, { text }: Body): Items {
  switch (type) {
    case 'text/csv':
      return readCsv(text);
    case 'application/x-ndjson':
      return readLines(text, numbersAsText);
    default:
      return readJson(text, 'either', numbersAsText);
  }
}

/** Numbers by the digits they were written with: a RecId exceeds what a number holds exactly. */
function numbersAsText(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}

function readCsv(text: string): Items {
  try {
    const rows: unknown[] = parseCsv(text, {
      bom: true,
      columns: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
    });
    return {
      events: rows.map((event) => ({ event, bytes: Buffer.byteLength(JSON.stringify(event)) })),
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Its message quotes what was sent.
    const detail = `The body is not CSV with a header: ${error.code}.`;
    return { problem: { kind: 'malformed-csv', detail } };
  }
}
