import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lockData } from './data-lock.ts';
import { readSampleMarker } from './sample-marker.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const EXAMPLES = join(import.meta.dirname, '..', 'examples', 'changes.json');
const URL_PRINTED = /listens on (http:\/\/127\.0\.0\.1:\d+)/;

type Settings = Readonly<Record<string, string>>;

type Arrears = {
  readonly folder: string;
  readonly process: ChildProcess;
  /** All it wrote, once it has ended. */
  readonly output: Promise<string>;
  readonly errors: Promise<string>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
};

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'main-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs `local/main.ts` in a folder that has the data, and perhaps a local.settings.json. */
function run(folder: string, settings: Settings = {}, ...parameters: string[]): Arrears {
  const environment = {
    PATH: process.env['PATH'],
    ARREARS_PORT: '0',
    ARREARS_DATA: 'data',
    ARREARS_SAMPLE: 'off',
  };
  const child = spawn(process.execPath, [MAIN, ...parameters], {
    cwd: folder,
    env: { ...environment, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { folder, process: child, output: text(child.stdout), errors: text(child.stderr), ended };
}

/** The first match of what a process prints; rejects when it ends without. */
function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let all = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      all += chunk.toString();
      const match = pattern.exec(all)?.[1];
      if (match !== undefined) resolve(match);
    });
    child.once('exit', () => reject(new Error(`ended after: ${all}`)));
  });
}

/** What it said when it refused to start: one sentence and no stack. */
async function refusal(arrears: Arrears): Promise<string> {
  expect(await arrears.ended).toBe(1);
  const said = await arrears.errors;
  expect(said.trimEnd().split('\n')).toHaveLength(1);
  return said;
}

