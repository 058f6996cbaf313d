import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay } from '../domain/calendar.ts';
import type { CustomerChange } from '../domain/change.ts';
import { FIGURES, figureOf } from '../domain/figure.ts';
import { dueDay } from '../domain/transaction-row.ts';
import { compareVersions } from '../domain/version.ts';
import { newestRows } from '../test/oracle/newest-rows.ts';
import {
  embeddedCustomer,
  type EmbeddedCustomer,
  type ReferenceTold,
} from '../test/support/embedded-customer.ts';
import { randomHistory } from '../test/support/random-changes.ts';
import {
  type ExplainedItem,
  explainFigure,
  type ExplainRequest,
  type Explanation,
} from './explain-figure.ts';
import { getAging } from './get-aging.ts';

/** Most random changes lie within 90 days from here; today is in their midst. */
const FIRST_DAY = 20_500;
const TODAY = FIRST_DAY + 45;
const NOON = TODAY * 86_400_000 + 43_200_000;

const BUCKETS = [
  { label: 'later', to: -7 },
  { label: '0', from: -6, to: 7 },
  { label: 'older', from: 8 },
];
const REFERENCE = (['dueDate', 'documentDate', 'transactionDate'] as const).map(
  (agedBy): ReferenceTold => ({
    entity: 'agingDefinition',
    row: { id: agedBy, name: agedBy, agedBy, buckets: BUCKETS },
  }),
);

const question = fc.record({
  figure: fc.constantFrom(...FIGURES),
  bucket: fc.integer({ min: 0, max: 2 }),
  asOf: fc.option(fc.integer({ min: FIRST_DAY - 3, max: FIRST_DAY + 95 }), { freq: 2 }),
  definition: fc.constantFrom(null, 'dueDate', 'documentDate', 'transactionDate'),
  currency: fc.constantFrom(null, null, 'USD', 'EUR', 'JPY'),
  limit: fc.integer({ min: 1, max: 4 }),
});
type Question = Omit<ExplainRequest, 'after'>;

async function ask(customer: EmbeddedCustomer, request: ExplainRequest): Promise<Explanation> {
  const view = await customer.view();
  if (view === null) throw new Error('nothing is known of the customer');
  const answer = await explainFigure(view, request, customer.ports);
  if ('kind' in answer) throw new Error(answer.kind);
  return answer;
}

/** The first page, and the items of all. */
async function pages(customer: EmbeddedCustomer, asked: Question) {
  const first = await ask(customer, { ...asked, after: null });
  const items = [...first.items];
  for (let { next } = first; next !== null; ) {
    const page: Explanation = await ask(customer, { ...asked, after: next });
    expect(page).toMatchObject({ amount: first.amount, total: first.total });
    items.push(...page.items);
    expect(items.length).toBeLessThanOrEqual(first.total.count);
    ({ next } = page);
  }
  return { first, items };
}

/** The figure as aged balances have it. */
async function agedFigure(customer: EmbeddedCustomer, asked: Question, place: number) {
  const view = await customer.view();
  if (view === null) throw new Error('nothing is known of the customer');
  const { asOf, definition, currency } = asked;
  const request = { asOf, definition, credits: 'separate' } as const;
  const answer = await getAging(view, request, customer.ports);
  if ('kind' in answer) throw new Error(answer.kind);
  const { accounting, currencies } = answer.aging;
  const balances =
    currency === null ? accounting : currencies.find((one) => one.currency === currency);
  const figure =
    asked.figure === 'bucket'
      ? ({ name: 'bucket', bucket: place } as const)
      : { name: asked.figure };
  return balances === undefined ? 0 : figureOf(balances, figure);
}

/** The newest version of each part of the document's record, and of every record that names it. */
function newestVersions(history: readonly CustomerChange[], { document }: ExplainedItem): string[] {
  const { source, record } = document;
  const shaping = newestRows(history)
    .filter((row) => row.source === source)
    .filter(({ entity, fields, ...row }) =>
      entity === 'transaction'
        ? row.record === record
        : fields['transaction'] === record || fields['offset'] === record,
    )
    .map((row) => `${row.entity} ${row.record}`);
  const parts = Map.groupBy(
    history.filter((change) => change.source === source),
    ({ entity, record: key, facet }) => `${entity} ${key} ${facet}`,
  );
  return [...parts.values()].flatMap((told) => {
    const newest = told.toSorted(compareVersions).at(-1);
    return newest !== undefined && shaping.includes(`${newest.entity} ${newest.record}`)
      ? [wordOf(newest)]
      : [];
  });
}

type Versioned = Pick<CustomerChange, 'entity' | 'record' | 'facet' | 'epoch' | 'version'>;

function wordOf({ entity, record, facet, epoch, version }: Versioned): string {
  return [entity, record, facet, epoch, version].join(' ');
}

function position(item: ExplainedItem): string {
  return `${String(dueDay(item.row)).padStart(6, '0')} ${item.document.id}`;
}

