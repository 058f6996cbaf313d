// Events as a careless feed might send them: nearly all of what they hold is valid, at its edges,
// and now and then it is anything at all. What is accepted of them must do no harm.
import fc from 'fast-check';
import type { JsonValue } from '../../domain/json.ts';
import { TRANSACTION_TYPES } from '../../domain/transaction-row.ts';

/** Anything that JSON can carry. */
export const anyJson: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.json({ maxDepth: 3 }).map((text): JsonValue => JSON.parse(text)),
  fc.constantFrom<JsonValue>(null, '', '0', -0, 1e308, [], {}, true),
);

/** Usually this, seldom something else, or not there at all. */
const mostly = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 60, arbitrary },
    { weight: 1, arbitrary: anyJson },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 20, arbitrary },
    { weight: 20, arbitrary: fc.constant(undefined) },
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: anyJson },
  );

const record = fc.constantFrom('t1', 't2', 't3', '5637144576', '/|~?#', '😀'.repeat(32));
const currency = fc.constantFrom('USD', 'USD', 'JPY', 'BHD', 'CLF');
const DATES = '1900-01-01 1979-12-31 2025-12-31 2026-01-01 2026-02-28 2059-12-31 2999-12-31';
const date = fc.constantFrom(...DATES.split(' '));
const instant = fc.constantFrom(
  '2026-01-01T00:00:00Z',
  '2026-03-29T02:30:00+01:00',
  '1900-01-01T00:00:00+14:00',
  '2999-12-31T23:59:60-12:00',
  '2026-01-01T00:00:00.123456Z',
);
const text = fc.string({ unit: 'grapheme', maxLength: 12 });

/** Amounts of at most this many digits before the point. */
const amountUpTo = (digits: number) =>
  fc
    .record({
      sign: fc.constantFrom('', '', '', '-'),
      whole: fc.oneof(fc.nat(2), fc.nat(10 ** digits - 1), fc.constant(10 ** digits - 1)),
      fraction: fc.constantFrom('', '', '', '.00', '.01', '.5', '.99', '.005', '.0001'),
    })
    .map(({ sign, whole, fraction }) => `${sign}${whole}${fraction}`);

type Rows = Readonly<Record<string, fc.Arbitrary<Record<string, unknown>>>>;

/** Rows about dealing with the customer: contacts, letters, activities. */
function correspondenceRows(amount: fc.Arbitrary<string>): Rows {
  return {
    contact: fc.record({
      name: mostly(fc.constantFrom('A', 'B')),
      role: maybe(fc.constantFrom('collections', 'primary', 'other')),
      order: maybe(fc.integer({ min: -5, max: 5 })),
      email: maybe(text),
    }),
    collectionLetter: fc.record({
      number: mostly(fc.constant('L-1')),
      code: mostly(fc.constant('1')),
      status: mostly(fc.constantFrom('created', 'posted', 'canceled')),
      postedDate: maybe(date),
      currency: mostly(currency),
      amount: mostly(amount),
      fee: maybe(amount),
      lines: maybe(
        fc.array(fc.record({ transaction: mostly(record), amount: mostly(amount) }), {
          maxLength: 2,
        }),
      ),
    }),
    activity: fc.record({
      number: mostly(fc.constant('A-1')),
      category: mostly(fc.constantFrom('task', 'appointment', 'event', 'action')),
      purpose: mostly(text),
      startAt: maybe(instant),
      endAt: maybe(instant),
      responsible: maybe(fc.constantFrom('w1', 'w2')),
      closed: mostly(fc.boolean()),
      closedAt: maybe(instant),
      memo: maybe(text),
    }),
  };
}

