import { describe, expect, test } from 'vitest';
import { dayFrom } from '../../../domain/calendar.ts';
import { COMMAND_BYTES_MAX, RECORDS_PER_COMMAND_MAX } from './limits.ts';
import { readActivitiesToClose, readCommand, readNewActivity } from './request.ts';

function bytes(value: unknown): Uint8Array {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
}

/** What is wrong with a body: the kind, or code and place of a field; null for nothing. */
function wrong(body: unknown, read: typeof readNewActivity | typeof readCommand = readCommand) {
  const made = read(bytes(body));
  if (!('problem' in made)) return null;
  const { problem } = made;
  return problem.kind === 'body-invalid' ? [problem.code, problem.pointer] : problem.kind;
}

function command(body: unknown) {
  const read = readCommand(bytes(body));
  if ('problem' in read) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

const ON = dayFrom('2026-04-30');
const named = { source: null, record: '1' };
const activity = { category: 'task', purpose: 'Call' };

describe('the commands of bodies', () => {
  test('a change of status', () => {
    const promise = {
      type: 'changeStatus',
      transactions: [{ record: '1' }, { source: '/erp/a', record: '2' }],
      status: 'promiseToPay',
      followUpDate: '2026-04-30',
      amount: '12.5',
      currency: 'USD',
      reason: 'PROM',
      note: 'said so',
      activity: { purpose: 'Called' },
    };
    expect(command(promise)).toEqual({
      type: 'changeStatus',
      transactions: [named, { source: '/erp/a', record: '2' }],
      status: 'promiseToPay',
      followUpOn: ON,
      amount: 1250,
      currency: 'USD',
      reason: 'PROM',
      note: 'said so',
      activity: { purpose: 'Called', type: null, startAt: null, endAt: null, memo: null },
    });
    const bare = { type: 'changeStatus', transactions: [{ record: '1' }], status: 'none' };
    expect(command({ ...bare, currency: 'USD', followUpDate: null })).toEqual({
      ...bare,
      transactions: [named],
      followUpOn: null,
      amount: null,
      currency: null,
      reason: null,
      note: null,
      activity: null,
    });
  });

  test('activities', () => {
    const made = {
      type: 'createActivity',
      ...activity,
      activityType: 'phone',
      startAt: null,
      endAt: null,
      responsible: null,
      memo: null,
    };
    expect(command({ type: 'createActivity', ...activity, activityType: 'phone' })).toEqual(made);
    const read = readNewActivity(bytes({ customer: 'C-1', ...activity, type: 'phone' }));
    expect(read).toEqual({ value: { customer: 'C-1', command: made } });
    expect(command({ type: 'closeActivities', activities: [{ record: '1' }] })).toEqual({
      type: 'closeActivities',
      activities: [named],
    });
    const several = { activities: [{ customer: 'C-1', source: '/workspace', record: '1' }] };
    expect(readActivitiesToClose(bytes(several))).toEqual({
      value: [{ customer: 'C-1', source: '/workspace', record: '1' }],
    });
  });

  test('money', () => {
    const at = { date: '2026-04-30' };
    const no = { reason: null, comment: null };
    expect(command({ type: 'nsfPayment', payment: { record: '1' }, ...at })).toEqual({
      type: 'nsfPayment',
      payment: named,
      on: ON,
      ...no,
    });
    const writeOff = { type: 'writeOff', transactions: [{ record: '1' }], reason: 'BAD' };
    expect(command({ ...writeOff, ...at, comment: 'so' })).toEqual({
      ...writeOff,
      transactions: [named],
      on: ON,
      comment: 'so',
    });
    const pair = { transaction: { record: '1' }, offset: { record: '2' }, amount: '1.5' };
    expect(command({ type: 'settle', ...at, settlements: [pair] })).toEqual({
      type: 'settle',
      on: ON,
      what: {
        kind: 'pairs',
        pairs: [
          {
            transaction: named,
            offset: { ...named, record: '2' },
            amount: '1.5',
            offsetAmount: null,
          },
        ],
      },
    });
    expect(command({ type: 'settle', ...at, automatic: { currency: 'USD' } })).toEqual({
      type: 'settle',
      on: ON,
      what: { kind: 'automatic', currency: 'USD' },
    });
  });

  test('reprints', () => {
    const statement = { kind: 'statement', from: '2026-04-30', to: '2026-04-30' };
    expect(command({ type: 'reprint', document: statement })).toEqual({
      type: 'reprint',
      document: { kind: 'statement', from: ON, to: ON },
    });
    expect(command({ type: 'reprint', document: { kind: 'invoice', record: '1' } })).toEqual({
      type: 'reprint',
      document: { kind: 'invoice', name: named },
    });
  });
});

describe('what is wrong with a body', () => {
  const status = { type: 'changeStatus', transactions: [{ record: '1' }], status: 'none' };
  const settle = { type: 'settle', date: '2026-04-30' };
  const pair = { transaction: { record: '1' }, offset: { record: '2' } };
  const ends = { startAt: '2026-04-30T10:00:00Z', endAt: '2026-04-30T11:59:59+02:00' };

  test.each([
    ['no JSON', '{', 'malformed-json'],
    ['too large', ' '.repeat(COMMAND_BYTES_MAX + 1), 'request-too-large'],
    ['another type', { type: 'refund' }, ['invalid', '/type']],
    ['a field spelled wrong', { ...status, followupDate: '2026-04-30' }, ['invalid', '']],
    ['no transaction', { ...status, transactions: [] }, ['too-short', '/transactions']],
    [
      'too many',
      {
        ...status,
        transactions: Array.from({ length: RECORDS_PER_COMMAND_MAX + 1 }, () => ({ record: '1' })),
      },
      ['too-long', '/transactions'],
    ],
    [
      'an amount of nothing',
      { ...status, amount: '0.00', currency: 'USD' },
      ['amount-not-positive', '/amount'],
    ],
    ['an amount without currency', { ...status, amount: '1' }, ['missing', '/currency']],
    [
      'too fine an amount',
      { ...status, amount: '0.5', currency: 'JPY' },
      ['amount-precision', '/amount'],
    ],
    ['broken text', { ...status, note: '\ud800' }, ['text-invalid', '/note']],
    ['ends early', { type: 'createActivity', ...activity, ...ends }, ['ends-early', '/endAt']],
    [
      'no reason',
      { type: 'writeOff', date: '2026-04-30', transactions: [{ record: '1' }] },
      ['missing', '/reason'],
    ],
    [
      'no such day',
      { ...settle, date: '2026-02-30', automatic: { currency: 'USD' } },
      ['date-invalid', '/date'],
    ],
    ['neither', settle, ['either-or', '/settlements']],
    [
      'both',
      { ...settle, settlements: [pair], automatic: { currency: 'USD' } },
      ['either-or', '/settlements'],
    ],
    [
      'a negative amount',
      { ...settle, settlements: [pair, { ...pair, amount: '-1' }] },
      ['amount-not-positive', '/settlements/1/amount'],
    ],
    [
      'another document',
      { type: 'reprint', document: { kind: 'order' } },
      ['invalid', '/document/kind'],
    ],
  ])('%s', (_, body, problem) => {
    expect(wrong(body)).toEqual(problem);
  });

  test('a new activity without its customer', () => {
    expect(wrong(activity, readNewActivity)).toEqual(['missing', '/customer']);
    expect(wrong({ customer: 'C-1', ...activity, ...ends }, readNewActivity)).toEqual([
      'ends-early',
      '/endAt',
    ]);
  });
});
