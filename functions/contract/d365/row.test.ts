import { describe, expect, test } from 'vitest';
import { checkRow, type Origin } from './row.ts';
import { readRows } from './request-body.ts';

const FOLDER = '2026-04-30T10.15.00Z';
const ID = '00004951-0000-0000-5e1a-005001000000';

function origin(table: string, folder: string | null = FOLDER): Origin {
  return { source: '/erp/d365/contoso', epoch: '1', table, folder };
}

const VERSIONED = {
  Id: ID,
  versionnumber: '9100000000000001',
  SinkModifiedOn: '4/14/2026 8:21:50 PM',
};

const TRANSACTION = {
  ...VERSIONED,
  recid: '9007199254740993',
  dataareaid: 'USMF',
  accountnum: 'US-001',
  transtype: '8',
  voucher: 'V-1',
  invoice: 'I-1',
  transdate: '2026-04-01T00:00:00.0000000',
  duedate: '5/1/2026 12:00:00 AM',
  documentdate: '1900-01-01T00:00:00.0000000',
  closed: '1/1/1900 12:00:00 AM',
  currencycode: 'USD',
  amountcur: '120.000000',
};

function told(table: string, row: object, folder: string | null = FOLDER) {
  const checked = checkRow(row, origin(table, folder));
  if ('rejection' in checked) throw new Error(JSON.stringify(checked.rejection));
  return checked.change;
}

function rejection(table: string, row: object, folder: string | null = FOLDER) {
  const checked = checkRow(row, origin(table, folder));
  return 'rejection' in checked ? checked.rejection : 'accepted';
}

describe('checkRow', () => {
  test('reads dates as days, empty ones as none, and times of the lake as UTC', () => {
    const row = told('custtrans', TRANSACTION);

    expect(row.time).toBe('2026-04-14T20:21:50.000Z');
    expect(row.told?.row).toEqual({
      type: 'invoice',
      number: 'I-1',
      voucher: 'V-1',
      transactionDate: '2026-04-01',
      dueDate: '2026-05-01',
      currency: 'USD',
      amount: '120.000000',
    });
    expect(row.told?.target).toMatchObject({
      place: { company: 'usmf', customer: 'US-001', link: null },
      record: '9007199254740993',
    });
  });

  test('orders by folder, then row version; a delete without one is before all of its folder', () => {
    const gone = { Id: ID, IsDelete: 'True' };
    const versionOf = (row: object, folder: string | null) =>
      BigInt(told('custtrans', row, folder).version);
    const later = '2026-04-30T10.30.00Z';

    expect(versionOf(gone, FOLDER)).toBeLessThan(versionOf(TRANSACTION, FOLDER));
    expect(versionOf(gone, later)).toBeGreaterThan(versionOf(TRANSACTION, FOLDER));
    expect(versionOf(TRANSACTION, later)).toBeGreaterThan(versionOf(gone, later));
    expect(versionOf(TRANSACTION, null)).toBe(9_100_000_000_000_001n);
    expect(told('custtrans', gone).told).toBeNull();
  });

  test.each([
    ['2', '5', 'invoice'],
    ['6', '-5', 'creditNote'],
    ['15', '5', 'payment'],
    ['7', '5', 'interest'],
    ['13', '5', 'collectionFee'],
    ['24', '-5', 'other'],
    ['0', '5', 'invoice'],
    ['0', '-5', 'payment'],
    ['99', '-5', 'payment'],
  ])('reads the type %s of %s as %s', (transtype, amountcur, type) => {
    const row = told('custtrans', { ...TRANSACTION, transtype, amountcur });
    expect(row.told?.row).toMatchObject({ type });
  });

  test.each([
    ['no id', 'custtrans', { Id: '' }, 'missing', '/id'],
    ['no version', 'custtrans', { versionnumber: '' }, 'missing', '/versionnumber'],
    [
      'a strange version',
      'custtrans',
      { versionnumber: '1.5' },
      'version-invalid',
      '/versionnumber',
    ],
    ['no customer', 'custtrans', { accountnum: '' }, 'missing', '/accountnum'],
    ['no company', 'custtrans', { dataareaid: null }, 'missing', '/dataareaid'],
    ['an amount in words', 'custtrans', { amountcur: 'much' }, 'amount-format', '/amountcur'],
    ['too precise', 'custtrans', { amountcur: '1.005000' }, 'amount-precision', '/amountcur'],
    [
      'a strange currency',
      'custtrans',
      { currencycode: 'usd' },
      'currency-unknown',
      '/currencycode',
    ],
    ['no such day', 'custtrans', { transdate: '2026-02-30' }, 'date-invalid', '/transdate'],
    ['a RecId in words', 'custtrans', { recid: 'x' }, 'format', '/recid'],
    ['a long account', 'custtrans', { accountnum: 'a'.repeat(65) }, 'too-long', '/accountnum'],
    ['a nested value', 'custtrans', { txt: { a: 1 } }, 'invalid', '/txt'],
    [
      'an unknown status',
      'custdispute',
      { custtrans: '1', status: '9' },
      'value-unknown',
      '/status',
    ],
    ['nobody', 'contactperson', {}, 'missing', '/contactforparty'],
  ])('refuses a row with %s', (_, table, columns, code, pointer) => {
    const of = { ...TRANSACTION, modifieddatetime: '2026-04-14T00:00:00Z' };
    expect(rejection(table, { ...of, ...columns })).toMatchObject({ code, pointer });
  });

  test('refuses a row whose links would be longer than a partition key', () => {
    const long = '\u6f22'.repeat(64);
    const row = { ...TRANSACTION, accountnum: long, invoice: long, voucher: long };
    expect(rejection('custtrans', { ...row, dataareaid: '\u6f22'.repeat(32) })).toMatchObject({
      code: 'too-long',
    });
    expect(rejection('custtrans', { ...TRANSACTION, accountnum: long })).toBe('accepted');
  });

  test('refuses a delete of which neither version nor folder is known', () => {
    expect(rejection('custtrans', { Id: ID, IsDelete: 'True' }, null)).toMatchObject({
      code: 'missing',
      pointer: '/versionnumber',
    });
  });

  test('has no amount wait for a currency that none could fit', () => {
    const open = { ...TRANSACTION, refrecid: '1', amountcur: '20000000000.00' };
    expect(rejection('custtransopen', open)).toBe('accepted');
    expect(rejection('custtransopen', { ...open, amountcur: '1.00005' })).toMatchObject({
      code: 'amount-precision',
      pointer: '/amountcur',
    });
  });
});

