// One process at a time may use a data folder: its lock file names the owner. The lock of a
// process that was killed is taken over.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCK_FILE = 'lock';

export type DataLock =
  | { readonly kind: 'taken'; release(): void }
  | { readonly kind: 'held'; readonly pid: number; readonly path: string };

/** Takes the folder's lock for a process, or tells which living process holds it. */
export function lockData(folder: string, pid: number, isAlive: (pid: number) => boolean): DataLock {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, LOCK_FILE);
  const owner = ownerOf(path);
  if (owner !== null && owner !== pid && isAlive(owner)) return { kind: 'held', pid: owner, path };
  // A dead owner's lock goes first, so that of two that find it only one creates its own.
  rmSync(path, { force: true });
  try {
    writeFileSync(path, `${pid}\n`, { flag: 'wx' });
  } catch (error) {
    if (!isFileExists(error)) throw error;
    return { kind: 'held', pid: ownerOf(path) ?? 0, path };
  }
  return { kind: 'taken', release: () => rmSync(path, { force: true }) };
}

function ownerOf(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function isFileExists(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

/** Whether a process of this machine is alive, whoever owns it. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
