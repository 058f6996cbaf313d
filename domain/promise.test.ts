import { describe, expect, test } from 'vitest';
import { sha256 } from '../adapters/hash.ts';
import type { CustomerChange } from './change.ts';
import { parseDay } from './calendar.ts';
import type { CustomerDocument } from './customer-document.ts';
import { foldChange } from './fold-change.ts';
import type { JsonObject } from './json.ts';
import { liveItem } from './open-item.ts';
import { promiseOf, type PromiseToPay } from './promise.ts';

type Told = readonly [entity: CustomerChange['entity'], record: string, row: JsonObject];

const INVOICE: Told = [
  'transaction',
  'i',
  {
    type: 'invoice',
    voucher: 'V',
    transactionDate: '2026-01-01',
    currency: 'USD',
    amount: '100.00',
  },
];

const NOTHING_RELATED = { collectionsStatus: new Map(), settlement: new Map() };

function promise(row: JsonObject = {}): Told {
  const word = { transaction: 'i', status: 'promiseToPay', changedAt: '2026-02-01T10:00:00Z' };
  return ['collectionsStatus', 'p', { ...word, followUpDate: '2026-02-10', ...row }];
}

function payment(record: string, date: string, amount: string, more: JsonObject = {}): Told {
  return ['settlement', record, { transaction: 'i', date, currency: 'USD', amount, ...more }];
}

/** The promise on the invoice after all of this was told. */
function verdict(asOf: string, told: readonly Told[], timeZone = 'UTC'): PromiseToPay | null {
  const documents = new Map<string, CustomerDocument | null>();
  for (const [entity, record, row] of [INVOICE, ...told]) {
    const at = { source: '/a', epoch: '1', version: '1', facet: 'main', time: '2026-01-01' };
    const change = { ...at, entity, record, row, company: 'c', customer: 'k' };
    const known = new Map([
      [`${entity}|~2fa|${record}`, null],
      [`history|${entity}|~2fa|${record}|1|1`, null],
      ['transaction|~2fa|i', null],
      ...documents,
    ]);
    const folded = foldChange(change, 'c|k', known, NOTHING_RELATED, sha256);
    if (folded.kind !== 'folded') throw new Error(folded.kind);
    for (const [id, document] of folded.changed) documents.set(id, document);
  }
  const all = [...documents.values()].flatMap((document) => document ?? []);
  const item = all.flatMap((one) => (one.kind === 'transaction' ? (liveItem(one) ?? []) : []))[0];
  if (item === undefined) throw new Error('no invoice');
  const settlements = all.flatMap((one) => (one.kind === 'settlement' ? [one] : []));
  return promiseOf(item, settlements, parseDay(asOf) ?? 0, timeZone);
}

describe('a promise to pay', () => {
  test.each([
    ['open up to its day', '2026-02-10', [promise()], { paid: 0, verdict: 'open' }],
    ['broken the day after', '2026-02-11', [promise()], { paid: 0, verdict: 'broken' }],
    [
      'never broken without a day',
      '2027-01-01',
      [promise({ followUpDate: null })],
      { verdict: 'open' },
    ],
    [
      'kept when paid on the last day',
      '2026-03-01',
      [promise(), payment('s', '2026-02-10', '100.00')],
      { paid: 10_000, verdict: 'kept' },
    ],
    [
      'kept when paid on the day it was made',
      '2026-03-01',
      [promise(), payment('s', '2026-02-01', '100.00')],
      { paid: 10_000, verdict: 'kept' },
    ],
    [
      'broken when paid a day late',
      '2026-03-01',
      [promise(), payment('s', '2026-02-11', '100.00')],
      { paid: 0, verdict: 'broken' },
    ],
    [
      'broken when paid in part',
      '2026-03-01',
      [promise(), payment('s', '2026-02-05', '99.99')],
      { paid: 9_999, target: 10_000, verdict: 'broken' },
    ],
    [
      'about what was open when it was made',
      '2026-03-01',
      [promise(), payment('r', '2026-01-31', '60.00'), payment('s', '2026-02-05', '40.00')],
      { paid: 4_000, target: 4_000, verdict: 'kept' },
    ],
    [
      'about its own amount, if it has one',
      '2026-03-01',
      [promise({ amount: '25.00', currency: 'USD' }), payment('s', '2026-02-05', '25.00')],
      { paid: 2_500, target: 2_500, verdict: 'kept' },
    ],
    [
      'taken back when the payment is reversed',
      '2026-03-01',
      [promise(), payment('s', '2026-02-05', '100.00', { reversed: '2026-02-20' })],
      { paid: 0, verdict: 'broken' },
    ],
    [
      'kept until the day the payment is reversed',
      '2026-02-19',
      [promise(), payment('s', '2026-02-05', '100.00', { reversed: '2026-02-20' })],
      { paid: 10_000, verdict: 'kept' },
    ],
    [
      'open as of a day before it was paid',
      '2026-02-04',
      [promise(), payment('s', '2026-02-05', '100.00')],
      { paid: 0, verdict: 'open' },
    ],
    [
      'a promise also where the ERP has judged it',
      '2026-02-05',
      [promise({ status: 'promiseKept' })],
      { paid: 0, verdict: 'open' },
    ],
  ] as const)('is %s', (_, asOf, told, expected) => {
    expect(verdict(asOf, told)).toMatchObject(expected);
  });

  test('is kept since the day that reached the target, if no later one fell below', () => {
    const told = [
      promise(),
      payment('s1', '2026-02-03', '60.00'),
      payment('s2', '2026-02-05', '40.00'),
      payment('s3', '2026-02-06', '-1.00'),
      payment('s4', '2026-02-07', '1.00'),
      payment('s5', '2026-02-08', '1.00'),
    ];
    const keptOn = (asOf: string, some: readonly Told[]) => verdict(asOf, some)?.keptOn;
    expect(keptOn('2026-02-05', told)).toBe(parseDay('2026-02-05'));
    expect(keptOn('2026-02-06', told)).toBeNull();
    expect(keptOn('2026-03-01', told)).toBe(parseDay('2026-02-07'));
    const early = [promise(), payment('s', '2026-01-15', '100.00')];
    expect(keptOn('2026-03-01', early)).toBe(parseDay('2026-02-01'));
  });

  test('was made on the business date of the company', () => {
    const told = [
      promise({ changedAt: '2026-02-02T02:00:00Z' }),
      payment('s', '2026-02-01', '100.00'),
    ];
    expect(verdict('2026-03-01', told, 'America/Los_Angeles')).toMatchObject({
      verdict: 'kept',
      paid: 10_000,
    });
    expect(verdict('2026-03-01', told, 'Asia/Tokyo')).toMatchObject({ target: 0, paid: 0 });
  });

  test('is none where the status is another', () => {
    expect(verdict('2026-03-01', [promise({ status: 'disputed' })])).toBeNull();
    expect(verdict('2026-03-01', [])).toBeNull();
  });
});
