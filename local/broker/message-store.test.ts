// The store: what was committed is there after a restart, what was not is gone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeProperties } from './amqp-values.ts';
import { MessageStore } from './message-store.ts';
import type { StoredMessage } from './message-store.ts';

const first: StoredMessage = {
  queue: 'q',
  sequenceNumber: 1,
  deadLetter: false,
  sessionId: 's',
  enqueuedAt: 1_795_492_795_948,
  availableAt: 1_795_492_795_948,
  expiresAt: Infinity,
  deferred: false,
  deliveryCount: 0,
  annotations: Buffer.alloc(0),
  content: Buffer.from([0, 255, 0, 128]),
  modifications: [],
};

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'messages.db');
}

describe('message store', () => {
  test('keeps messages, their changes and the numbering over a restart', () => {
    const file = temporaryFile();
    const before = new MessageStore(file);
    const second = { ...first, sequenceNumber: 2, sessionId: undefined, expiresAt: 5_000 };
    const third = { ...first, sequenceNumber: 3 };
    for (const message of [first, second, third]) before.insert(message);
    before.remove('q', false, 3);
    const maps = [{ a: 'ä\u0000' }, { b: -1 }].map((map) => encodeProperties(map));
    for (const [index, modification] of maps.entries()) {
      const deadLetter = index === 1;
      const update = { deadLetter, deferred: false, deliveryCount: index + 1, modification };
      before.update('q', false, 2, update);
    }
    before.close();

    const after = new MessageStore(file);
    expect(after.lastSequenceNumber('q')).toBe(3);
    expect([...after.load('q')].map(({ sequenceNumber }) => sequenceNumber)).toEqual([1, 2]);
    expect(after.find('q', false, 1)).toEqual(first);
    expect(after.find('q', true, 2)).toEqual({
      ...second,
      deadLetter: true,
      deliveryCount: 2,
      expiresAt: Infinity,
      modifications: maps,
    });
    expect(after.lastSequenceNumber('other')).toBe(0);
    after.close();
  });

  test('browses one half of a queue in order, by session if asked', () => {
    const store = new MessageStore(':memory:');
    for (const [index, sessionId] of ['a', 'b', 'a', 'a'].entries()) {
      store.insert({ ...first, sequenceNumber: index + 1, sessionId });
    }
    const update = { deadLetter: true, deferred: false, deliveryCount: 0, modification: undefined };
    store.update('q', false, 3, update);
    const numbers = (deadLetter: boolean, sessionId: string | undefined, count = 9) =>
      store
        .browse({ queue: 'q', deadLetter, fromSequenceNumber: 1, count, sessionId })
        .map(({ sequenceNumber }) => sequenceNumber);
    expect(numbers(false, undefined)).toEqual([1, 2, 4]);
    expect(numbers(false, undefined, 2)).toEqual([1, 2]);
    expect(numbers(false, 'a')).toEqual([1, 4]);
    expect(numbers(true, undefined)).toEqual([3]);
    store.close();
  });
});