function rowsUpTo(digits: number): Rows {
  const amount = amountUpTo(digits);
  return {
    transaction: fc.record({
      type: mostly(fc.constantFrom(...TRANSACTION_TYPES)),
      voucher: mostly(fc.constantFrom('V', 'V-1')),
      transactionDate: mostly(date),
      documentDate: maybe(date),
      dueDate: maybe(date),
      currency: mostly(currency),
      amount: mostly(amount),
      amountAccounting: maybe(amount),
      settled: maybe(amount),
      settledAccounting: maybe(amount),
      closedDate: maybe(date),
      installments: maybe(
        fc.array(fc.record({ dueDate: mostly(date), amount: mostly(amount) }), { maxLength: 2 }),
      ),
      canceled: maybe(fc.boolean()),
      note: maybe(text),
    }),
    settlement: fc.record({
      transaction: mostly(record),
      offset: maybe(record),
      date: mostly(date),
      currency: mostly(currency),
      amount: mostly(amount),
      amountAccounting: maybe(amount),
      offsetAmount: maybe(amount),
      offsetAmountAccounting: maybe(amount),
      reversed: maybe(date),
    }),
    installment: fc.record({
      transaction: mostly(record),
      dueDate: mostly(date),
      open: mostly(amount),
      currency: mostly(currency),
    }),
    collectionsStatus: fc.record({
      transaction: mostly(record),
      status: mostly(fc.constantFrom('none', 'disputed', 'promiseToPay', 'promiseKept')),
      changedAt: mostly(instant),
      followUpDate: maybe(date),
      amount: maybe(amount),
      currency: maybe(currency),
      note: maybe(text),
    }),
    ...correspondenceRows(amount),
    customer: fc.record({
      name: mostly(fc.constantFrom('A', 'B')),
      creditLimit: maybe(amount),
      limitCurrency: maybe(currency),
      creditLimitType: maybe(fc.constantFrom('none', 'balance', 'balanceAndPackingSlips', 'all')),
      openOrders: maybe(amount),
      packingSlips: maybe(amount),
      creditLimitUnlimited: maybe(fc.boolean()),
      riskScore: maybe(fc.double({ noNaN: true, noDefaultInfinity: true })),
    }),
  };
}

const facet = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(undefined, null, 'main') },
  { weight: 2, arbitrary: fc.constantFrom('extra', 'dates', 'constructor', 'toString', 'valueOf') },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,6}$/) },
);

/** A part of a row, as facets tell it. */
const somePart = (row: Record<string, unknown>) =>
  fc
    .subarray(Object.keys(row))
    .map((keys) => Object.fromEntries(keys.map((key) => [key, row[key]])));

/** Events about customer `C-1` of company `usmf`, with amounts of at most so many digits. */
export function carelessEvent(digits: number): fc.Arbitrary<unknown> {
  const rows = rowsUpTo(digits);
  return fc
    .constantFrom(...Object.keys(rows), 'transaction', 'settlement', 'settlement')
    .chain((entity) => fc.tuple(fc.constant(entity), rows[entity] ?? fc.constant({}), facet))
    .chain(([entity, row, told]) =>
      fc.record({
        entity: fc.constant(entity),
        facet: fc.constant(told),
        row:
          told === undefined || told === null || told === 'main' ? fc.constant(row) : somePart(row),
        record: entity === 'transaction' ? record : fc.constantFrom('1', '2', '3'),
        version: fc.constantFrom('1', '2', '03', '9'.repeat(38)),
        source: fc.constantFrom('/erp/a/1', '/erp/a/2', '__proto__/1', 'constructor/007'),
        time: instant,
        isDelete: fc.nat(7),
        extra: fc.oneof(
          { weight: 9, arbitrary: fc.constant({}) },
          { weight: 1, arbitrary: anyJson },
        ),
      }),
    )
    .map(({ entity, row, isDelete, source, time, extra, ...data }) => {
      const op = isDelete === 0 ? { op: 'delete' } : { op: 'upsert', row: { ...row, extra } };
      const event = { specversion: '1.0', id: 'e', source, type: `erp.${entity}.changed.v1`, time };
      const all = { ...event, data: { company: 'usmf', customer: 'C-1', ...data, ...op } };
      // As a request brings it: nothing undefined, no negative zero.
      return JSON.parse(JSON.stringify(all));
    });
}
