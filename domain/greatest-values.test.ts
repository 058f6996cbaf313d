import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contactDocument, invoiceDocument, profileDocument } from '../test/support/documents.ts';
import { formatDay } from './calendar.ts';
import type { CustomerDocument } from './customer-document.ts';
import { type GreatestValues, greatestValues, NO_VALUES } from './greatest-values.ts';

const time = fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04');
const record = fc.constantFrom('1', '2', '3');
const contactRow = fc.record({
  name: fc.constantFrom('A', 'B'),
  role: fc.constantFrom('collections', 'other'),
  order: fc.constantFrom(1, 2),
});
const document: fc.Arbitrary<CustomerDocument> = fc.oneof(
  fc.tuple(record, time, fc.constantFrom('A', 'B', null)).map((some) => profileDocument(...some)),
  fc.tuple(record, time, fc.option(contactRow)).map((some) => contactDocument(...some)),
  fc
    .tuple(record, time, fc.option(time), fc.constantFrom('invoice' as const, 'payment' as const))
    .map((some) => invoiceDocument(...some)),
);

/** The last of some values by a weight that tells any two of them apart. */
function last<T>(values: readonly T[], weight: (value: T) => string): T | null {
  return values.toSorted((a, b) => (weight(a) < weight(b) ? -1 : 1)).at(-1) ?? null;
}

/** Which records hold the greatest values, worked out from all documents in the plainest way. */
function holdersOf(documents: readonly CustomerDocument[]) {
  const told = documents.flatMap((one) => {
    const part = one.parts['main'];
    return part === undefined ? [] : [{ ...one, time: part.time, row: part.row }];
  });
  const living = told.flatMap((one) => (one.row === null ? [] : [{ ...one, row: one.row }]));
  const of = (kind: string) => living.filter((one) => one.kind === kind);
  const dated = ({ row: { transactionDate: date } }: (typeof living)[number]) =>
    typeof date === 'string' ? date : '';
  const contacts = of('contact').toReversed();
  const order = (one: (typeof living)[number]) => `${9 - Number(one.row['order'])}`;
  const first = (some: typeof contacts) =>
    last(some, (one) => `${order(one)} ${9 - Number(one.record)}`)?.record ?? null;
  const payments = of('transaction').filter(({ row }) => row['type'] === 'payment');
  return {
    updatedAt: last(told, (one) => one.time)?.time ?? null,
    latest: last(of('transaction').map(dated), String),
    profile: last(of('customer'), (one) => `${one.time} ${one.record}`)?.record ?? null,
    payment: last(payments, (one) => `${dated(one)} ${one.record}`)?.id ?? null,
    collections: first(contacts.filter(({ row }) => row['role'] === 'collections')),
    first: first(contacts),
  };
}

function heldBy(values: GreatestValues) {
  const day = values.latestTransactionOn;
  return {
    updatedAt: values.updatedAt,
    latest: day === null ? null : formatDay(day),
    profile: values.profile?.record ?? null,
    payment: values.lastPayment?.id ?? null,
    collections: values.collectionsContact?.record ?? null,
    first: values.firstContact?.record ?? null,
  };
}

describe('the greatest values of a header', () => {
  test('are those of all documents, and the store is asked only for what was lost', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 12 }), (told) => {
        let values = NO_VALUES;
        const documents = new Map<string, CustomerDocument>();
        for (const after of told) {
          const stored = [...documents.values()];
          const changes = [{ before: documents.get(after.id) ?? null, after }];
          let found = greatestValues(values, changes, {});
          if (found.kind === 'lost') {
            const asked = Object.fromEntries(found.maxima.map((name) => [name, stored]));
            found = greatestValues(values, changes, asked);
          }
          if (found.kind === 'lost') throw new Error('asked twice');
          ({ values } = found);
          documents.set(after.id, after);
          expect(heldBy(values)).toEqual(holdersOf([...documents.values()]));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('are not asked for while they grow', () => {
    const [older, newer] = [
      invoiceDocument('1', '2026-01-01', '2026-01-01'),
      invoiceDocument('1', '2026-01-02', '2026-01-03'),
    ];
    const first = greatestValues(NO_VALUES, [{ before: null, after: older }], {});
    if (first.kind === 'lost') throw new Error('asked');
    expect(greatestValues(first.values, [{ before: older, after: newer }], {}).kind).toBe('found');
  });

  test('are asked for when their holder loses them', () => {
    const [newer, deleted] = [
      invoiceDocument('1', '2026-01-02', '2026-01-03'),
      invoiceDocument('1', '2026-01-04', null),
    ];
    const first = greatestValues(NO_VALUES, [{ before: null, after: newer }], {});
    if (first.kind === 'lost') throw new Error('asked');
    expect(greatestValues(first.values, [{ before: newer, after: deleted }], {})).toEqual({
      kind: 'lost',
      maxima: ['latestTransactionOn'],
    });
  });
});
