import { describe, expect, test } from 'vitest';
import { invoiceDocument, profileDocument } from '../test/support/documents.ts';
import { advanceHeader, EMPTY_HEADER, type Header } from './header.ts';
import { decodeHeader, encodeHeader } from './header-document.ts';

const IDENTITY = { pk: 'c|k', company: 'c', customer: 'k' };

describe('a header', () => {
  test('counts, grows by one, and knows the newest version of each source', () => {
    const advance = advanceHeader(
      EMPTY_HEADER,
      [
        { before: null, after: invoiceDocument('1', '2026-01-02', '2026-01-03') },
        { before: null, after: profileDocument('1', '2026-01-01', 'A') },
        { before: null, after: profileDocument('2', '2026-01-01', null) },
      ],
      {},
    );
    expect(advance).toMatchObject({
      header: {
        revision: 1,
        records: 2,
        transactions: 1,
        sources: { '/a': { epoch: '1', version: '1' } },
        profile: { record: '1', row: { name: 'A' } },
      },
    });
  });

  test.each([366, 367])('with %d days comes back from its documents', (days) => {
    let header: Header = EMPTY_HEADER;
    const entries = new Map(
      Array.from({ length: days }, (_, index) => [
        20_000 + index,
        { count: 1, amount: index + 1, accounting: [index, 0, -5, 0] as const },
      ]),
    );
    header = { ...header, revision: 7, histogram: new Map([['USD|given|debit', entries]]) };
    const encoded = encodeHeader(header, IDENTITY);
    expect(encoded.years.length > 0).toBe(days > 366);
    expect(encoded.header.days === null).toBe(days > 366);
    const stored: typeof encoded = JSON.parse(JSON.stringify(encoded));
    const parts = { years: stored.years.toReversed(), insight: stored.insight };
    expect(decodeHeader(stored.header, parts)).toEqual(header);
  });

  test.each([36, 37])('with %d months comes back from its documents', (months) => {
    const sums = Array.from({ length: months }, (_, index) => {
      const measures = new Map([['invoice|USD|given', [1, index + 1]]]);
      return [24_000 + index, measures] as const;
    });
    const header: Header = { ...EMPTY_HEADER, revision: 7, months: new Map(sums) };
    const encoded = encodeHeader(header, IDENTITY);
    expect(encoded.insight !== null).toBe(months > 36);
    expect(encoded.header.insight).toBe(months > 36);
    expect(Object.keys(encoded.header.months)).toHaveLength(36);
    const stored: typeof encoded = JSON.parse(JSON.stringify(encoded));
    expect(decodeHeader(stored.header, stored)).toEqual(header);
  });
});
