import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { bundleFile } from './host/fixtures/bundle.ts';
import { type EmbeddedRuntime, type RuntimeOptions, startRuntime } from './runtime.ts';

const APP = bundleFile(import.meta.resolve('./fixtures/runtime-app.ts'));

let runtime: EmbeddedRuntime | null = null;

async function start(options: Partial<RuntimeOptions> = {}): Promise<EmbeddedRuntime> {
  const { connections: _none, ...own } = options;
  const bundle = await APP;
  runtime = await startRuntime({ data: ':memory:', port: 0, bundle, log: () => undefined, ...own });
  return runtime;
}

afterEach(async () => {
  await runtime?.stop();
  runtime = null;
});

const counted = z.object({ documents: z.int(), now: z.string() });

async function read({ url }: { readonly url: string }) {
  return counted.parse(await (await fetch(`${url}/api/count`)).json());
}

describe('idle', () => {
  test('is not before every message and all that came of it is done', async () => {
    const running = await start();
    const { url } = running;
    for (const chain of [0, 1, 5, 20]) {
      const before = await read({ url });

      await fetch(`${url}/api/send?chain=${chain}&sessions=3`);
      await running.idle();

      // Each message writes a document and sends the next of its chain.
      expect((await read({ url })).documents - before.documents).toBe(3 * (chain + 1));
    }
  });

  test('is at once when there is nothing', async () => {
    const running = await start();

    await running.idle();

    expect(await running.broker.depths()).toMatchObject({ changes: { active: 0, locked: 0 } });
  });

  test('is also after faults that make messages come again', async () => {
    const running = await start();
    const { url, broker, cosmos } = running;
    await fetch(`${url}/api/send?chain=30&sessions=4`);
    await broker.severConnections();
    await broker.expireLocks();

    await running.idle();

    const { documents } = await read({ url });
    // At least once each: what was delivered again wrote again.
    expect(documents).toBeGreaterThanOrEqual(4 * 31);
    expect((await cosmos.statistics()).documentsWritten).toBe(documents);
  });
});

test('the host can be started again with another business clock, on the same port and data', async () => {
  const started = await start({ businessNow: '2026-04-30T12:00:00Z' });
  await fetch(`${started.url}/api/send?chain=0&sessions=1`);
  await started.idle();
  expect(await read(started)).toEqual({ documents: 1, now: '2026-04-30T12:00:00Z' });

  await started.restartHost({ businessNow: '2027-01-01T00:00:00Z' });
  expect(await read(started)).toEqual({ documents: 1, now: '2027-01-01T00:00:00Z' });

  await started.restartHost({});
  expect(await read(started)).toEqual({ documents: 1, now: 'not set' });
  expect(started.unhandled()).toBe(0);
});

test('what is in the stores is there after a stop', async () => {
  const data = mkdtempSync(join(tmpdir(), 'runtime-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  const first = await start({ data });
  await fetch(`${first.url}/api/send?chain=2&sessions=1`);
  await first.idle();
  await first.stop();

  expect((await read(await start({ data }))).documents).toBe(3);
});

test('servers that run already are used instead of own ones', async () => {
  const { connections } = await start();
  const bundle = await APP;

  const second = await startRuntime({ data: ':memory:', port: 0, bundle, connections });
  await fetch(`${second.url}/api/send?chain=0&sessions=1`);
  await runtime?.idle();

  expect(await read(second)).toMatchObject({ documents: 1 });
  await expect(second.idle()).rejects.toThrow('servers of our own');
  await second.stop();
});

test('an app that cannot be started leaves no servers behind', async () => {
  const bundle = join(tmpdir(), 'there-is-no-such-bundle.cjs');

  await expect(startRuntime({ data: ':memory:', port: 0, bundle })).rejects.toThrow('is missing');
});
