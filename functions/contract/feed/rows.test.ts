import { describe, expect, test } from 'vitest';
import { COMPANY_ENTITIES, type FeedEntity } from '../../../domain/change.ts';
import { WHOLE_ROWS as ROWS } from '../../../test/support/whole-rows.ts';
import { checkEvent } from './event.ts';

const ENTITIES = [
  'company',
  'agingDefinition',
  'pool',
  'agent',
  'customer',
  'transaction',
  'installment',
  'settlement',
  'collectionsStatus',
  'contact',
  'collectionLetter',
  'activity',
  'poolMember',
] as const satisfies readonly FeedEntity[];
const REQUIRED: Readonly<Record<FeedEntity, readonly string[]>> = {
  company: ['name', 'accountingCurrency', 'timeZone'],
  agingDefinition: ['id', 'name', 'agedBy', 'buckets'],
  pool: ['id', 'description'],
  agent: ['worker', 'name', 'user', 'pools'],
  customer: ['name'],
  transaction: ['type', 'voucher', 'transactionDate', 'currency', 'amount'],
  installment: ['transaction', 'dueDate', 'open', 'currency'],
  settlement: ['transaction', 'date', 'currency', 'amount'],
  collectionsStatus: ['transaction', 'status', 'changedAt'],
  contact: ['name'],
  collectionLetter: ['number', 'code', 'status', 'currency', 'amount'],
  activity: ['number', 'category', 'purpose', 'closed'],
  poolMember: ['pool'],
};

function check(entity: FeedEntity, row: object, facet = 'main') {
  const ofCompany = COMPANY_ENTITIES.some((one) => one === entity);
  const owner = ofCompany ? { company: 'usmf' } : { company: 'usmf', customer: 'C-1' };
  const event = {
    specversion: '1.0',
    id: 'e',
    source: '/erp/a/1',
    type: `erp.${entity}.changed.v1`,
    time: '2026-04-30T10:00:00Z',
    data: { op: 'upsert', ...owner, record: 'r', version: '1', facet, row },
  };
  return checkEvent(event);
}

function rejectionOf(entity: FeedEntity, row: object, facet = 'main') {
  const checked = check(entity, row, facet);
  return 'rejection' in checked ? checked.rejection : null;
}

describe.each(ENTITIES)('a row of %s', (entity) => {
  const row = ROWS[entity];
  const fields = Object.keys(row);

  test('is taken whole, with fields the contract does not know', () => {
    const more = { ...row, somethingElse: [1] };
    expect(check(entity, more)).toMatchObject({ change: { row: more } });
  });

  test('may leave out, or null, what is not required', () => {
    const least = Object.fromEntries(REQUIRED[entity].map((field) => [field, row[field]]));
    expect(rejectionOf(entity, least)).toBeNull();
    const nulls = Object.fromEntries(fields.map((field) => [field, null]));
    expect(rejectionOf(entity, { ...nulls, ...least })).toBeNull();
  });

  test.each(REQUIRED[entity])('without %s is rejected', (field) => {
    const { [field]: _, ...rest } = row;
    expect(rejectionOf(entity, rest)).toMatchObject({
      code: 'missing',
      pointer: `/data/row/${field}`,
      detail: 'This is required.',
    });
    expect(rejectionOf(entity, { ...row, [field]: null })?.pointer).toBe(`/data/row/${field}`);
  });

  test.each(fields)('with %s of another type is rejected there', (field) => {
    for (const wrong of [{ a: 1 }, [[]]]) {
      const rejection = rejectionOf(entity, { ...row, [field]: wrong });
      expect(rejection?.pointer.startsWith(`/data/row/${field}`) ?? false).toBe(
        !(field === 'features' && !Array.isArray(wrong)),
      );
    }
  });
});

