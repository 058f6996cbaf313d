// Rows as Synapse Link writes them: an Id made of table and RecId, row versions of one counter for
// the whole database, folders by time.

/** A row of an export, in the folder and the order it was written. */
export type ExportedRow = {
  readonly table: string;
  readonly folder: string;
  readonly columns: Readonly<Record<string, string>>;
};

/** Numbers of tables, which differ from one environment to the next. */
const TABLE_IDS: Readonly<Record<string, number>> = {
  custtable: 10_347,
  dirpartytable: 10_865,
  contactperson: 520,
  custtrans: 10_349,
  custtransopen: 10_350,
  custsettlement: 10_351,
  custinvoicejour: 10_352,
  custdispute: 10_353,
  custcollectionletterjour: 10_354,
  custcollectionlettertrans: 10_355,
  smmactivities: 10_356,
  smmactivityparentlinktable: 10_357,
};

export function tableIdOf(table: string): string {
  return String(TABLE_IDS[table] ?? 0);
}

/** A RecId beyond 2^53, where neighbors are one number to a careless reader. */
export function recIdOf(ordinal: number): string {
  return String(9_007_199_254_740_993n + BigInt(ordinal));
}

/** The Id of a row: its table, then its RecId with the lowest byte first. */
export function exportedId(table: string, recId: string): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(TABLE_IDS[table] ?? 0, 0);
  bytes.writeBigInt64LE(BigInt(recId), 8);
  const hex = bytes.toString('hex');
  return [0, 8, 12, 16, 20, 32]
    .slice(0, -1)
    .map((from, index) => hex.slice(from, [8, 12, 16, 20, 32][index]))
    .join('-');
}

const FIRST_FOLDER = Date.UTC(2026, 3, 30, 10, 0, 0);
const FOLDER_EVERY = 15 * 60_000;

/** The folder of an interval, from 0. */
export function folderOf(interval: number): string {
  const at = new Date(FIRST_FOLDER + interval * FOLDER_EVERY).toISOString();
  return `${at.slice(0, 19).replaceAll(':', '.')}Z`;
}

/** `2026-04-14` → `4/14/2026 8:21:50 PM`. */
export function usTime(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(month)}/${Number(day)}/${year} 8:21:50 PM`;
}

/** Writes rows in the order of the database, a new folder every few of them. */
export class ExportWriter {
  readonly rows: ExportedRow[] = [];
  readonly #rowsPerFolder: number;
  #written = 0;
  /** Versions begin beyond 2^53 too. */
  #version = 9_100_000_000_000_001n;

  constructor(rowsPerFolder: number) {
    this.#rowsPerFolder = rowsPerFolder;
  }

  write(table: string, recId: string, columns: Readonly<Record<string, string>>): void {
    this.#version += 1n;
    const version = String(this.#version);
    this.#push(table, {
      Id: exportedId(table, recId),
      SinkCreatedOn: usTime('2026-04-30'),
      SinkModifiedOn: usTime('2026-04-30'),
      sysdatastatecode: '0',
      ...columns,
      recid: recId,
      tableid: tableIdOf(table),
      sysrowversion: version,
      versionnumber: version,
      IsDelete: '',
    });
  }

  /** A delete says no more than this, and stands in a folder after the rows it deletes. */
  remove(table: string, recId: string): void {
    this.nextFolder();
    this.#push(table, { Id: exportedId(table, recId), IsDelete: 'True' });
    this.nextFolder();
  }

  nextFolder(): void {
    this.#written = (this.#interval() + 1) * this.#rowsPerFolder;
  }

  #interval(): number {
    return Math.floor(this.#written / this.#rowsPerFolder);
  }

  #push(table: string, columns: ExportedRow['columns']): void {
    this.rows.push({ table, folder: folderOf(this.#interval()), columns });
    this.#written += 1;
  }
}
