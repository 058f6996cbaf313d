import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Behavior, type FakeFeed, type FeedRequest, startFakeFeed } from './fake-feed.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

let folder: string;
let file: string;
let feed: FakeFeed;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-main-'));
  file = join(folder, 'feed.ndjson');
});

afterEach(async () => {
  await feed.close();
  await rm(folder, { recursive: true });
});

const NAME = 'Erika Mustermann';

async function given(count: number, behaviorOf?: (request: FeedRequest) => Behavior) {
  feed = await startFakeFeed(behaviorOf);
  const line = (n: number) => JSON.stringify({ id: `e${n}`, data: { row: { name: NAME } } });
  await writeFile(file, Array.from({ length: count }, (_, n) => `${line(n)}\n`).join(''));
}

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args, '--url', feed.url.href]);
}

async function finish(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  const output = [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : ''));
  const [[code], ...texts] = await Promise.all([once(child, 'close'), ...output]);
  return { code: typeof code === 'number' ? code : null, output: texts.join('') };
}

describe('npm run load', () => {
  test('exits with 0 when everything was taken, and prints no personal data', async () => {
    await given(3);

    const { code, output } = await finish(start(file));

    expect(code).toBe(0);
    expect(output).toContain('complete: 3 accepted, 0 duplicates, 0 rejected');
    expect(output).not.toContain(NAME);
  });

  test('exits with 1 when some were rejected', async () => {
    await given(0);
    await writeFile(file, JSON.stringify({ id: 'e0', data: { reject: true, name: NAME } }));

    const { code, output } = await finish(start(file));

    expect(code).toBe(1);
    expect(output).toContain(`rejected changes: ${file}.rejects.ndjson`);
    expect(output).not.toContain(NAME);
  });

  test('exits with 2 and the reason when it is stopped', async () => {
    await given(3, () => ({ kind: 'answer', status: 403, body: { title: 'Role missing' } }));

    const { code, output } = await finish(start(file));

    expect(code).toBe(2);
    expect(output).toContain('stopped at line 1, byte 0: HTTP 403 Role missing (lines 1 to 3)');
    expect(output).not.toContain(NAME);
  });

  test('exits with 2 when called wrongly or without the file', async () => {
    await given(0);

    expect(await finish(start())).toMatchObject({
      code: 2,
      output: expect.stringContaining('Usage'),
    });
    expect((await finish(start(join(folder, 'none')))).code).toBe(2);
  });

  test('killed in the middle, it goes on where it was', async () => {
    let held = false;
    await given(2600, ({ number }) => {
      held = held || number === 4;
      return number === 4 ? { kind: 'never-answer' } : { kind: 'take' };
    });
    const first = start(file);
    await feed.requestsReach(4);
    first.kill('SIGKILL');
    await once(first, 'close');

    const { code } = await finish(start(file));

    expect(held).toBe(true);
    expect(code).toBe(0);
    expect(feed.taken).toEqual(Array.from({ length: 2600 }, (_, n) => `e${n}`));
  });
});