describe('a wrong field', () => {
  const cases: readonly [FeedEntity, object, string, string][] = [
    ['transaction', { type: 'bill' }, 'value-unknown', 'type'],
    ['transaction', { transactionDate: '2026-02-30' }, 'date-invalid', 'transactionDate'],
    ['transaction', { dueDate: '' }, 'date-invalid', 'dueDate'],
    ['transaction', { currency: 'usd' }, 'currency-unknown', 'currency'],
    ['transaction', { amount: '1.005' }, 'amount-precision', 'amount'],
    ['transaction', { amount: '1,00' }, 'amount-format', 'amount'],
    ['transaction', { amount: 120 }, 'type-mismatch', 'amount'],
    ['transaction', { settled: '0.001' }, 'amount-precision', 'settled'],
    ['transaction', { amountAccounting: '1.00001' }, 'amount-precision', 'amountAccounting'],
    ['transaction', { amountAccounting: 'x' }, 'amount-format', 'amountAccounting'],
    ['transaction', { settledAccounting: '1e5' }, 'amount-format', 'settledAccounting'],
    ['transaction', { canceled: 'no' }, 'type-mismatch', 'canceled'],
    ['transaction', { voucher: 'v'.repeat(65) }, 'too-long', 'voucher'],
    ['transaction', { amount: '120.01' }, 'installments-sum', 'installments'],
    ['installment', { open: '0.001' }, 'amount-precision', 'open'],
    ['settlement', { amount: '0.5' }, 'amount-precision', 'amount'],
    ['settlement', { offset: '' }, 'too-short', 'offset'],
    ['settlement', { offsetAmount: '0.00001' }, 'amount-precision', 'offsetAmount'],
    ['settlement', { reversed: '0000-00-00' }, 'date-invalid', 'reversed'],
    ['collectionsStatus', { status: 'promised' }, 'value-unknown', 'status'],
    ['collectionsStatus', { changedAt: '2026-05-01' }, 'timestamp-invalid', 'changedAt'],
    ['collectionsStatus', { currency: null }, 'missing', 'currency'],
    ['collectionsStatus', { amount: '1.005' }, 'amount-precision', 'amount'],
    ['company', { timeZone: 'Mars/Olympus' }, 'time-zone-unknown', 'timeZone'],
    ['company', { accountingCurrency: 'XXX' }, 'currency-unknown', 'accountingCurrency'],
    ['company', { accountingCurrency: 'CLF' }, 'currency-unsupported', 'accountingCurrency'],
    ['customer', { creditLimitType: 'some' }, 'value-unknown', 'creditLimitType'],
    ['customer', { riskScore: '12' }, 'type-mismatch', 'riskScore'],
    ['agingDefinition', { agedBy: 'age' }, 'value-unknown', 'agedBy'],
  ];

  test.each(cases)('of %s, %j, is named: %s at %s', (entity, wrong, code, field) => {
    expect(rejectionOf(entity, { ...ROWS[entity], ...wrong })).toMatchObject({
      code,
      pointer: `/data/row/${field}`,
    });
  });

  test('of an installment is named with its place', () => {
    const installments = [
      { dueDate: '2026-05-01', amount: '120.00' },
      { dueDate: '2026-06-01', amount: '-0.00' },
      { dueDate: '2026-06-31', amount: '0' },
    ];
    const row = { ...ROWS.transaction, installments };
    expect(rejectionOf('transaction', row)?.pointer).toBe('/data/row/installments/2/dueDate');
    const valid = installments.map((term) => ({ ...term, dueDate: '2026-06-30' }));
    expect(rejectionOf('transaction', { ...row, installments: valid })).toBeNull();
    const signs = [...valid, { dueDate: '2026-06-30', amount: '-1' }];
    expect(rejectionOf('transaction', { ...row, installments: signs })).toMatchObject({
      code: 'installments-sum',
      pointer: '/data/row/installments/3/amount',
    });
    const precise = [{ dueDate: '2026-06-30', amount: '120.001' }];
    expect(rejectionOf('transaction', { ...row, installments: precise })).toMatchObject({
      code: 'amount-precision',
      pointer: '/data/row/installments/0/amount',
    });
  });
});

describe('buckets', () => {
  const withBuckets = (...bounds: readonly (readonly [number | null, number | null])[]) => ({
    ...ROWS.agingDefinition,
    buckets: bounds.map(([from, to], index) => ({ label: `b${index}`, from, to })),
  });

  test.each([
    ['a gap', withBuckets([null, 0], [2, null]), 'Ages from 1 to 1 days are in no bucket.'],
    ['an overlap', withBuckets([null, 1], [1, null]), '"b0" and "b1" overlap.'],
  ])('with %s are rejected by name', (_, row, detail) => {
    expect(rejectionOf('agingDefinition', row)).toEqual({
      code: 'buckets-coverage',
      pointer: '/data/row/buckets',
      detail,
    });
  });

  test('are at most twelve, of whole days', () => {
    const ends = Array.from({ length: 12 }, (_, index) => index);
    const bounds = [null, ...ends].map(
      (end, index) => [end === null ? null : end + 1, ends[index] ?? null] as const,
    );
    expect(rejectionOf('agingDefinition', withBuckets(...bounds))?.code).toBe('too-long');
    const twelve = [...bounds.slice(0, 11), [11, null] as const];
    expect(rejectionOf('agingDefinition', withBuckets(...twelve))).toBeNull();
    const half = withBuckets([null, 0.5], [1.5, null]);
    expect(rejectionOf('agingDefinition', half)?.pointer).toBe('/data/row/buckets/0/to');
  });
});

describe('a facet other than main', () => {
  test('tells some fields, but no amounts', () => {
    expect(rejectionOf('transaction', { dueDate: '2026-05-01' }, 'journal')).toBeNull();
    expect(rejectionOf('transaction', {}, 'journal')).toBeNull();
    for (const field of ['currency', 'amount', 'amountAccounting', 'settled', 'installments']) {
      const row = { [field]: ROWS.transaction[field] };
      expect(rejectionOf('transaction', row, 'journal')).toMatchObject({
        code: 'facet-money',
        pointer: `/data/row/${field}`,
      });
    }
  });

  test('is checked like main in what it tells', () => {
    expect(rejectionOf('transaction', { dueDate: 'soon' }, 'journal')).toMatchObject({
      code: 'date-invalid',
      pointer: '/data/row/dueDate',
    });
    expect(rejectionOf('transaction', { voucher: null }, 'journal')?.pointer).toBe(
      '/data/row/voucher',
    );
  });
});
