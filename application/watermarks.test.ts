import { describe, expect, test } from 'vitest';
import { type Watermark, watermarkOfOutcome } from '../domain/watermark.ts';
import { memoryWatermarks } from '../test/support/memory-watermarks.ts';
import { Unavailable } from './ports.ts';
import type { WatermarkStore } from './watermark-store.ts';
import {
  ATTEMPTS_MAX,
  CLOSE_MAX,
  COMPANIES_MAX,
  FLUSH_INTERVAL,
  FLUSHED_MAX,
  WATERMARKS_TTL,
  Watermarks,
} from './watermarks.ts';

const AWAY = new Unavailable('cosmos', null, new Error('gone'));

function applied(version: string): Watermark {
  const time = `2026-01-01T00:00:00.0${version.padStart(2, '0')}Z`;
  const change = { source: '/erp/a', entity: 'transaction', epoch: '1', version, time } as const;
  return watermarkOfOutcome(change, { kind: 'applied' }, 0);
}

/** A process over a store, whose time passes when told. */
function processOver(store: WatermarkStore) {
  const timers: { readonly at: number; readonly run: () => void }[] = [];
  const failures: unknown[] = [];
  const readAnew: string[] = [];
  const time = { now: 0 };
  const watermarks = new Watermarks({
    store,
    elapsed: () => time.now,
    later: (milliseconds, run) => void timers.push({ at: time.now + milliseconds, run }),
    onRead: (company) => void readAnew.push(company),
    onFailure: (error) => void failures.push(error),
  });
  const passTime = async (milliseconds: number) => {
    time.now += milliseconds;
    for (const timer of timers.splice(0)) {
      if (timer.at <= time.now) timer.run();
      else timers.push(timer);
    }
    // Through the stores in memory, which answer at once.
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { watermarks, failures, readAnew, timers, passTime };
}

/** A store that counts, and does what is given before each call. */
function countingStore(before: (call: 'read' | 'commit') => void = () => {}) {
  const memory = memoryWatermarks();
  const calls = { read: 0, commit: 0 };
  const counted = (call: 'read' | 'commit') => {
    calls[call] += 1;
    before(call);
  };
  const store: WatermarkStore = {
    ...memory,
    async read(company) {
      counted('read');
      return memory.read(company);
    },
    async commit(write) {
      counted('commit');
      return memory.commit(write);
    },
  };
  return { store, calls, memory };
}

async function countOf(store: WatermarkStore, company: string): Promise<number | null> {
  const stored = await store.read(company);
  return stored?.document.watermarks[0]?.counts.applied ?? null;
}

describe('a process', () => {
  test('writes what it noted after an interval, once for all of it', async () => {
    const { store, calls, memory } = countingStore();
    const { watermarks, passTime, timers } = processOver(store);

    for (let version = 1; version <= 50; version += 1) {
      watermarks.note('usmf', [applied(String(version))]);
    }
    await passTime(FLUSH_INTERVAL - 1);
    expect(calls).toEqual({ read: 0, commit: 0 });
    await passTime(1);

    expect(calls).toEqual({ read: 1, commit: 1 });
    expect(await countOf(memory, 'usmf')).toBe(50);
    // With nothing to write it does nothing at all.
    expect(timers).toEqual([]);
  });

  test('adds up with others over one store, whoever writes when', async () => {
    const { store, memory } = countingStore();
    const [one, other] = [processOver(store), processOver(store)];
    one.watermarks.note('usmf', [applied('9')]);
    other.watermarks.note('usmf', [applied('10')]);
    await Promise.all([one.watermarks.flush(), other.watermarks.flush()]);

    const stored = await memory.read('usmf');
    expect(stored?.document.watermarks).toMatchObject([
      { applied: { epoch: '1', version: '10' }, counts: { applied: 2 } },
    ]);
  });

  test('keeps what it could not write, and tries again', async () => {
    const state = { isAway: true };
    const { store, memory } = countingStore(() => {
      if (state.isAway) throw AWAY;
    });
    const { watermarks, failures, passTime } = processOver(store);
    watermarks.note('usmf', [applied('1')]);
    await passTime(FLUSH_INTERVAL);
    watermarks.note('usmf', [applied('2')]);
    await passTime(FLUSH_INTERVAL);
    expect(failures).toEqual([AWAY, AWAY]);

    state.isAway = false;
    await passTime(FLUSH_INTERVAL);
    expect(await countOf(memory, 'usmf')).toBe(2);
  });

  test('does not let a company that cannot be written keep the others waiting', async () => {
    const { store, memory } = countingStore();
    const refusing: WatermarkStore = {
      ...store,
      commit: async (write) =>
        write.document?.company === 'bad' ? Promise.reject(AWAY) : store.commit(write),
    };
    const { watermarks, passTime } = processOver(refusing);
    watermarks.note('bad', [applied('1')]);
    watermarks.note('usmf', [applied('1')]);
    await passTime(FLUSH_INTERVAL);
    await passTime(FLUSH_INTERVAL);
    expect(await countOf(memory, 'usmf')).toBe(1);
    expect(await countOf(memory, 'bad')).toBeNull();
  });

  test('gives way to others that are always faster, and tries again', async () => {
    const { store, calls } = countingStore();
    const lost: WatermarkStore = {
      ...store,
      commit: async (write) => (calls.read <= ATTEMPTS_MAX ? 'conflict' : store.commit(write)),
    };
    const { watermarks, failures, passTime } = processOver(lost);
    watermarks.note('usmf', [applied('1')]);
    await passTime(FLUSH_INTERVAL);
    expect([calls.read, await countOf(store, 'usmf')]).toEqual([ATTEMPTS_MAX, null]);
    await passTime(FLUSH_INTERVAL);
    expect([await countOf(store, 'usmf'), failures]).toEqual([1, []]);
  });

  test('writes some companies at each interval, and all of them in a few', async () => {
    const { store, calls } = countingStore();
    const { watermarks, passTime } = processOver(store);
    const companies = Array.from({ length: FLUSHED_MAX + 1 }, (_, index) => `c${index}`);
    for (const company of companies) watermarks.note(company, [applied('1')]);
    await passTime(FLUSH_INTERVAL);
    expect(calls.commit).toBe(FLUSHED_MAX);
    await passTime(FLUSH_INTERVAL);
    expect(calls.commit).toBe(FLUSHED_MAX + 1);
  });

  test('fills no memory while nothing can be written', async () => {
    const { store, memory } = countingStore();
    const { watermarks } = processOver(store);
    for (let index = 0; index <= COMPANIES_MAX; index += 1) {
      watermarks.note(`c${index}`, [applied('1')]);
    }
    watermarks.note('c0', [applied('2')]);
    await watermarks.flush();
    expect(await countOf(memory, 'c0')).toBe(2);
    expect(await countOf(memory, `c${COMPANIES_MAX}`)).toBeNull();
  });

  test('writes the last of it when it ends, and no more after', async () => {
    const { store, memory } = countingStore();
    const { watermarks, passTime } = processOver(store);
    watermarks.note('usmf', [applied('1')]);
    await watermarks.close();
    expect(await countOf(memory, 'usmf')).toBe(1);
    watermarks.note('usmf', [applied('2')]);
    await passTime(FLUSH_INTERVAL);
    expect(await countOf(memory, 'usmf')).toBe(1);
  });

  test('ends all the same when the store does not answer', async () => {
    const { store } = countingStore();
    const { watermarks, passTime } = processOver({ ...store, read: () => new Promise(() => {}) });
    watermarks.note('usmf', [applied('1')]);
    const closed = watermarks.close();
    await passTime(CLOSE_MAX);
    await expect(closed).resolves.toBeUndefined();
  });
});

describe('the freshness of a company', () => {
  test('is what was applied here at once, written or not', async () => {
    const { store } = countingStore();
    const { watermarks } = processOver(store);
    expect(await watermarks.freshnessOf('usmf')).toEqual({ updatedAt: null, sources: {} });
    watermarks.note('usmf', [applied('7')]);
    const expected = {
      updatedAt: '2026-01-01T00:00:00.007Z',
      sources: { '/erp/a': { epoch: '1', version: '7' } },
    };
    expect(await watermarks.freshnessOf('usmf')).toEqual(expected);
    await watermarks.flush();
    expect(await watermarks.freshnessOf('usmf')).toEqual(expected);
    expect(await watermarks.freshnessOf('other')).toEqual({ updatedAt: null, sources: {} });
  });

  test('is what was applied here also while it is being written', async () => {
    const { store } = countingStore();
    const begun = Promise.withResolvers<void>();
    const { watermarks } = processOver({
      ...store,
      commit: () => {
        begun.resolve();
        return new Promise(() => {});
      },
    });
    watermarks.note('usmf', [applied('7')]);
    void watermarks.flush();
    await begun.promise;
    const { sources } = await watermarks.freshnessOf('usmf');
    expect(sources).toEqual({ '/erp/a': { epoch: '1', version: '7' } });
  });

  test('is what others wrote some seconds ago, for one read in so many', async () => {
    const { store, calls } = countingStore();
    const [reader, writer] = [processOver(store), processOver(store)];
    await reader.watermarks.freshnessOf('usmf');
    writer.watermarks.note('usmf', [applied('7')]);
    await writer.watermarks.flush();
    calls.read = 0;
    const seen = async () => (await reader.watermarks.freshnessOf('usmf')).updatedAt;
    expect([await seen(), await seen(), calls.read]).toEqual([null, null, 0]);
    await reader.passTime(WATERMARKS_TTL);
    const updatedAt = '2026-01-01T00:00:00.007Z';
    expect([await seen(), await seen(), calls.read]).toEqual([updatedAt, updatedAt, 1]);
    expect(reader.readAnew).toEqual(['usmf', 'usmf']);
  });

  test('is not what others wrote while this one did: the company may be remembered as it was', async () => {
    const { store } = countingStore();
    const [reader, writer] = [processOver(store), processOver(store)];
    await reader.watermarks.freshnessOf('usmf');
    writer.watermarks.note('usmf', [applied('9')]);
    await writer.watermarks.flush();
    reader.watermarks.note('usmf', [applied('7')]);
    await reader.watermarks.flush();
    const { sources } = await reader.watermarks.freshnessOf('usmf');
    expect(sources).toEqual({ '/erp/a': { epoch: '1', version: '7' } });
    expect(reader.readAnew).toEqual(['usmf']);
  });

  test('is not known while the store is away, and asked for anew when it is back', async () => {
    const state = { isAway: true };
    const { store } = countingStore(() => {
      if (state.isAway) throw AWAY;
    });
    const { watermarks } = processOver(store);
    await expect(watermarks.freshnessOf('usmf')).rejects.toBe(AWAY);
    state.isAway = false;
    expect((await watermarks.freshnessOf('usmf')).updatedAt).toBeNull();
  });
});
