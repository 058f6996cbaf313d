// The ERP without its connections: every message is answered once, over restarts too.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Books } from './books.ts';
import { Erp } from './erp.ts';
import {
  ACCOUNT,
  bounceRequest,
  line,
  messageOf,
  pair,
  type Request,
  settleRequest,
  SOURCE,
} from './fixtures/requests.ts';
import { accountKey } from './sample-ledger.ts';
import { FIRST_VERSION } from './numbering.ts';

const NOW = '2026-11-24T20:00:00.000Z';
const SETTLE = settleRequest(pair('1', '2', '50.00'));
const ACCOUNTS = new Map([
  [
    accountKey(ACCOUNT.company, ACCOUNT.customer),
    { account: ACCOUNT, rows: [line('1', '120.00'), line('2', '-70.00')] },
  ],
]);

function erpOver(file: string) {
  const books = new Books(file);
  const erp = new Erp(
    books,
    () => ACCOUNTS,
    () => Date.parse(NOW),
  );
  const ask = (request: Request, id: string) => erp.carryOut(messageOf(ACCOUNT, request, id));
  return { books, erp, ask };
}

/** An ERP whose books can be closed and opened again. */
function newBooks(): string {
  const folder = mkdtempSync(join(tmpdir(), 'erp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'erp.sqlite');
}

describe('a command', () => {
  test('is told as changes that name it, and completed', () => {
    const { ask } = erpOver(':memory:');
    const answered = ask(SETTLE, 'c-1');

    expect(answered).toMatchObject({
      command: 'c-1',
      answer: { outcome: { outcome: 'completed', at: NOW } },
    });
    const events = answered?.answer.events ?? [];
    expect(events.map(({ type }) => type)).toEqual([
      'erp.settlement.changed.v1',
      'erp.transaction.changed.v1',
      'erp.transaction.changed.v1',
    ]);
    for (const event of events) {
      expect(event).toMatchObject({
        source: '/erp/sample/1',
        time: NOW,
        data: { op: 'upsert', company: 'usmf', customer: 'C-1', causedBy: 'c-1' },
      });
    }
  });

  test('that comes again gets the same answer, and does nothing', () => {
    const file = newBooks();
    const before = erpOver(file);
    const first = before.ask(SETTLE, 'c-1');
    expect(before.ask(SETTLE, 'c-1')).toEqual(first);
    before.books.close();

    const { books, ask } = erpOver(file);
    expect(ask(SETTLE, 'c-1')).toEqual(first);
    // Done once, 20.00 is left of the payment.
    const more = settleRequest(pair('1', '2', '20.01'));
    expect(ask(more, 'c-2')?.answer).toMatchObject({
      events: [],
      outcome: { reason: { code: 'amount-exceeds-open' } },
    });
    expect(ask(more, 'c-2')?.answer.outcome).toMatchObject({ outcome: 'rejected' });
    books.close();
  });

  test('goes on with what was posted before, and with greater versions', () => {
    const file = newBooks();
    const before = erpOver(file);
    before.ask(SETTLE, 'c-1');
    before.books.close();

    const { books, ask } = erpOver(file);
    const answered = ask(bounceRequest('2'), 'c-2');
    expect(answered?.answer.outcome).toMatchObject({ outcome: 'completed' });
    const rowOf = (record: string) =>
      Object(answered?.answer.events.find(({ data }) => Object(data).record === record)?.['data']);
    expect(rowOf('1').row).toMatchObject({ settled: '0.00' });
    expect(rowOf('2').row).toMatchObject({ settled: '-70.00', canceled: true });
    const versions = ['c-1', 'c-2'].flatMap((id) =>
      (books.answerTo(id)?.events ?? []).map(({ data }) => Number(Object(data).version)),
    );
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
    expect(Math.min(...versions)).toBeGreaterThan(FIRST_VERSION);
    const records = answered?.answer.events.map(({ data }) => Object(data).record) ?? [];
    expect(new Set(records).size).toBe(records.length);
    books.close();
  });

  test('of a customer it does not know is rejected', () => {
    const { erp } = erpOver(':memory:');
    const message = messageOf({ company: 'usmf', customer: 'C-2' }, SETTLE);
    expect(erp.carryOut(message)?.answer).toMatchObject({
      events: [],
      outcome: { outcome: 'rejected', reason: { code: 'customer-unknown' } },
    });
  });

  test('that cannot be read is rejected where it has an id, else it is none', () => {
    const { erp } = erpOver(':memory:');
    const unreadable = { ...messageOf(ACCOUNT, SETTLE), type: 'workspace.dance.requested.v1' };
    expect(erp.carryOut(unreadable)?.answer.outcome).toMatchObject({
      reason: { code: 'unreadable' },
    });
    for (const message of [null, 'text', {}, []]) expect(erp.carryOut(message)).toBeNull();
  });
});

describe('an announcement', () => {
  const announced = (entity: string, row: object, more: object = {}) => ({
    id: 'e-1',
    source: '/workspace/1',
    type: `erp.${entity}.changed.v1`,
    time: NOW,
    data: {
      op: 'upsert',
      company: 'usmf',
      customer: 'C-1',
      record: 'w-1',
      version: '5',
      causedBy: 'c-9',
      row,
      ...more,
    },
  });
  const activity = { number: 'W-1', category: 'task', purpose: 'Call', closed: false };
  const status = {
    transaction: { source: SOURCE, record: '1' },
    status: 'disputed',
    changedAt: NOW,
  };

  test('of an activity or a status becomes a row of its own that names the command', () => {
    const { erp } = erpOver(':memory:');
    const answer = erp.takeOver(announced('activity', activity));
    expect(answer).toMatchObject({
      outcome: null,
      events: [{ source: '/erp/sample/1', data: { causedBy: 'c-9', row: activity } }],
    });
    expect(erp.takeOver(announced('activity', activity))).toEqual(answer);

    const statusAnswer = erp.takeOver({ ...announced('collectionsStatus', status), id: 'e-2' });
    expect(statusAnswer.events).toMatchObject([
      { type: 'erp.collectionsStatus.changed.v1', data: { row: { transaction: '1' } } },
    ]);
    expect(Object(statusAnswer.events[0]?.['data']).record).not.toBe(
      Object(answer.events[0]?.['data']).record,
    );
  });

  test('of a closing closes the activity, the ERP’s own or one it took over', () => {
    const { erp } = erpOver(':memory:');
    const taken = erp.takeOver(announced('activity', activity));
    const own = String(Object(taken.events[0]?.['data']).record);
    const closing = (source: string, record: string, id: string) => {
      const about = { ...activity, activity: { source, record } };
      const row = { ...about, closed: true, closedAt: NOW, closedBy: '000101' };
      return { ...announced('activity', row, { causedBy: id }), id };
    };

    const first = erp.takeOver(closing('/workspace', 'w-1', 'e-2'));
    expect(first.events).toMatchObject([
      {
        data: {
          record: own,
          causedBy: 'e-2',
          row: { ...activity, closed: true, closedAt: NOW, closedBy: '000101' },
        },
      },
    ]);
    expect(Object(first.events[0]?.['data']).row).not.toHaveProperty('activity');
    const second = erp.takeOver(closing(SOURCE, own, 'e-3'));
    expect(second.events).toMatchObject([{ data: { record: own, causedBy: 'e-3' } }]);
    expect(erp.takeOver(closing('/workspace', 'w-2', 'e-4')).events).toEqual([]);
    expect(erp.takeOver(closing(SOURCE, '404', 'e-5')).events).toEqual([]);
  });

  test.each([
    ['another entity', announced('contact', {})],
    ['a delete', announced('activity', activity, { op: 'delete' })],
    ['what no command caused', announced('activity', activity, { causedBy: undefined })],
    ['another customer', announced('activity', activity, { customer: 'C-2' })],
    [
      'a transaction of another ERP',
      announced('collectionsStatus', { ...status, transaction: { source: '/erp/x', record: '1' } }),
    ],
    ['no event', null],
  ])('comes to nothing: %s', (_what, message) => {
    expect(erpOver(':memory:').erp.takeOver(message).events).toEqual([]);
  });
});
