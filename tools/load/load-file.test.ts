import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Behavior, type FakeFeed, type FeedRequest, startFakeFeed } from './fake-feed.ts';
import { LINE_BYTES_MAX } from './limits.ts';
import { loadFile } from './load-file.ts';
import { positionPath } from './position-file.ts';
import type { LoadPorts } from './post-chunk.ts';
import type { Progress } from './progress.ts';
import type { Load } from './send-lines.ts';

const ports: LoadPorts = {
  fetch: globalThis.fetch,
  wait: () => Promise.resolve(),
  random: () => 0,
  now: () => 0,
};

let folder: string;
let feed: FakeFeed | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-file-'));
});

afterEach(async () => {
  await feed?.close();
  feed = null;
  await rm(folder, { recursive: true });
});

const change = (number: number, data: object = {}) => JSON.stringify({ id: `e${number}`, data });
const changes = (count: number) => Array.from({ length: count }, (_, n) => change(n));
const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

async function fileOf(lines: readonly string[]): Promise<string> {
  const file = join(folder, 'feed.ndjson');
  await writeFile(file, lines.map((line) => `${line}\n`).join(''));
  return file;
}

async function run(file: string, to: FakeFeed, options: Partial<Load> = {}, show = ignore) {
  const load: Load = {
    path: file,
    target: to.url,
    token: null,
    dryRun: false,
    restart: false,
    rejectPath: join(folder, 'rejects'),
    signal: new AbortController().signal,
    ...options,
  };
  return loadFile(load, ports, show);
}

const ignore = (_progress: Progress): void => undefined;

async function feedThat(behaviorOf?: (request: FeedRequest) => Behavior): Promise<FakeFeed> {
  feed = await startFakeFeed(behaviorOf);
  return feed;
}

const stopAt = (number: number) => (request: FeedRequest) =>
  request.number === number
    ? ({ kind: 'answer', status: 400, body: { title: 'No' } } as const)
    : ({ kind: 'take' } as const);

describe('loadFile', () => {
  test('sends every change once, in order, and cleans up behind itself', async () => {
    const to = await feedThat();
    const file = await fileOf(['', ...changes(1203), '  ', '']);
    const shown: Progress[] = [];

    const outcome = await run(file, to, {}, (progress) => shown.push(progress));

    expect(outcome).toEqual({
      kind: 'complete',
      totals: { accepted: 1203, duplicates: 0, rejected: 0 },
    });
    expect(to.taken).toEqual(changes(1203).map((_, n) => `e${n}`));
    expect(to.requests.map(({ lines }) => lines.length)).toEqual([500, 500, 203]);
    expect(await exists(positionPath(file))).toBe(false);
    expect(shown.at(0)).toMatchObject({ offset: 0, changes: 0 });
    expect(shown.at(-1)).toMatchObject({ changes: 1203, offset: shown.at(-1)?.size });
  });

  test('goes on where it stopped, with the totals so far', async () => {
    const to = await feedThat(stopAt(2));
    const file = await fileOf(changes(1203));

    const stopped = await run(file, to);
    const complete = await run(file, to);

    expect(stopped).toEqual({
      kind: 'stopped',
      reason: 'HTTP 400 No (lines 501 to 1000)',
      line: 501,
      offset: Buffer.byteLength(changes(500).join('\n')) + 1,
      totals: { accepted: 500, duplicates: 0, rejected: 0 },
    });
    expect(complete).toMatchObject({ kind: 'complete', totals: { accepted: 1203 } });
    expect(to.taken).toEqual(changes(1203).map((_, n) => `e${n}`));
  });

  test.each<[string, (file: string) => Promise<void>, Partial<Load>]>([
    ['the file was replaced', async () => void (await fileOf(changes(1201).toReversed())), {}],
    ['the position is not readable', (file) => writeFile(positionPath(file), '{"offs'), {}],
    ['it is told to', async () => undefined, { restart: true }],
  ])('starts from the beginning when %s', async (_why, prepare, options) => {
    const to = await feedThat(stopAt(2));
    const file = await fileOf(changes(1203));
    await run(file, to);
    await prepare(file);

    await run(file, to, options);

    expect(to.requests[2]?.lines[0]).toBe((await readFile(file, 'utf8')).split('\n')[0]);
  });

  test('starts from the beginning for another server', async () => {
    const file = await fileOf(changes(1203));
    const one = await feedThat(stopAt(2));
    await run(file, one);
    await one.close();
    const other = await feedThat();

    await run(file, other);

    expect(other.taken).toHaveLength(1203);
  });

  test('names the line that is not JSON', async () => {
    const to = await feedThat(() => ({ kind: 'answer', status: 400, body: { title: 'No' } }));
    const file = await fileOf([change(0), '', '{"id":', change(1)]);

    expect(await run(file, to)).toMatchObject({
      kind: 'stopped',
      line: 3,
      offset: change(0).length + 2,
      reason: 'HTTP 400 No (line 3 is not JSON)',
    });
  });

  test('stops at a line that is too long', async () => {
    const to = await feedThat();
    const file = await fileOf([...changes(500), change(500), 'x'.repeat(LINE_BYTES_MAX + 1)]);

    const outcome = await run(file, to);

    expect(outcome).toMatchObject({ kind: 'stopped', line: 502, totals: { accepted: 500 } });
  });

  test('appends rejected changes with their line to the reject file', async () => {
    const to = await feedThat();
    const bad = change(1, { reject: true });
    const file = await fileOf([change(0), '', bad]);

    const outcome = await run(file, to);

    expect(outcome.totals).toEqual({ accepted: 1, duplicates: 0, rejected: 1 });
    expect(JSON.parse(await readFile(join(folder, 'rejects'), 'utf8'))).toEqual({
      line: 3,
      code: 'amount-precision',
      pointer: '/data/row/amount',
      detail: 'too precise',
      raw: bad,
    });
  });

  test('a dry run asks for one and leaves no position', async () => {
    const to = await feedThat(stopAt(2));
    const file = await fileOf(changes(600));

    await run(file, to, { dryRun: true });

    expect(to.requests[0]?.url).toBe('/api/changes?dryRun=true');
    expect(await exists(positionPath(file))).toBe(false);
  });

  test('however often it is interrupted, nothing is skipped', async () => {
    const stops = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2300 }), stops, async (count, requestsBetween) => {
        let interruption = new AbortController();
        let left = Number.POSITIVE_INFINITY;
        const to = await startFakeFeed(() => {
          left -= 1;
          if (left > 0) return { kind: 'take' };
          interruption.abort();
          return { kind: 'lose' };
        });
        const file = await fileOf(changes(count));
        try {
          for (const requests of requestsBetween) {
            left = requests;
            interruption = new AbortController();
            await run(file, to, { signal: interruption.signal });
          }
          left = Number.POSITIVE_INFINITY;
          const outcome = await run(file, to);

          expect(outcome.kind).toBe('complete');
          expect(new Set(to.taken)).toEqual(new Set(changes(count).map((_, n) => `e${n}`)));
        } finally {
          await to.close();
          await rm(positionPath(file), { force: true });
        }
      }),
      { numRuns: 15 },
    );
  });
});
