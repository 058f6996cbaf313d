import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../domain/change.ts';
import { readFeedRequest } from '../functions/contract/feed/request-body.ts';
import { ofCompany, randomChange } from '../test/support/random-changes.ts';
import {
  CHANGES_PER_MESSAGE_MAX,
  type ChangeMessage,
  MESSAGE_BYTES_MAX,
  ownerKey,
  sessionOf,
} from './change-message.ts';
import { changesIn, type CheckedEvent, ingestChanges, pack } from './ingest-changes.ts';
import { Unavailable } from './ports.ts';

/** What Service Bus takes in one message with everything (standard tier). */
const BROKER_BYTES_MAX = 256 * 1024;

/** A queue that keeps what it is sent. */
function keepingQueue() {
  const sent: ChangeMessage[] = [];
  const queue = {
    send: async (messages: readonly ChangeMessage[]) => {
      sent.push(...messages);
    },
  };
  return { sent, queue };
}

const anyChange: fc.Arbitrary<Change> = fc
  .tuple(randomChange, fc.constantFrom('usmf', 'demf'), fc.constantFrom('C-1', 'C-2', 'C-3', null))
  .map(([change, company, customer]) =>
    customer === null ? ofCompany({ ...change, company }) : { ...change, company, customer },
  );
const accepted = fc.array(
  fc.record({
    id: fc.constant('e'),
    change: anyChange,
    bytes: fc.integer({ min: 1, max: 65_536 }),
  }),
  { maxLength: 120 },
);

function changesOf(messages: readonly ChangeMessage[]): Change[] {
  return messages.flatMap(({ changes }): readonly Change[] => changes);
}

function checked(change: Change): CheckedEvent {
  return { id: 'e', change, bytes: 100 };
}

const told: Change = {
  entity: 'customer',
  company: 'usmf',
  customer: 'C-1',
  source: '/erp/a',
  epoch: '1',
  record: 'r',
  version: '1',
  facet: 'main',
  time: '2026-01-01T00:00:00.000Z',
  row: { name: 'A', riskScore: 1 },
};

