// Writes rows to disk in the layout of Synapse Link for Dataverse, with its traps: no headers,
// columns that came later at the end of newer rows only, quotes and line breaks in texts, an empty
// folder, a folder still being written, tables nobody asked for, rows told twice.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { ExportedRow } from './exported-row.ts';
import { folderOf } from './exported-row.ts';

const FIRST_COLUMNS = ['Id', 'SinkCreatedOn', 'SinkModifiedOn', 'sysdatastatecode'];
/** Columns of a table that were added after it was first exported. */
const LATER_COLUMNS = ['documentdate', 'languageid', 'salesid'];
/** No interval ends up there. */
const EMPTY_INTERVAL = 5_000;
const UNFINISHED_INTERVAL = 5_001;

/** The columns of a table in the order of model.json. */
function columnsOf(rows: readonly ExportedRow[]): readonly string[] {
  const names = [...new Set(rows.flatMap(({ columns }) => Object.keys(columns)))];
  const own = names.filter(
    (name) => ![...FIRST_COLUMNS, 'IsDelete', ...LATER_COLUMNS].includes(name),
  );
  const later = LATER_COLUMNS.filter((name) => names.includes(name));
  return [...FIRST_COLUMNS, ...own, 'IsDelete', ...later];
}

/** A row without a header; one that has no value in a later column ends before it. */
function cellsOf({ columns }: ExportedRow, names: readonly string[]): readonly string[] {
  const cells = names.map((name) => columns[name] ?? '');
  const end = names.indexOf('IsDelete') + 1;
  return cells.slice(end).every((cell) => cell === '') ? cells.slice(0, end) : cells;
}

/** Writes an export below a folder, two files for a table where there are several rows. */
export async function writeExport(root: string, rows: readonly ExportedRow[]): Promise<void> {
  const byTable = Map.groupBy(rows, ({ table }) => table);
  const columns = new Map([...byTable].map(([table, some]) => [table, columnsOf(some)]));
  const entities = [...columns].map(([name, names]) => ({
    $type: 'LocalEntity',
    name,
    attributes: names.map((column) => ({ name: column, dataType: 'string' })),
  }));
  await mkdir(join(root, 'Changelog'), { recursive: true });
  await writeFile(
    join(root, 'model.json'),
    JSON.stringify({ name: 'cdm', version: '1.0', entities }),
  );
  const folders = [...new Set(rows.map(({ folder }) => folder)), folderOf(EMPTY_INTERVAL)];
  await writeFile(join(root, 'Changelog', 'Synapse.log'), folders.join(','));
  await writeFile(join(root, 'Changelog', 'changelog.info'), folderOf(UNFINISHED_INTERVAL));
  const files = Map.groupBy(rows, ({ folder, table }) => `${folder}/${table}`);
  for (const [path, some] of files) {
    const names = columns.get(some[0]?.table ?? '') ?? [];
    const cut = Math.ceil(some.length / 2);
    await writeFiles(join(root, path), [some.slice(0, cut), some.slice(cut)], names);
  }
  const unfinished = join(root, folderOf(UNFINISHED_INTERVAL), 'custtrans');
  await mkdir(unfinished, { recursive: true });
  await writeFile(join(unfinished, '1.csv'), '"half a ro');
  await mkdir(join(root, folderOf(0), 'vendtable'), { recursive: true });
  await writeFile(join(root, folderOf(0), 'vendtable', '1.csv'), 'not,ours\n');
}

async function writeFiles(
  folder: string,
  parts: readonly (readonly ExportedRow[])[],
  names: readonly string[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, part] of parts.entries()) {
    if (part.length === 0) continue;
    const text = stringify(
      part.map((row) => [...cellsOf(row, names)]),
      { quoted_string: true },
    );
    await writeFile(join(folder, `${index + 1}.csv`), text);
  }
}
