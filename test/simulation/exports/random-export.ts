// An export of Dynamics 365 Finance drawn from a seed: a small ledger, some of its tables initialised
// again while it goes on, cut into requests in any order, some rows told more than once.
import { type ExportedRow, folderOf } from '../../d365/exported-row.ts';
import { type Ledger, tellLedger } from '../../d365/ledger.ts';
import type { Invoice, LedgerPlan } from '../../d365/ledger-plan.ts';
import type { Random } from '../random.ts';

/** How often a table is initialised again after one of the folders. */
const INITIALISED_AGAIN = 0.05;
/** The share of rows that are told once more, where any are. */
const TOLD_AGAIN = 0.3;

export type RandomExport = {
  readonly ledger: Ledger;
  /** In the order of the database, each once. */
  readonly rows: readonly ExportedRow[];
  /** The same as they are sent. */
  readonly requests: readonly (readonly ExportedRow[])[];
};

/** Draws an export. */
export function randomExport(random: Random): RandomExport {
  const ledger = tellLedger(randomPlan(random));
  const rows = random.chance(0.5) ? ledger.rows : withTablesAgain(random, ledger.rows);
  const again = random.chance(0.5) ? rows.filter(() => random.chance(TOLD_AGAIN)) : [];
  const told = [...rows, ...again];
  const sent = random.chance(0.2) ? told : shuffled(random, told);
  const size = random.integer(1, 12);
  const requests = Array.from({ length: Math.ceil(sent.length / size) }, (_, index) =>
    sent.slice(index * size, (index + 1) * size),
  );
  return { ledger, rows, requests };
}

function randomPlan(random: Random): LedgerPlan {
  return {
    rowsPerFolder: random.integer(1, 9),
    invoices: Array.from({ length: random.integer(0, 2) }, () => randomInvoice(random)),
    mergesParty: random.chance(0.5),
    letterLines: random.integer(0, 2),
  };
}

function randomInvoice(random: Random): Invoice {
  return {
    account: random.integer(0, 1),
    currency: random.pick(['USD', 'USD', 'JPY', 'BHD']),
    minor: random.integer(1, 900_000),
    isCreditNote: random.chance(0.5),
    due: random.integer(-40, 40),
    paidShare: random.pick([0, 333, 1_000]),
    isReversed: random.chance(0.5),
    status: random.integer(0, 4),
    moves: random.chance(0.5),
    reopens: random.chance(0.5),
  };
}

/**
 * Now and then a table is told from the beginning, as Synapse Link does after a failure: every row as
 * it is by then, at the version it has, in a folder of its own.
 */
function withTablesAgain(random: Random, rows: readonly ExportedRow[]): readonly ExportedRow[] {
  const tables = [...new Set(rows.map(({ table }) => table))];
  const told: ExportedRow[] = [];
  for (const [index, row] of rows.entries()) {
    told.push(row);
    if (rows[index + 1]?.folder === row.folder) continue;
    const folder = folderAfter(row.folder);
    for (const table of tables) {
      if (!random.chance(INITIALISED_AGAIN)) continue;
      const living = livingOf(table, rows.slice(0, index + 1));
      told.push(...living.map(({ columns }) => ({ table, folder, columns })));
    }
  }
  return told;
}

/** The rows of a table that are there after all these. */
function livingOf(table: string, rows: readonly ExportedRow[]): readonly ExportedRow[] {
  const newest = new Map<string, ExportedRow>();
  for (const row of rows) {
    const id = row.columns['Id'] ?? '';
    if (row.table !== table) continue;
    if (row.columns['IsDelete'] === 'True') newest.delete(id);
    else newest.set(id, row);
  }
  return [...newest.values()];
}

/** A folder between one and the next. */
function folderAfter(folder: string): string {
  for (let interval = 0; ; interval += 1) {
    if (folderOf(interval) === folder) return folderOf(interval + 0.5);
  }
}

function shuffled<T>(random: Random, items: readonly T[]): readonly T[] {
  const rest = [...items];
  const order: T[] = [];
  while (rest.length > 0) order.push(...rest.splice(random.integer(0, rest.length - 1), 1));
  return order;
}
