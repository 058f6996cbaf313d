import { describe, expect, test } from 'vitest';
import type { CompanyView } from '../../application/open-company.ts';
import { EVERY_CUSTOMER } from '../../domain/listing.ts';
import { companyOf, NO_FRESHNESS } from '../../test/support/companies.ts';
import {
  agedColumns,
  FILTER_COLUMNS,
  HIGHEST_COLUMNS,
  readConditions,
  readListSort,
  readPool,
  readResponsible,
} from './list-query.ts';
import type { Read } from './query.ts';

function query(text: string): URLSearchParams {
  return new URLSearchParams(text);
}

/** What is wrong: the parameter, and what it takes. */
function problemOf(read: Read<unknown>): unknown {
  if (!('problem' in read) || read.problem.kind !== 'invalid-parameter') return null;
  return [read.problem.parameter, read.problem.allowed];
}

function viewOf(pools: readonly string[], seesAll: boolean): CompanyView {
  return {
    company: companyOf({}),
    businessDate: 20_545,
    seesAll,
    freshness: NO_FRESHNESS,
    pools: pools.map((id) => ({ id, description: id, agingDefinition: null })),
    defaultPool: pools[0] ?? null,
  };
}

describe('pool', () => {
  test.each([
    ['', ['north', 'east'], false, 'north'],
    ['pool=east', ['north', 'east'], false, 'east'],
    ['pool=*', ['north'], true, EVERY_CUSTOMER],
    ['', [], true, EVERY_CUSTOMER],
    ['', [], false, null],
  ])('“%s” of an agent with %j, all: %s, is %j', (text, pools, seesAll, expected) => {
    expect(readPool(query(text), viewOf(pools, seesAll))).toEqual({ value: expected });
  });

  test.each([
    ['pool=*', false, ['north', 'east']],
    ['pool=', false, ['north', 'east']],
    ['pool=south', true, ['north', 'east', '*']],
  ])('“%s” is refused where all: %s, and says which may be used', (text, seesAll, allowed) => {
    const view = viewOf(['north', 'east'], seesAll);
    expect(problemOf(readPool(query(text), view))).toEqual(['pool', allowed]);
  });
});

describe('sort', () => {
  test.each([
    ['sort=balance', { column: 'balance', descending: false }],
    ['sort=-name', { column: 'nameKey', descending: true }],
    ['sort=-bucket.5', { column: 'b5', descending: true }],
    ['sort=-oldestBucket', '-oldestBucket'],
    ['', null],
  ])('“%s” is %j', (text, expected) => {
    const read = readListSort(query(text), agedColumns(6), ['-oldestBucket']);
    expect(read).toEqual({ value: expected });
  });

  test.each(['sort=', 'sort=--balance', 'sort=Balance', 'sort=bucket.6', 'sort=nameKey', 'sort=-'])(
    '“%s” is refused, naming every column in both directions',
    (text) => {
      const problem = problemOf(readListSort(query(text), agedColumns(6), ['-oldestBucket']));
      const columns = agedColumns(6).flatMap(({ name }) => [name, `-${name}`]);
      expect(problem).toEqual(['sort', ['-oldestBucket', ...columns]]);
    },
  );
});

describe('conditions', () => {
  const columns = [...agedColumns(6), ...FILTER_COLUMNS];
  const read = (text: string, currency = 'USD') => readConditions(query(text), columns, currency);

  test.each([
    ['customer=C-', { column: 'customer', is: 'prefix', value: 'C-' }],
    ['name=FAB', { column: 'nameKey', is: 'prefix', value: 'fab' }],
    ['creditGroup=', { column: 'creditGroup', is: 'equal', value: '' }],
    ['balance.from=-1.5', { column: 'balance', is: 'from', value: -150 }],
    ['bucket.0.to=2', { column: 'b0', is: 'to', value: 200 }],
    ['oldestDueDate.to=1970-01-02', { column: 'oldestDueOn', is: 'to', value: 1 }],
  ])('“%s” is one on a column', (text, expected) => {
    expect(read(text)).toEqual({ value: [expected] });
  });

  test('come one for each parameter, in minor units of the company’s currency', () => {
    const both = read('unapplied.from=1&unapplied.to=2&riskGroup=high&other=ignored', 'JPY');
    expect(both).toMatchObject({ value: [{ value: 1 }, { value: 2 }, { value: 'high' }] });
  });

  test('are of numbers where a column holds such', () => {
    const score = readConditions(query('riskScore.to=-7.25'), HIGHEST_COLUMNS, 'USD');
    expect(score).toEqual({ value: [{ column: 'riskScore', is: 'to', value: -7.25 }] });
  });

  test.each([
    ['balance.from=1.005', 'balance.from'],
    ['balance.to=abc', 'balance.to'],
    ['bucket.1.from=', 'bucket.1.from'],
    ['oldestDueDate.from=2026-02-30', 'oldestDueDate.from'],
    [`creditGroup=${'x'.repeat(257)}`, 'creditGroup'],
    [`name=${'x'.repeat(257)}`, 'name'],
  ])('“%s” is refused, and says what is taken', (text, parameter) => {
    expect(problemOf(read(text))).toEqual([parameter, [expect.stringMatching(/^an? /)]]);
  });

  test('on a number are refused when it is none', () => {
    for (const text of ['1e9', 'NaN', '--1', '1.', '9'.repeat(16)]) {
      const refused = readConditions(query(`riskScore.from=${text}`), HIGHEST_COLUMNS, 'USD');
      expect(problemOf(refused)).toEqual(['riskScore.from', ['a number']]);
    }
  });
});

describe('responsible', () => {
  test('is the worker asked for, else the caller', () => {
    expect(readResponsible(query('responsible=w2'), 'w1')).toEqual({ value: 'w2' });
    expect(readResponsible(query(''), 'w1')).toEqual({ value: 'w1' });
    expect(readResponsible(query(''), null)).toEqual({ value: null });
  });

  test.each(['', 'x'.repeat(65)])('is refused where no worker has such an id', (text) => {
    const refused = readResponsible(query(`responsible=${text}`), 'w1');
    expect(problemOf(refused)).toEqual(['responsible', ['1 to 64 characters']]);
  });
});
