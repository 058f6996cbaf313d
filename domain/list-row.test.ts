import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { companyOf } from '../test/support/companies.ts';
import { listRowOf } from '../test/support/list-rows.ts';
import { randomDefinition, randomHistogram } from '../test/support/random-histograms.ts';
import { type AgingDefinition, BUCKETS_MAX, DEFAULT_DEFINITION } from './aging-definition.ts';
import { EMPTY_HEADER } from './header.ts';
import type { Histogram } from './histogram.ts';
import {
  bucketOfRank,
  isCurrent,
  listDefinition,
  listKey,
  type ListRow,
  listRow,
  nameKey,
  NEVER_DUE,
} from './list-row.ts';
import { EVERY_CUSTOMER } from './listing.ts';

const TODAY = 20_545;

function rowFrom(histogram: Histogram, definition: AgingDefinition): ListRow {
  const header = { ...EMPTY_HEADER, histogram };
  const customer = { company: companyOf({}), customer: 'C-1', header };
  return listRow(EVERY_CUSTOMER, { ...customer, definition, byBasis: histogram, agedOn: TODAY });
}

function bucketsOf(row: ListRow): number[] {
  return Array.from({ length: BUCKETS_MAX }, (_, index) => row[`b${index}`] ?? Number.NaN);
}

describe('a row', () => {
  test('has as many buckets as any definition, which with the unapplied make up the balance', () => {
    const histogram = randomHistogram(TODAY - 60, TODAY + 60);
    fc.assert(
      fc.property(histogram, randomDefinition(90), (open, definition) => {
        const row = rowFrom(open, definition);
        const buckets = bucketsOf(row);
        const sum = buckets.reduce((total, amount) => total + amount, 0);
        expect(sum + row.unapplied).toBe(row.balance);
        expect(buckets.slice(definition.buckets.length).every((amount) => amount === 0)).toBe(true);
      }),
    );
  });

  test('names its oldest bucket by how old it is, whatever the order of the definition', () => {
    const histogram = randomHistogram(TODAY - 60, TODAY + 60);
    fc.assert(
      fc.property(histogram, randomDefinition(90), (open, definition) => {
        const row = rowFrom(open, definition);
        const bucket = bucketOfRank(definition, row.oldestRank);
        const filled = definition.buckets
          .map(({ from }, index) => ({ from: from ?? Number.NEGATIVE_INFINITY, index }))
          .filter(({ index }) => row[`b${index}`] !== 0)
          .toSorted((a, b) => b.from - a.from);
        expect(bucket).toBe(filled[0]?.index ?? null);
        expect(row.oldestAmount).toBe(bucket === null ? 0 : row[`b${bucket}`]);
      }),
    );
  });

  test('is overdue by what is due in a currency that nobody has told the value of', () => {
    const cell = { count: 1, amount: 100, accounting: [0, 0, 0, 0] as const };
    const late: Histogram = new Map([['EUR|missing|debit', new Map([[TODAY - 1, cell]])]]);
    expect(rowFrom(late, DEFAULT_DEFINITION)).toMatchObject({ isOverdue: true, overdue: 0 });
    const dueToday: Histogram = new Map([['EUR|missing|debit', new Map([[TODAY, cell]])]]);
    expect(rowFrom(dueToday, DEFAULT_DEFINITION)).toMatchObject({
      isOverdue: false,
      nextChangeOn: TODAY + 1,
    });
  });

  test('of a customer of whom nothing is known but that it exists is all zeros', () => {
    expect(listRowOf({})).toMatchObject({
      name: '',
      balance: 0,
      oldestRank: -1,
      oldestDueOn: NEVER_DUE,
      creditLimit: null,
      riskScore: null,
      nextChangeOn: null,
    });
  });
});

describe('ranks of buckets', () => {
  test('grow with age, from 0 for the youngest', () => {
    fc.assert(
      fc.property(randomDefinition(90), (definition) => {
        const { buckets } = definition;
        const byRank = buckets.map((_, rank) => bucketOfRank(definition, rank) ?? Number.NaN);
        const starts = byRank.map((index) => buckets[index]?.from ?? Number.NEGATIVE_INFINITY);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        expect(new Set(byRank).size).toBe(buckets.length);
        expect(bucketOfRank(definition, -1)).toBeNull();
        expect(bucketOfRank(definition, buckets.length)).toBeNull();
      }),
    );
  });
});

describe('the key of a list', () => {
  test('is another one for every company and pool', () => {
    const name = fc.string({ unit: fc.constantFrom('a', '|', '~', '7', 'ä', '/'), minLength: 1 });
    fc.assert(
      fc.property(name, name, name, name, (company, pool, otherCompany, otherPool) => {
        const isSame = company === otherCompany && pool === otherPool;
        expect(listKey(company, pool) === listKey(otherCompany, otherPool)).toBe(isSame);
        expect(listKey(company, EVERY_CUSTOMER)).not.toBe(listKey(otherCompany, otherPool));
      }),
    );
  });
});

describe('the definition of a list', () => {
  const own = { ...DEFAULT_DEFINITION, id: 'own' };
  const standard = { ...DEFAULT_DEFINITION, id: 'standard' };
  const pool = (id: string, agingDefinition: string | null) =>
    [id, { id, description: id, agingDefinition }] as const;
  const company = companyOf({
    definition: standard,
    definitions: new Map([own, standard].map((one) => [one.id, one])),
    pools: new Map([pool('north', 'own'), pool('south', null), pool('west', 'unknown')]),
  });

  test.each([
    ['north', own],
    ['south', standard],
    ['west', standard],
    ['nowhere', standard],
    [EVERY_CUSTOMER, standard],
  ])('of the pool “%s” is the pool’s if there is such, else the company’s', (id, definition) => {
    expect(listDefinition(company, id)).toBe(definition);
  });
});

describe('a name', () => {
  test('begins with whatever its key begins with the key of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (name, length) => {
        const beginning = Array.from(name).slice(0, length).join('');
        expect(nameKey(name).startsWith(nameKey(beginning))).toBe(true);
      }),
      { examples: [['ΟΔΟΣΑ', 4]] },
    );
  });

  test('is the same in any case', () => {
    expect(nameKey('Österreich AG')).toBe(nameKey('ÖSTERREICH ag'));
  });
});

describe('a stored row', () => {
  test.each([
    ['until the day it changes', { nextChangeOn: TODAY + 1 }, true],
    ['not on that day', { nextChangeOn: TODAY }, false],
    ['for ever where nothing moves', { nextChangeOn: null }, true],
    ['not once reference data have changed', { reference: 6 }, false],
    ['also where this one knows less of them', { reference: 8 }, true],
  ])('is what it should be %s', (_, stamps, expected) => {
    const row = listRowOf({ reference: 7, nextChangeOn: null, ...stamps });
    expect(isCurrent(row, companyOf({ listing: 7 }), TODAY)).toBe(expected);
  });
});
