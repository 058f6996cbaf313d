// What is deployed runs by itself: copied away from the sources and from every installed package.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { ROOT } from '../support/source-files.ts';

let folder: string;
let runtime: EmbeddedRuntime;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'));
  await promisify(execFile)(process.execPath, ['tools/package.ts'], { cwd: ROOT });
  await cp(join(ROOT, 'dist', 'package'), folder, { recursive: true });
  runtime = await startRuntime({
    data: ':memory:',
    port: 0,
    bundle: join(folder, 'dist', 'main.cjs'),
  });
}, 60_000);

afterAll(async () => {
  await runtime.stop();
  await rm(folder, { recursive: true, force: true });
});

test('has every file that the bundle names', async () => {
  const bundle = await readFile(join(folder, 'dist', 'main.cjs'), 'utf8');
  const files = [...bundle.matchAll(/["'`]\.\/([\w-]+\.cjs)["'`]/g)].map(([, name = '']) => name);
  expect(new Set(files).size).toBeGreaterThan(2);
  expect(files.filter((name) => !existsSync(join(folder, 'dist', name)))).toEqual([]);
});

test('has every library that is loaded only when used, and the description of the API', async () => {
  // Tokens, the queue, the store:
  const health = await fetch(`${runtime.url}/api/health`);
  expect(await health.json()).toMatchObject({ status: 'ok' });
  expect((await fetch(`${runtime.url}/api/me`)).status).toBe(200);
  for (const path of ['/api/openapi.json', '/api/docs']) {
    const response = await fetch(`${runtime.url}${path}`);
    expect(response.status).toBe(200);
    expect((await response.text()).length).toBeGreaterThan(100);
  }
});
