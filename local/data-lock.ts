// One process at a time may use a data folder: its lock file names the owner. The lock of a
// process that was killed is taken over.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCK_FILE = 'lock';

export type DataLock =
  | { readonly kind: 'taken'; release(): void }
  | { readonly kind: 'held'; readonly pid: number; readonly path: string };

/**
 * Takes the folder's lock for a process, or tells which living process holds it. Throws when the
 * folder cannot be made or written to.
 */
export function lockData(folder: string, pid: number, isAlive: (pid: number) => boolean): DataLock {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, LOCK_FILE);
  if (!create(path, pid)) {
    const owner = ownerOf(path);
    if (owner !== null && owner !== pid && isAlive(owner))
      return { kind: 'held', pid: owner, path };
    removeStale(path, owner, pid);
    if (!create(path, pid)) return { kind: 'held', pid: ownerOf(path) ?? 0, path };
  }
  return {
    kind: 'taken',
    release: () => {
      if (ownerOf(path) === pid) rmSync(path, { force: true });
    },
  };
}

function create(path: string, pid: number): boolean {
  try {
    writeFileSync(path, `${pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Moved aside before it goes: another that found it too may have put its own in its place. */
function removeStale(path: string, owner: number | null, pid: number): void {
  const aside = `${path}.${pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if (ownerOf(aside) === owner) rmSync(aside);
  else renameSync(aside, path);
}

function ownerOf(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Whether a process of this machine is alive, whoever owns it. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