describe('readRows', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const read = (type: string, text: string) => readRows(type, bytes(text), origin('custtrans'));
  const numbers = '{"Id":"a","versionnumber":9007199254740995,"IsDelete":true}';

  test('keeps numbers beyond 2^53 as they were written', () => {
    for (const [type, text] of [
      ['application/json', numbers],
      ['application/json', `[${numbers}]`],
      ['application/x-ndjson; charset=utf-8', `${numbers}\n\n`],
      ['text/csv', 'Id,versionnumber,IsDelete,Extra\na,9007199254740995,True\n'],
    ] as const) {
      const found = read(type, text);
      if ('problem' in found) throw new Error(found.problem.kind);
      const [row, ...more] = found.rows;
      expect(more).toEqual([]);
      expect(row).toMatchObject({
        id: 'a',
        change: { version: '202604301015000009007199254740995' },
      });
    }
  });

  test.each([
    ['text/plain', 'x', 'unsupported-content-type'],
    ['application/json', '{', 'malformed-json'],
    ['text/csv', 'a,b\n1,2,3\n', 'malformed-csv'],
    ['text/csv', 'a,b\n"1,2\n', 'malformed-csv'],
    ['application/x-ndjson', '{"a":1}\n{', 'malformed-json'],
    ['application/json', `${'['.repeat(30)}${']'.repeat(30)}`, 'nesting-too-deep'],
    ['application/json', JSON.stringify([{ a: 'x'.repeat(70_000) }]), 'request-too-large'],
    [
      'application/json',
      JSON.stringify(Array.from({ length: 5_001 }, () => ({}))),
      'request-too-large',
    ],
  ])('takes nothing of %s that cannot be taken as a whole', (type, text, kind) => {
    expect(read(type, text)).toMatchObject({ problem: { kind } });
  });

  test('refuses what is no row by itself', () => {
    const found = read('application/json', '[1, null, [], {"__proto__": "x"}]');
    if ('problem' in found) throw new Error(found.problem.kind);
    expect(found.rows.map((row) => ('rejection' in row ? row.rejection.code : 'accepted'))).toEqual(
      ['type-mismatch', 'type-mismatch', 'type-mismatch', 'key-forbidden'],
    );
  });
});
