// What is in the folder of a Synapse Link export (SPEC §2.3): which of its time-stamped folders are
// finished, what the columns of each table are called, and which files are to be read in what order.
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A file of rows of one table. */
export type ExportFile = {
  /** Within the export, with slashes: `2026-04-30T10.15.00Z/custtrans/1.csv`. */
  readonly name: string;
  readonly folder: string;
  readonly table: string;
  readonly path: string;
  readonly size: number;
  /** Names of columns in their order; a row may have fewer. */
  readonly columns: readonly string[];
};

/** The tables the server reads, in lower case; others in a folder are passed over. */
export const EXPORTED_TABLES = [
  'contactperson',
  'custcollectionletterjour',
  'custcollectionlettertrans',
  'custdispute',
  'custinvoicejour',
  'custsettlement',
  'custtable',
  'custtrans',
  'custtransopen',
  'dirpartytable',
  'smmactivities',
  'smmactivityparentlinktable',
] as const;

const model = z.object({
  entities: z.array(
    z.object({ name: z.string(), attributes: z.array(z.object({ name: z.string() })) }),
  ),
});

const FOLDER_NAME = /\d{4}-\d{2}-\d{2}T\d{2}\.\d{2}\.\d{2}Z/g;

/** All files of finished folders, oldest folder first. Throws where it is no such export. */
export async function exportFiles(root: string): Promise<readonly ExportFile[]> {
  const columns = columnsOf(await readFile(join(root, 'model.json'), 'utf8'));
  const log = await readFile(join(root, 'Changelog', 'Synapse.log'), 'utf8');
  const folders = [...new Set(log.match(FOLDER_NAME) ?? [])].toSorted();
  const files: ExportFile[] = [];
  for (const folder of folders) files.push(...(await filesOf(root, folder, columns)));
  return files;
}

type Columns = ReadonlyMap<string, readonly string[]>;

function columnsOf(text: string): Columns {
  const { entities } = model.parse(JSON.parse(text));
  return new Map(
    entities.map(({ name, attributes }) => [
      name.toLowerCase(),
      attributes.map((attribute) => attribute.name.toLowerCase()),
    ]),
  );
}

async function filesOf(root: string, folder: string, columns: Columns): Promise<ExportFile[]> {
  const files: ExportFile[] = [];
  for (const entry of await entriesOf(join(root, folder))) {
    const table = EXPORTED_TABLES.find((known) => known === entry.name.toLowerCase());
    if (!entry.isDirectory() || table === undefined) continue;
    const names = columns.get(table);
    if (names === undefined) throw new Error(`model.json does not know the table ${table}`);
    const inTable = await entriesOf(join(root, folder, entry.name));
    const csv = inTable.filter((one) => one.isFile() && one.name.toLowerCase().endsWith('.csv'));
    for (const { name } of csv.toSorted((a, b) => byNumber.compare(a.name, b.name))) {
      const path = join(root, folder, entry.name, name);
      const { size } = await stat(path);
      const within = [folder, entry.name, name].join('/');
      files.push({ name: within, folder, table, path, size, columns: names });
    }
  }
  return files;
}

const byNumber = new Intl.Collator('en', { numeric: true });

/** What is in a folder, by name; nothing where it does not exist: empty ones may not be written. */
async function entriesOf(path: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.toSorted((a, b) => byNumber.compare(a.name, b.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