const INVOICE: CustomerChange = {
  entity: 'transaction',
  company: 'usmf',
  customer: 'C-1',
  source: '/erp/a',
  epoch: '1',
  record: 'i',
  version: '1',
  facet: 'main',
  time: '2026-03-01T00:00:00.000Z',
  row: {
    type: 'invoice',
    voucher: 'V',
    transactionDate: formatDay(TODAY - 40),
    currency: 'USD',
    amount: '100.00',
  },
};

const BALANCE: ExplainRequest = {
  figure: 'balance',
  bucket: null,
  asOf: null,
  definition: null,
  currency: null,
  after: null,
  limit: 10,
};

describe('the explanation of a figure', () => {
  test('adds up to the figure, page by page, in order', async () => {
    const accounting = fc.constantFrom('USD', 'JPY', 'BHD');
    await fc.assert(
      fc.asyncProperty(randomHistory, accounting, question, async (history, own, asked) => {
        const customer = await embeddedCustomer(own, NOON, REFERENCE);
        await customer.tell(history);
        fc.pre((await customer.view()) !== null);
        const place = asked.bucket;
        const bucket = asked.figure === 'bucket' ? `${place}` : null;
        // The label of the second bucket looks like the place of the first.
        const index = bucket === '0' && asked.definition !== null ? 1 : place;
        const request = { ...asked, bucket };
        const { first, items } = await pages(customer, request);
        expect(first.amount).toBe(await agedFigure(customer, request, index));
        const total = items.reduce((sum, { part }) => sum + part, 0);
        expect({ count: items.length, amount: total }).toEqual(first.total);
        expect(total).toBe(first.amount);
        expect(items.map(position)).toEqual(items.map(position).toSorted());
      }),
      { numRuns: 600 },
    );
  });

  test('names the newest change of all that is, or names, each document, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        const customer = await embeddedCustomer('USD', NOON);
        await customer.tell(history);
        fc.pre((await customer.view()) !== null);
        const { items } = await ask(customer, { ...BALANCE, currency: 'USD', limit: 500 });
        for (const item of items) {
          const listed = item.changes.map(wordOf);
          expect(listed.toSorted()).toEqual(newestVersions(history, item).toSorted());
          const times = item.changes.map(({ time }) => time);
          expect(times).toEqual(times.toSorted());
        }
      }),
      { numRuns: 400 },
    );
  });

  test('tells what is open of a part payment, and the settlement behind it', async () => {
    const customer = await embeddedCustomer('USD', NOON);
    const paid = { transaction: 'i', date: formatDay(TODAY - 1), currency: 'USD', amount: '30.00' };
    const settlement = { entity: 'settlement', record: 's', version: '7', row: paid } as const;
    await customer.tell([INVOICE, { ...INVOICE, ...settlement, time: '2026-03-02T00:00:00.000Z' }]);
    const bucket = { ...BALANCE, figure: 'bucket', bucket: '31-60' } as const;
    const { amount, items } = await ask(customer, bucket);
    expect(amount).toBe(7_000);
    expect(items.map(({ part }) => part)).toEqual([7_000]);
    expect(items[0]?.changes.map(({ entity, version }) => [entity, version])).toEqual([
      ['transaction', '1'],
      ['settlement', '7'],
    ]);
    expect(await ask(customer, { ...bucket, bucket: '1-30' })).toMatchObject({
      amount: 0,
      items: [],
    });
    const before = await ask(customer, { ...BALANCE, asOf: TODAY - 2 });
    expect(before.amount).toBe(10_000);
  });

  test.each([
    [
      { bucket: null },
      'unknown-bucket',
      ['Not due', '1-30', '31-60', '61-90', '91-180', 'Over 180'],
    ],
    [
      { bucket: '6' },
      'unknown-bucket',
      ['Not due', '1-30', '31-60', '61-90', '91-180', 'Over 180'],
    ],
    [{ definition: 'monthly' }, 'unknown-definition', ['default']],
  ])('of %j is refused with what is known', async (asked, kind, known) => {
    const customer = await embeddedCustomer('USD', NOON);
    await customer.tell([INVOICE]);
    const view = await customer.view();
    if (view === null) throw new Error('nothing is known of the customer');
    const request = { ...BALANCE, figure: 'bucket', ...asked } as const;
    expect(await explainFigure(view, request, customer.ports)).toEqual({ kind, known });
  });

  test('is of one moment when a change comes in between', async () => {
    const customer = await embeddedCustomer('USD', NOON);
    await customer.tell([INVOICE]);
    const view = await customer.view();
    if (view === null) throw new Error('nothing is known of the customer');
    await customer.tell([{ ...INVOICE, record: 'j' }]);
    const answer = await explainFigure(view, BALANCE, customer.ports);
    expect(answer).toMatchObject({ amount: 20_000, total: { count: 2, amount: 20_000 } });
  });
});
