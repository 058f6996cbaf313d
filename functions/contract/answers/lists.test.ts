import { describe, expect, test } from 'vitest';
import { companyOf } from '../../../test/support/companies.ts';
import { listRowOf } from '../../../test/support/list-rows.ts';
import { agedBalancesAnswer, highestBalancesAnswer } from './lists.ts';

const COMPANY = companyOf({ accountingCurrency: 'BHD' });
const FRESHNESS = {
  updatedAt: '2026-01-02T03:04:05.000Z',
  sources: { '/erp/a': { epoch: '2', version: '7' } },
};
const VIEW = {
  company: COMPANY,
  businessDate: 0,
  seesAll: true,
  freshness: FRESHNESS,
  pools: [],
  defaultPool: null,
};

describe('the answer of aged balances', () => {
  const row = listRowOf({
    currency: 'BHD',
    balance: 1_234,
    unapplied: -1,
    b0: 5,
    b5: 1_230,
    oldestRank: 5,
    oldestDueOn: 3,
    name: 'Fabrikam',
  });
  const page = { definition: COMPANY.definition, rows: [row, listRowOf({})], next: null };
  const answer = agedBalancesAnswer(VIEW, page, 'more');

  test('says once how rows are aged, and when', () => {
    expect(answer).toMatchObject({
      company: 'usmf',
      businessDate: '1970-01-01',
      updatedAt: '2026-01-02T03:04:05.000Z',
      sources: { '/erp/a/2': '7' },
      agedOn: '1970-01-01',
      definition: 'default',
      agedBy: 'dueDate',
      labels: ['Not due', '1-30', '31-60', '61-90', '91-180', 'Over 180'],
      cursor: 'more',
    });
  });

  test('has amounts with the decimals of their currency, one for each label', () => {
    expect(answer.items[0]).toMatchObject({
      buckets: ['0.005', '0.000', '0.000', '0.000', '0.000', '1.230'],
      unapplied: '-0.001',
      balance: '1.234',
      oldestDueDate: '1970-01-04',
      oldestBucket: 'Over 180',
    });
  });

  test('has null for what nobody told, and for what there is not', () => {
    expect(answer.items[1]).toMatchObject({
      name: null,
      oldestDueDate: null,
      oldestBucket: null,
      creditGroup: null,
      accountStatus: null,
    });
  });
});

describe('the answer of highest balances', () => {
  test('tells no limit from a limit of nothing', () => {
    const rows = [
      listRowOf({ creditLimit: null, creditAvailable: null, creditLimitUnlimited: true }),
      listRowOf({ creditLimit: 0, creditAvailable: -100, riskScore: 0 }),
    ];
    expect(highestBalancesAnswer(VIEW, rows).items).toMatchObject([
      { creditLimit: null, creditAvailable: null, creditLimitUnlimited: true, riskScore: null },
      { creditLimit: '0.00', creditAvailable: '-1.00', creditLimitUnlimited: false, riskScore: 0 },
    ]);
  });
});
