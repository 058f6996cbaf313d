// What the ERP has done, in SQLite: its answer to every message it took, the rows it wrote, and the
// last number it gave out. What was kept is there after a kill -9.
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { LedgerEntity, LedgerRow } from './ledger.ts';
import { type Outcome, outcomeSchema } from './outcome.ts';

/** An event of the feed (SPEC §2.1), ready to be told. */
export type ErpEvent = Readonly<Record<string, unknown>>;

/** All that is said in answer to a message. */
export type Answer = {
  readonly events: readonly ErpEvent[];
  /** The outcome of a command, and when it came about, RFC 3339; null for an announcement. */
  readonly outcome: (Outcome & { readonly at: string }) | null;
};

/** An answer with what it changes of the books. */
export type Entry = {
  /** The id of the message it answers. */
  readonly message: string;
  readonly company: string;
  readonly customer: string;
  readonly answer: Answer;
  readonly rows: readonly LedgerRow[];
  /** The last number given out. */
  readonly lastNumber: number;
};

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA locking_mode = EXCLUSIVE;
  CREATE TABLE IF NOT EXISTS answer (
    message TEXT PRIMARY KEY, answer TEXT NOT NULL, last_number INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS ledger_row (
    company TEXT NOT NULL, customer TEXT NOT NULL, entity TEXT NOT NULL, record TEXT NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (company, customer, entity, record)
  );
`;

const answerSchema = z.object({
  events: z.array(z.record(z.string(), z.unknown())),
  outcome: z.intersection(outcomeSchema, z.object({ at: z.string() })).nullable(),
});
const rowSchema = z.record(z.string(), z.unknown()).nullable();
const entitySchema = z.custom<LedgerEntity>((value) => typeof value === 'string');

/** The books of an ERP. */
export class Books {
  readonly #database: DatabaseSync;

  /** Opens or creates them; `file` may be ':memory:'. Throws when another process has them open. */
  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(SCHEMA);
  }

  /** What was answered to a message; null when it was never taken. */
  answerTo(message: string): Answer | null {
    const found = this.#database
      .prepare('SELECT answer FROM answer WHERE message = ?')
      .get(message);
    return found === undefined ? null : answerSchema.parse(JSON.parse(String(found['answer'])));
  }

  /** The rows written of a customer's ledger, as they are now. */
  rowsOf(company: string, customer: string): readonly LedgerRow[] {
    return this.#database
      .prepare('SELECT entity, record, row FROM ledger_row WHERE company = ? AND customer = ?')
      .all(company, customer)
      .map(({ entity, record, row }) => ({
        entity: entitySchema.parse(entity),
        record: String(record),
        row: rowSchema.parse(JSON.parse(String(row))),
      }));
  }

  /** The last number given out; 0 at first. */
  lastNumber(): number {
    const found = this.#database.prepare('SELECT max(last_number) AS last FROM answer').get();
    return Number(found?.['last'] ?? 0);
  }

  /** Keeps an answer with all that it changes, or nothing of it. Throws for a message it has. */
  keep({ message, company, customer, answer, rows, lastNumber }: Entry): void {
    const database = this.#database;
    database.exec('BEGIN IMMEDIATE');
    try {
      const write = database.prepare('INSERT OR REPLACE INTO ledger_row VALUES (?, ?, ?, ?, ?)');
      for (const { entity, record, row } of rows) {
        write.run(company, customer, entity, record, JSON.stringify(row));
      }
      database
        .prepare('INSERT INTO answer VALUES (?, ?, ?)')
        .run(message, JSON.stringify(answer), lastNumber);
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }
}
