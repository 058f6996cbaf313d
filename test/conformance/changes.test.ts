import { describe, expect, test } from 'vitest';
import { type ConformanceCase, conformanceCases } from './cases.ts';
import { caseEvents, inCaseOrder } from './changes.ts';

const given = (changes: ConformanceCase['changes'], more: Partial<ConformanceCase> = {}) => ({
  id: 'x',
  title: 'x',
  now: '2026-04-30T12:00:00Z',
  timeZone: 'UTC',
  queries: [],
  accountingCurrency: 'USD',
  changes,
  ...more,
});

describe('the conformance cases', () => {
  test('all have a name of their own, changes and queries', () => {
    const cases = conformanceCases();

    expect(cases).toHaveLength(24);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(24);
    for (const { changes, queries } of cases) {
      expect(changes.length).toBeGreaterThan(0);
      expect(queries.length).toBeGreaterThan(0);
    }
  });
});

describe('caseEvents', () => {
  test('tells a row as it stands, at version 7, at the time of the case', () => {
    const row = { type: 'invoice', amount: '1.00', currency: 'USD' };

    const { customer } = caseEvents(given([{ entity: 'transaction', record: 'i', row }]), 'c', 'k');

    expect(customer).toEqual([
      {
        specversion: '1.0',
        id: 'c/k/transaction/i@7',
        source: '/erp/conformance/1',
        type: 'erp.transaction.changed.v1',
        time: '2026-04-30T12:00:00Z',
        datacontenttype: 'application/json',
        data: { op: 'upsert', company: 'c', customer: 'k', record: 'i', version: '7', row },
      },
    ]);
  });

  test('tells a delete without a row, at its own version', () => {
    const deleted = { entity: 'transaction', record: 'j', version: '9', op: 'delete' } as const;

    const [event] = caseEvents(given([deleted]), 'c', 'k').customer;

    expect(event?.data).toEqual({
      op: 'delete',
      company: 'c',
      customer: 'k',
      record: 'j',
      version: '9',
    });
  });

  test('gives a settlement the currency of its transaction, its offset, or the company', () => {
    const transaction = (record: string, currency: string) => ({
      entity: 'transaction',
      record,
      row: { currency },
    });
    const settlement = (row: Record<string, string>) => ({
      entity: 'settlement',
      record: 's',
      row,
    });
    const currencyOf = (row: Record<string, string>) => {
      const known = [transaction('i', 'EUR'), transaction('p', 'SEK')];
      return caseEvents(given([...known, settlement(row)]), 'c', 'k').customer.at(-1)?.data.row;
    };

    expect(currencyOf({ transaction: 'i', offset: 'p' })).toMatchObject({ currency: 'EUR' });
    expect(currencyOf({ transaction: '?', offset: 'p' })).toMatchObject({ currency: 'SEK' });
    expect(currencyOf({ transaction: '?' })).toMatchObject({ currency: 'USD' });
    expect(currencyOf({ transaction: 'i', currency: 'NOK' })).toMatchObject({ currency: 'NOK' });
  });

  test('keeps definitions apart from what belongs to the customer', () => {
    const definition = { entity: 'agingDefinition', record: 'five', row: { id: 'five' } };
    const invoice = { entity: 'transaction', record: 'i', row: {} };

    const events = caseEvents(given([definition, invoice]), 'c', 'k');

    expect(events.definitions.map(({ data }) => data.customer)).toEqual([undefined]);
    expect(events.customer.map(({ data }) => data.record)).toEqual(['i']);
  });
});

describe('inCaseOrder', () => {
  test('puts the company first, or last where the case says so', () => {
    const invoice = { entity: 'transaction', record: 'i', row: {} };
    const records = (one: ConformanceCase) =>
      inCaseOrder(caseEvents(one, 'c', 'k'), one).map(({ data }) => data.record);

    expect(records(given([invoice]))).toEqual(['company', 'i']);
    expect(records(given([invoice], { companyLast: true }))).toEqual(['i', 'company']);
  });
});
