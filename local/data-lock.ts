// One process at a time may use a data folder. The lock is the operating system's, taken through
// SQLite on the file `lock`: it goes with its process however that ends, and no other process can
// be taken for a dead owner that had the same number.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const LOCK_FILE = 'lock';

export type DataLock =
  | { readonly kind: 'taken'; release(): void }
  /** The number of the owning process, for a person to find it; 0 when it is not known. */
  | { readonly kind: 'held'; readonly pid: number };

/**
 * Takes the folder's lock for the process that calls, or tells which one holds it. Throws when the
 * folder cannot be made or written to.
 */
export function lockData(folder: string, pid: number): DataLock {
  mkdirSync(folder, { recursive: true });
  const file = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
  try {
    // The owner's number must be committed to be read by others, and is, before the lock is kept.
    file.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${pid}; COMMIT; BEGIN IMMEDIATE;`);
  } catch (error) {
    const owner = isBusy(error) ? ownerIn(file) : null;
    file.close();
    if (owner === null) throw error;
    return { kind: 'held', pid: owner };
  }
  return { kind: 'taken', release: () => file.close() };
}

function ownerIn(file: DatabaseSync): number {
  try {
    return Number(file.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  } catch (error) {
    // It is being written at this moment.
    if (isBusy(error)) return 0;
    throw error;
  }
}

/** SQLITE_BUSY, https://sqlite.org/rescode.html#busy. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}