describe('npm start', () => {
  test('says what to try, answers, and ends cleanly at SIGTERM', async () => {
    const arrears = run(newFolder());
    const url = await printed(arrears.process, URL_PRINTED);

    const health = await fetch(`${url}/api/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: 'ok' });
    arrears.process.kill('SIGTERM');

    expect(await arrears.ended).toBe(0);
    expect(await arrears.errors).toBe('');
    expect((await arrears.output).match(/ {2}curl /g)).toHaveLength(3);
    expect(lockData(join(arrears.folder, 'data'), process.pid)).toMatchObject({ kind: 'taken' });
    expect(existsSync(join(arrears.folder, 'data', 'erp.sqlite'))).toBe(false);
  });

  test('ends cleanly when it is told to while it starts', async () => {
    const arrears = run(newFolder());
    const opened = () => existsSync(join(arrears.folder, 'data', 'service-bus.sqlite'));
    await expect.poll(opened, { interval: 1, timeout: 5_000 }).toBe(true);

    arrears.process.kill('SIGTERM');

    expect(await arrears.ended).toBe(0);
    expect(await arrears.errors).toBe('');
  });

  test('keeps what it accepted through a kill -9', async () => {
    const folder = newFolder();
    const first = run(folder, { ARREARS_NOW: '2026-04-30T12:00:00Z' });
    const url = await printed(first.process, URL_PRINTED);
    const accepted = await fetch(`${url}/api/changes`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: readFileSync(EXAMPLES),
    });
    expect(accepted.status).toBe(202);
    first.process.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');

    const second = run(folder, { ARREARS_NOW: '2026-04-30T12:00:00Z' });
    const again = await printed(second.process, URL_PRINTED);

    await expect
      .poll(() => statusOf(`${again}/api/companies/usmf/customers/C-0001/aging`), {
        timeout: 10_000,
      })
      .toBe(200);
  });

  test('feeds the sample once, and goes on after a kill -9', { timeout: 180_000 }, async () => {
    const folder = newFolder();
    const settings = { ARREARS_SAMPLE: 'on', ARREARS_NOW: '2026-04-30T12:00:00Z' };
    const marker = () => readSampleMarker(join(folder, 'data')) ?? { date: '', taken: 0, of: 0 };
    const first = run(folder, settings);
    await printed(first.process, /Sample: (3,000) of/);
    first.process.kill('SIGKILL');
    await first.ended;
    const { taken, of } = marker();
    expect(taken).toBeGreaterThanOrEqual(3_000);
    expect(taken).toBeLessThan(of);

    // A day later it is still the sample of the day it was begun.
    const second = run(folder, { ...settings, ARREARS_NOW: '2026-05-01T12:00:00Z' });
    const look = await printed(second.process, /are ready: curl -s (\S+)/);
    expect(await statusOf(look)).toBe(200);
    expect(await statusOf(look.replace('usmf/customers/US-0001', 'demf/customers/DE-0080'))).toBe(
      200,
    );
    second.process.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(await second.output).not.toContain('Sample: 0 of');
    expect(marker()).toEqual({ date: '2026-04-30', taken: of, of });
    expect(existsSync(join(folder, 'data', 'erp.sqlite'))).toBe(true);

    const third = run(folder, settings);
    await printed(third.process, URL_PRINTED);
    third.process.kill('SIGTERM');
    expect(await third.ended).toBe(0);
    expect(await third.output).not.toContain('Sample');
  });

  test('leaves a store alone that is not empty, and stops while it feeds', async () => {
    const folder = newFolder();
    const without = run(folder);
    const url = await printed(without.process, URL_PRINTED);
    await fetch(`${url}/api/changes`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: readFileSync(EXAMPLES),
    });
    without.process.kill('SIGTERM');
    expect(await without.ended).toBe(0);

    const on = run(folder, { ARREARS_SAMPLE: 'on' });
    await printed(on.process, URL_PRINTED);
    on.process.kill('SIGTERM');
    expect(await on.ended).toBe(0);
    expect(await on.output).not.toContain('Sample');

    const feeding = run(newFolder(), { ARREARS_SAMPLE: 'on' });
    await printed(feeding.process, /Sample: (0) of/);
    feeding.process.kill('SIGTERM');
    expect(await feeding.ended).toBe(0);
    expect(await feeding.output).toContain('The sample was cut off');
    expect(await feeding.errors).toBe('');
  });

  test('serves broker and store alone, for a host elsewhere', async () => {
    const servers = run(newFolder(), {}, '--serve=broker,cosmos');
    const line = await printed(servers.process, /^(\{.*\})\n/m);
    const { serviceBus, cosmos } = JSON.parse(line);

    const host = run(newFolder(), { ServiceBusConnection: serviceBus, CosmosConnection: cosmos });
    const url = await printed(host.process, URL_PRINTED);

    expect(await statusOf(`${url}/api/health`)).toBe(200);
    servers.process.kill('SIGTERM');
    expect(await servers.ended).toBe(0);
  });
});

test('with a real issuer set, the host signs nobody in', async () => {
  const settings = { ARREARS_ISSUER: 'https://login.example/tenant/v2.0', ARREARS_AUDIENCE: 'api' };
  const arrears = run(newFolder(), { ...settings, ARREARS_DATA: ':memory:' });
  const url = await printed(arrears.process, URL_PRINTED);

  expect(await statusOf(`${url}/api/me`)).toBe(401);
  expect(await statusOf(`${url}/api/health`)).toBe(200);
});

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

describe('a start that cannot be is refused in one sentence', () => {
  test('on data in use', async () => {
    const folder = newFolder();
    const lock = lockData(join(folder, 'data'), 4_711);
    onTestFinished(() => (lock.kind === 'taken' ? lock.release() : undefined));

    expect(await refusal(run(folder))).toBe(
      'data is in use by process 4711; stop it, or set ARREARS_DATA.\n',
    );
  });

  test('on a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const port = String(Object(server.address()).port);

    const said = await refusal(run(newFolder(), { ARREARS_PORT: port, ARREARS_DATA: ':memory:' }));

    expect(said).toBe(`Port ${port} is in use; stop what listens there, or set ARREARS_PORT.\n`);
  });

  test.each([
    [{ ARREARS_PORT: 'http' }, 'ARREARS_PORT must be a port number'],
    [{ ARREARS_DATA: '/dev/null/data' }, 'ARREARS_DATA must be a folder'],
    [{ ARREARS_NOW: 'yesterday' }, 'ARREARS_NOW must be an instant'],
    [{ CosmosConnection: 'AccountEndpoint=x' }, 'Set ServiceBusConnection too'],
    [{ ARREARS_ISSUER: 'https://login.example' }, 'set ARREARS_AUDIENCE'],
    [
      { ARREARS_ISSUER: 'http://login.example', ARREARS_AUDIENCE: 'api' },
      'ARREARS_ISSUER is not an https address',
    ],
  ])('with %j', async (settings, sentence) => {
    expect(await refusal(run(newFolder(), settings))).toContain(sentence);
  });

  test('with a local.settings.json that is not JSON', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'local.settings.json'), '{ "Values": ');

    expect(await refusal(run(folder))).toContain('local.settings.json must be JSON');
  });
});
