// The rows of a feed as the contract has them (SPEC 2.1), for tests of what must not get in: the
// fields of each entity and what is wrong in a field of each kind.

/** What may stand in a field, by the wrong values that are tried in it. */
export const WRONG = {
  text: [42, true, {}, []],
  required: ['', 42, {}, undefined],
  money: [12.5, '', 'abc', '1e3', '1,000.00', 'NaN', '9'.repeat(40), {}],
  date: [
    '2026-02-30',
    '2026-13-01',
    '2026-1-5',
    '30.04.2026',
    '2026-04-30T00:00:00Z',
    '',
    20260430,
  ],
  instant: [
    '2026-02-30T10:00:00Z',
    '2026-04-30',
    '2026-04-30T10:00:00',
    'yesterday',
    '',
    1745971200,
  ],
  currency: ['US', 'ZZZ', '', 840],
  oneOf: ['unicorn', '', 3],
  timeZone: ['Mars/Olympus', '', 5],
  flag: ['yes', 'true', 1],
  list: ['x', {}, 5],
} as const;

export type Kind = keyof typeof WRONG;

/** The smallest row of each entity that is accepted. */
export const GOOD_ROWS = {
  company: { name: 'Bad input', accountingCurrency: 'USD', timeZone: 'UTC', usesPools: false },
  agingDefinition: {
    id: 'two',
    name: 'Two',
    agedBy: 'dueDate',
    buckets: [
      { label: 'Not due', from: null, to: 0 },
      { label: 'Overdue', from: 1, to: null },
    ],
  },
  pool: { id: 'north', description: 'Northern customers' },
  agent: { worker: '000123', name: 'Ann', user: 'ann@contoso.example', pools: ['north'] },
  poolMember: { pool: 'north' },
  customer: { name: 'Bad input' },
  transaction: {
    type: 'invoice',
    voucher: 'V-1',
    transactionDate: '2026-04-01',
    currency: 'USD',
    amount: '120.00',
  },
  installment: { transaction: 'i', dueDate: '2026-05-01', open: '10.00', currency: 'USD' },
  settlement: {
    transaction: 'i',
    offset: 'p',
    date: '2026-04-02',
    currency: 'USD',
    amount: '1.00',
  },
  collectionsStatus: { transaction: 'i', status: 'disputed', changedAt: '2026-04-30T10:00:00Z' },
} as const;

export type Entity = keyof typeof GOOD_ROWS;

/** The fields of each entity's row that the contract gives a type to. */
export const FIELDS: readonly (readonly [Entity, Readonly<Record<string, Kind>>])[] = [
  [
    'company',
    {
      name: 'text',
      accountingCurrency: 'currency',
      timeZone: 'timeZone',
      agingDefinition: 'text',
      usesPools: 'flag',
    },
  ],
  ['agingDefinition', { id: 'required', name: 'text', agedBy: 'oneOf', buckets: 'list' }],
  ['pool', { id: 'required', description: 'required', agingDefinition: 'text' }],
  [
    'agent',
    {
      worker: 'required',
      name: 'required',
      user: 'required',
      pools: 'list',
      defaultPool: 'text',
      allPools: 'flag',
    },
  ],
  ['poolMember', { pool: 'required' }],
  [
    'customer',
    {
      name: 'text',
      currency: 'currency',
      language: 'text',
      group: 'text',
      customerSince: 'date',
      creditLimit: 'money',
      limitCurrency: 'currency',
      creditLimitUnlimited: 'flag',
      creditLimitType: 'oneOf',
      openOrders: 'money',
      packingSlips: 'money',
      accountStatus: 'text',
      email: 'text',
      phone: 'text',
    },
  ],
  [
    'transaction',
    {
      type: 'oneOf',
      number: 'text',
      voucher: 'text',
      transactionDate: 'date',
      documentDate: 'date',
      dueDate: 'date',
      currency: 'currency',
      amount: 'money',
      amountAccounting: 'money',
      settled: 'money',
      settledAccounting: 'money',
      closedDate: 'date',
      installments: 'list',
      description: 'text',
      canceled: 'flag',
      documentUrl: 'text',
    },
  ],
  [
    'installment',
    { transaction: 'required', dueDate: 'date', open: 'money', currency: 'currency' },
  ],
  [
    'settlement',
    {
      transaction: 'required',
      offset: 'text',
      date: 'date',
      currency: 'currency',
      amount: 'money',
      amountAccounting: 'money',
      offsetAmount: 'money',
      offsetAmountAccounting: 'money',
      reversed: 'date',
    },
  ],
  [
    'collectionsStatus',
    {
      transaction: 'required',
      status: 'oneOf',
      changedAt: 'instant',
      changedBy: 'text',
      followUpDate: 'date',
      reason: 'text',
      note: 'text',
    },
  ],
];
