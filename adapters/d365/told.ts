// What a row of a table tells, in the words of the feed.
import type { Told } from '../../application/source-row.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { RawRow } from './columns.ts';
import type { Table } from './table.ts';

const AS_TOLD = { currency: false, towardsZero: [] };

/** What a row tells that has all its table requires. */
export function toldBy(table: Table, row: RawRow): Told {
  return {
    target: table.target(row),
    row: table.isGone?.(row) === true ? null : canonicalRow(table, row),
    completion: table.completion ?? AS_TOLD,
    names: table.names?.(row) ?? [],
    terms: table.terms?.(row) ?? null,
  };
}

function canonicalRow(table: Table, row: RawRow): Readonly<Record<string, JsonValue>> {
  const fields = Object.entries(table.fields).flatMap(([name, { read }]) => {
    const value = read(row);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(fields);
}
