import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerDocument } from './customer-document.ts';
import { advanceHeader, EMPTY_HEADER, type Header, type Maxima } from './header.ts';
import { decodeHeader, encodeHeader } from './header-document.ts';
import { derive } from './transaction.ts';

const IDENTITY = { pk: 'c|k', company: 'c', customer: 'k' };

function profile(record: string, time: string, name: string | null): CustomerDocument {
  const row = name === null ? null : { name };
  const parts = { main: { epoch: '1', version: '1', time, row } };
  const id = `customer|a|${record}`;
  return { id, pk: 'c|k', kind: 'customer', source: '/a', record, parts, changedAt: time };
}

function invoice(record: string, time: string, transactionDate: string | null): CustomerDocument {
  const fields = {
    type: 'invoice',
    voucher: 'V',
    currency: 'USD',
    amount: '1.00',
    transactionDate,
  };
  const row = transactionDate === null ? null : fields;
  const parts = { main: { epoch: '1', version: '1', time, row } };
  return derive({
    id: `transaction|a|${record}`,
    pk: 'c|k',
    source: '/a',
    record,
    parts,
    changedAt: time,
    settled: {},
    installments: {},
    status: null,
  });
}

const time = fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04');
const record = fc.constantFrom('1', '2', '3');
const document: fc.Arbitrary<CustomerDocument> = fc.oneof(
  fc.tuple(record, time, fc.constantFrom('A', 'B', null)).map((some) => profile(...some)),
  fc.tuple(record, time, fc.option(time)).map((some) => invoice(...some)),
);

/** What a store would tell of all documents but one. */
function maximaOf(others: readonly CustomerDocument[]): Required<Maxima> {
  const last = <T>(values: readonly T[], weight: (value: T) => string | number) =>
    values.toSorted((a, b) => (weight(a) < weight(b) ? -1 : 1)).at(-1) ?? null;
  const profiles = others.flatMap((one) => {
    const row = one.kind === 'customer' ? (one.parts['main']?.row ?? null) : null;
    const { source, record: key, changedAt } = one;
    return row === null || changedAt === null ? [] : [{ source, record: key, changedAt, row }];
  });
  const days = others.flatMap((one) =>
    one.kind === 'transaction' && one.transactionOn !== null ? [one.transactionOn] : [],
  );
  return {
    updatedAt: last(
      others.flatMap(({ changedAt }) => changedAt ?? []),
      String,
    ),
    latestTransactionOn: last(days, Number),
    profile: last(profiles, ({ changedAt, record: key }) => `${changedAt} ${key}`),
  };
}

describe('the greatest values of a header', () => {
  test('are those of all documents, and the store is asked only for what was lost', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 12 }), (told) => {
        let header: Header = EMPTY_HEADER;
        const documents = new Map<string, CustomerDocument>();
        for (const after of told) {
          const before = documents.get(after.id) ?? null;
          documents.delete(after.id);
          const others = maximaOf([...documents.values()]);
          const changes = [{ before, after }];
          const first = advanceHeader(header, changes, {});
          const needed = first.kind === 'needs' ? first.maxima : [];
          const asked = Object.fromEntries(needed.map((name) => [name, others[name]]));
          const advance = first.kind === 'needs' ? advanceHeader(header, changes, asked) : first;
          if (advance.kind === 'needs') throw new Error('asked twice');
          documents.set(after.id, after);
          const expected = maximaOf([...documents.values()]);
          const { updatedAt, latestTransactionOn, profile: found } = advance.header;
          expect({ updatedAt, latestTransactionOn, profile: found }).toEqual(expected);
          header = advance.header;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('are not asked for while they grow', () => {
    const [older, newer] = [
      invoice('1', '2026-01-01', '2026-01-01'),
      invoice('1', '2026-01-02', '2026-01-03'),
    ];
    const first = advanceHeader(EMPTY_HEADER, [{ before: null, after: older }], {});
    if (first.kind === 'needs') throw new Error('asked');
    expect(advanceHeader(first.header, [{ before: older, after: newer }], {}).kind).toBe(
      'advanced',
    );
  });

  test('are asked for when their holder loses them', () => {
    const [newer, deleted] = [
      invoice('1', '2026-01-02', '2026-01-03'),
      invoice('1', '2026-01-04', null),
    ];
    const first = advanceHeader(EMPTY_HEADER, [{ before: null, after: newer }], {});
    if (first.kind === 'needs') throw new Error('asked');
    expect(advanceHeader(first.header, [{ before: newer, after: deleted }], {})).toEqual({
      kind: 'needs',
      maxima: ['latestTransactionOn'],
    });
  });
});

describe('a header', () => {
  test('counts, grows by one, and knows the newest version of each source', () => {
    const advance = advanceHeader(
      EMPTY_HEADER,
      [
        { before: null, after: invoice('1', '2026-01-02', '2026-01-03') },
        { before: null, after: profile('1', '2026-01-01', 'A') },
        { before: null, after: profile('2', '2026-01-01', null) },
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
    expect(decodeHeader(stored.header, stored.years.toReversed())).toEqual(header);
  });
});