describe('packing changes into messages', () => {
  test('keeps the order of each owner and loses nothing', () => {
    fc.assert(
      fc.property(accepted, (entries) => {
        const packed = Map.groupBy(changesOf(pack(entries)), ownerKey);
        const sent = Map.groupBy(
          entries.map(({ change }) => change),
          ownerKey,
        );
        expect(packed).toEqual(sent);
      }),
      { numRuns: 200 },
    );
  });

  test('puts changes of one owner into a message, and no more than its limits', () => {
    fc.assert(
      fc.property(accepted, (entries) => {
        const bytesOf = new Map(entries.map(({ change, bytes }) => [change, bytes]));
        for (const message of pack(entries)) {
          const changes: readonly Change[] = message.changes;
          const owners = new Set(changes.map(ownerKey));
          expect(owners.size).toBe(1);
          expect(changes.every(({ company }) => company === message.company)).toBe(true);
          expect(changes.length).toBeLessThanOrEqual(CHANGES_PER_MESSAGE_MAX);
          const bytes = changes.reduce((sum, change) => sum + (bytesOf.get(change) ?? 0), 0);
          expect(bytes).toBeLessThanOrEqual(MESSAGE_BYTES_MAX);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('fills messages before it begins another', () => {
    const entries = Array.from({ length: 50 }, () => ({ change: told, bytes: 10 }));
    expect(pack(entries).map(({ changes }) => changes.length)).toEqual([24, 24, 2]);
    const large = Array.from({ length: 7 }, () => ({ change: told, bytes: 65_536 }));
    expect(pack(large).map(({ changes }) => changes.length)).toEqual([3, 3, 1]);
    expect(pack([])).toEqual([]);
  });

  test.each([
    ['application/x-ndjson', '1e20'],
    ['application/x-ndjson', '1e-6'],
    ['application/json', '1e20'],
  ])('makes messages the broker takes, of %s with numbers like %s', (contentType, number) => {
    const numbers = `[${Array.from({ length: 12_000 }, () => number).join(',')}]`;
    const event = JSON.stringify({
      specversion: '1.0',
      id: 'e',
      source: '/erp/a/1',
      type: 'erp.customer.changed.v1',
      time: '2026-01-01T00:00:00Z',
      data: { op: 'upsert', company: 'c', customer: 'c', record: 'r', version: '1', row: {} },
    }).replace('"row":{}', `"row":{"name":"A","numbers":${numbers}}`);
    const read = readFeedRequest(contentType, Buffer.from(event));
    if ('problem' in read) return;
    expect(read.changes).toHaveLength(1);
    const good = read.changes.flatMap((one) => ('change' in one ? [one] : []));
    const bytes = pack(changesIn(good)).map((message) =>
      Buffer.byteLength(JSON.stringify(message)),
    );
    expect(Math.max(0, ...bytes)).toBeLessThanOrEqual(BROKER_BYTES_MAX);
  });
});

describe('ingesting changes', () => {
  test('gives a receipt for each, in order, and sends the good ones', async () => {
    const rejection = { code: 'missing', pointer: '/data', detail: 'This is required.' };
    const { sent, queue } = keepingQueue();
    const other = { ...told, record: 's' };

    const answer = await ingestChanges(
      [checked(told), { id: 'bad', rejection }, checked(told), checked(other)],
      false,
      queue,
    );

    expect(answer).toEqual({
      accepted: 2,
      duplicateInRequest: 1,
      rejected: 1,
      receipts: [
        { index: 0, id: 'e', status: 'accepted' },
        { index: 1, id: 'bad', status: 'rejected', ...rejection },
        { index: 2, id: 'e', status: 'duplicateInRequest' },
        { index: 3, id: 'e', status: 'accepted' },
      ],
    });
    expect(changesOf(sent)).toEqual([told, other]);
  });

  test('takes two changes for the same only if one of them is not needed', async () => {
    const same: Change = { ...told, row: { riskScore: 1, name: 'A' } };
    const different: readonly Change[] = [
      { ...told, entity: 'transaction' },
      { ...told, company: 'demf' },
      { ...told, customer: 'C-2' },
      { ...told, source: '/erp/b' },
      { ...told, epoch: '2' },
      { ...told, record: 's' },
      { ...told, version: '2' },
      { ...told, facet: 'extra' },
      { ...told, time: '2026-01-01T00:00:00.001Z' },
      { ...told, row: null },
      { ...told, row: { name: 'A', riskScore: 2 } },
      { ...told, causedBy: 'c' },
    ];
    const answer = await ingestChanges(
      [told, same, ...different].map(checked),
      false,
      keepingQueue().queue,
    );
    expect(answer.duplicateInRequest).toBe(1);
    expect(answer.accepted).toBe(1 + different.length);
  });

  test('sends nothing when it only tries, and reports the same', async () => {
    await fc.assert(
      fc.asyncProperty(accepted, async (entries) => {
        const [dry, real] = [keepingQueue(), keepingQueue()];
        const tried = await ingestChanges(entries, true, dry.queue);
        expect(dry.sent).toEqual([]);
        expect(await ingestChanges(entries, false, real.queue)).toEqual(tried);
        expect(changesOf(real.sent)).toHaveLength(tried.accepted);
        expect(tried.receipts).toHaveLength(entries.length);
      }),
      { numRuns: 50 },
    );
  });

  test('reports nothing as accepted that the queue did not take', async () => {
    const queue = {
      send: () => Promise.reject(new Unavailable('serviceBus', 2, new Error('gone'))),
    };
    await expect(ingestChanges([checked(told)], false, queue)).rejects.toThrow(Unavailable);
  });
});

describe('the session of an owner', () => {
  const SHARDS = 64;

  test.each([
    ['numbered customers', (index: number) => `usmf|C-${String(index).padStart(5, '0')}`],
    ['plain numbers', (index: number) => `usmf|${index}`],
    ['companies', (index: number) => `c${index % 100}|${Math.floor(index / 100)}`],
  ])('spreads %s evenly over the shards', (_, nameOf) => {
    const counts = new Map<string, number>();
    const owners = 64 * 200;
    for (let index = 0; index < owners; index += 1) {
      const session = sessionOf(nameOf(index), SHARDS);
      counts.set(session, (counts.get(session) ?? 0) + 1);
    }
    expect(counts.size).toBe(SHARDS);
    // 200 expected; six standard deviations of a fair throw are 85.
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(85);
  });

  test('is always the same, and never a bare number', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 128 }), (owner, shards) => {
        const session = sessionOf(owner, shards);
        expect(session).toBe(sessionOf(owner, shards));
        expect(Number(/^s-(\d+)$/.exec(session)?.[1])).toBeLessThan(shards);
      }),
    );
  });
});
