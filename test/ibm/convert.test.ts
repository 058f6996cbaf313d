import { describe, expect, test } from 'vitest';
import { changesOfSample } from './convert.ts';

const HEADER =
  'countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,' +
  'Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate';
const LATE =
  '406,8976-AMJEO,3/3/2012,0007900770,1/26/2013,2/25/2013,61.74,Yes,3/3/2013,Electronic,36,6';
const EARLY = '391,0379-NEVHP,4/6/2013,0000611365,1/2/2013,2/1/2013,55.94,No,1/15/2013,Paper,13,0';

const convert = (...lines: string[]) => changesOfSample([HEADER, ...lines, ''].join('\n'));
const of = (entity: string, ...lines: string[]) =>
  convert(...lines).filter(({ type }) => type === `erp.${entity}.changed.v1`);

describe('changesOfSample', () => {
  test('opens one company and each customer once', () => {
    expect(of('company', LATE, EARLY).map(({ data }) => data)).toEqual([
      {
        op: 'upsert',
        company: 'ibm',
        record: 'company',
        version: '1',
        row: {
          name: 'IBM sample',
          accountingCurrency: 'USD',
          timeZone: 'UTC',
          usesPools: false,
        },
      },
    ]);
    expect(of('customer', LATE, EARLY, LATE).map(({ data }) => data.customer)).toEqual([
      '0379-NEVHP',
      '8976-AMJEO',
    ]);
  });

  test('tells an invoice with its dates and the leading zeros of its number', () => {
    const [invoice] = of('transaction', LATE);

    expect(invoice?.time).toBe('2013-01-26T12:00:00Z');
    expect(invoice?.data).toMatchObject({
      company: 'ibm',
      customer: '8976-AMJEO',
      record: 'i-0007900770',
      row: {
        type: 'invoice',
        number: '0007900770',
        amount: '61.74',
        currency: 'USD',
        transactionDate: '2013-01-26',
        dueDate: '2013-02-25',
      },
    });
  });

  test('tells a payment in full and its settlement on the day it was settled', () => {
    const [, payment] = of('transaction', LATE);
    const [settlement] = of('settlement', LATE);

    expect(payment?.data).toMatchObject({
      record: 'p-0007900770',
      row: { type: 'payment', amount: '-61.74', transactionDate: '2013-03-03' },
    });
    expect(settlement?.data.row).toEqual({
      transaction: 'i-0007900770',
      offset: 'p-0007900770',
      date: '2013-03-03',
      currency: 'USD',
      amount: '61.74',
    });
  });

  test('tells a dispute at noon of the invoice date, for disputed invoices only', () => {
    expect(of('collectionsStatus', LATE, EARLY).map(({ data }) => data.row)).toEqual([
      {
        transaction: 'i-0007900770',
        status: 'disputed',
        changedAt: '2013-01-26T12:00:00Z',
      },
    ]);
  });

  test.each([
    ['a date that does not exist', LATE.replace('2/25/2013', '2/30/2013'), '2/30/2013 is no date'],
    ['a lost leading zero', LATE.replace('0007900770', '7900770'), 'invoiceNumber is unexpected'],
    ['a quoted cell', LATE.replace('Yes', '"Yes"'), 'not twelve plain cells'],
    ['a missing cell', LATE.replace(',36,6', ',36'), 'not twelve plain cells'],
    ['an amount of three decimals', LATE.replace('61.74', '61.745'), 'InvoiceAmount is unexpected'],
  ])('refuses %s and names the line', (_what, line, reason) => {
    expect(() => convert(EARLY, line)).toThrow(`line 3: ${reason}`);
  });

  test('refuses a file with another header', () => {
    expect(() => changesOfSample('a,b\n1,2')).toThrow('not the one of the IBM sample');
  });

  test('reads a file with Windows line ends', () => {
    const text = [HEADER, LATE, ''].join('\r\n');

    expect(changesOfSample(text)).toEqual(convert(LATE));
  });
});
