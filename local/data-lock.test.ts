import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { lockData } from './data-lock.ts';

const OWN = 100;
const OTHER = 200;

/** Takes the lock, says so, and goes on until it is killed. */
const OWNER = `
  import { lockData } from ${JSON.stringify(import.meta.resolve('./data-lock.ts'))};
  console.log(lockData(process.argv[1], process.pid).kind);
  setInterval(() => undefined, 60_000);`;

let folder: string;

beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), 'data-lock-'));
  folder = join(parent, 'data');
  return () => rmSync(parent, { recursive: true });
});

describe('the lock of a folder', () => {
  test('is held as long as its owner has it, and names the owner', () => {
    lockData(folder, OTHER);

    expect(lockData(folder, OWN)).toEqual({ kind: 'held', pid: OTHER });
    expect(lockData(folder, OWN)).toEqual({ kind: 'held', pid: OTHER });
  });

  test('goes when it is released', () => {
    const first = lockData(folder, OTHER);
    if (first.kind === 'taken') first.release();

    expect(lockData(folder, OWN).kind).toBe('taken');
  });

  test('goes with its owner, also when that is killed', async () => {
    const parameters = ['--input-type=module', '--eval', OWNER, folder];
    const owner = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = await once(owner.stdout, 'data');
    expect(String(said).trim()).toBe('taken');
    expect(lockData(folder, OWN)).toEqual({ kind: 'held', pid: owner.pid });

    owner.kill('SIGKILL');
    await once(owner, 'exit');

    expect(lockData(folder, OWN).kind).toBe('taken');
  });

  test('is of this folder only', () => {
    lockData(folder, OTHER);

    expect(lockData(`${folder}-2`, OWN).kind).toBe('taken');
  });
});

test('a folder that cannot be one is an error', () => {
  writeFileSync(folder, 'a file');

  expect(() => lockData(folder, OWN)).toThrow('EEXIST');
});
