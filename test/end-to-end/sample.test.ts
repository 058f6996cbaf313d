// The sample through the real feed: fed once, in good time, and every figure as the rows say.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { feedSample } from '../../local/feed-sample.ts';
import { startFirstSample } from '../../local/first-sample.ts';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { dayOf } from '../../local/sample/business-days.ts';
import { type SampleEvent, sampleEvents } from '../../local/sample/sample.ts';
import { minorOf, rowsOf } from '../sample-rows.ts';
import { type ArrearsApi, arrearsApi, customerPath } from './arrears-api.ts';

const TODAY = '2026-11-24';
/** Noon in California: the same day in Berlin. */
const NOW = `${TODAY}T20:00:00Z`;
/** Of processor time, all threads together: what others do on the machine does not count. */
const SECONDS_MAX = 60;

const EVENTS = sampleEvents(dayOf(TODAY));

let runtime: EmbeddedRuntime;
let api: ArrearsApi;
let printed = '';
let seconds = 0;
let firstAnswer = 0;

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: NOW });
  api = arrearsApi(runtime.url);
  const before = process.cpuUsage();
  const sample = startFirstSample({
    runtime,
    data: ':memory:',
    date: TODAY,
    output: { write: (text) => (printed += text) },
  });
  firstAnswer = (await api.get('/api/health')).status;
  await sample.ended;
  const { user, system } = process.cpuUsage(before);
  seconds = (user + system) / 1_000_000;
}, 240_000);

afterAll(() => runtime.stop());

test('is fed within a minute of work, while the API answers', () => {
  expect(firstAnswer).toBe(200);
  expect(seconds).toBeLessThan(SECONDS_MAX);
  expect(printed).toContain(`of ${EVENTS.length.toLocaleString('en-US')} changes`);
  expect(printed).toContain('The sample companies are ready');
});

test('is taken whole', () => {
  expect(printed).not.toContain('rejected');
});

test('links the developer to the first agent of both companies', async () => {
  const { body } = await api.get('/api/me');

  expect(body).toMatchObject({
    companies: [
      { id: 'demf', defaultPool: 'nord', businessDate: TODAY },
      { id: 'usmf', defaultPool: 'west', businessDate: TODAY },
    ],
  });
});

test('is not fed again', async () => {
  let more = '';
  const options = { runtime, data: ':memory:', date: TODAY };
  await startFirstSample({ ...options, output: { write: (text) => (more += text) } }).ended;

  expect(more).toBe('');
});

const aging = z.object({
  businessDate: z.string(),
  accounting: z.object({ balance: z.string(), overdue: z.string() }),
  futureDated: z.object({ count: z.int() }),
  missingAccountingAmounts: z.int(),
  overSettled: z.int(),
  unmatchedSettlements: z.int(),
  approximate: z.boolean(),
});

describe('every customer', () => {
  test('owes what the rows add up to, with nothing odd about it', async () => {
    const balances = balancesOf(EVENTS);
    expect(balances.size).toBe(200);
    for (const [key, { balance, overdue }] of balances) {
      const [company = '', customer = ''] = key.split('/');
      const answer = await api.get(`${customerPath(company, customer)}/aging`);
      const { accounting, ...rest } = aging.parse(answer.body);
      expect({
        key,
        balance: minorOf(accounting.balance),
        overdue: minorOf(accounting.overdue),
      }).toEqual({ key, balance, overdue });
      expect(rest).toEqual({
        businessDate: TODAY,
        futureDated: { count: 0 },
        missingAccountingAmounts: 0,
        overSettled: 0,
        unmatchedSettlements: 0,
        approximate: false,
      });
    }
  });

  test('has promises with every verdict, and one that a returned payment took back', async () => {
    const verdicts = new Set<string>();
    let takenBack = 0;
    for (const key of balancesOf(EVENTS).keys()) {
      const promises = await promisesOf(key, TODAY);
      for (const verdict of promises.values()) verdicts.add(verdict);
      const reversed = reversedOn(key);
      if (reversed === null) continue;
      const before = await promisesOf(key, previousDay(reversed));
      // Paid as a whole it was no open promise then; now it is a broken one.
      takenBack += [...promises].filter(
        ([record, verdict]) => verdict === 'broken' && before.get(record) === undefined,
      ).length;
    }
    expect([...verdicts].toSorted()).toEqual(['broken', 'kept', 'open']);
    expect(takenBack).toBeGreaterThan(0);
  });
});

describe('a feed that is cut off', () => {
  test('goes on from what was taken', async () => {
    const cut = new AbortController();
    const some = EVENTS.slice(0, 3_500);
    const { url } = runtime;
    const taken: number[] = [];
    const first = await feedSample({
      url,
      events: some,
      from: 0,
      signal: cut.signal,
      taken: (count) => {
        taken.push(count);
        cut.abort();
      },
    });
    expect(first).toEqual({ kind: 'interrupted' });
    expect(taken).toEqual([1_000]);

    const signal = new AbortController().signal;
    const keep = (count: number) => void taken.push(count);
    const second = await feedSample({ url, events: some, from: 1_000, signal, taken: keep });

    expect(second).toMatchObject({ kind: 'complete' });
    expect(taken).toEqual([1_000, 2_000, 3_000, 3_500]);
  });
});

/** Balance and overdue debt of each customer in accounting currency, from the rows alone. */
function balancesOf(events: readonly SampleEvent[]) {
  const balances = new Map<string, { balance: number; overdue: number }>();
  for (const key of rowsOf(events, 'customer').keys()) {
    balances.set(customerOf(key), { balance: 0, overdue: 0 });
  }
  for (const [key, row] of rowsOf(events, 'transaction')) {
    const open = minorOf(row['amountAccounting']) - minorOf(row['settledAccounting']);
    const sums = balances.get(customerOf(key)) ?? { balance: 0, overdue: 0 };
    const overdue = overdueOf(row, open);
    balances.set(customerOf(key), {
      balance: sums.balance + open,
      overdue: sums.overdue + overdue,
    });
  }
  return balances;
}

/** What is overdue of an open amount; installments are paid earliest first. */
function overdueOf(row: Readonly<Record<string, unknown>>, open: number): number {
  if (open <= 0) return 0;
  const terms = row['installments'];
  if (!Array.isArray(terms)) return String(row['dueDate']) < TODAY ? open : 0;
  const notDue = terms
    .filter(({ dueDate }) => dueDate >= TODAY)
    .reduce((sum, { amount }) => sum + minorOf(amount), 0);
  return Math.max(0, open - notDue);
}

function customerOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}

/** The day the customer's payment was returned; null where none was. */
function reversedOn(customer: string): string | null {
  for (const [key, row] of rowsOf(EVENTS, 'settlement')) {
    const { reversed } = row;
    if (customerOf(key) === customer && typeof reversed === 'string') return reversed;
  }
  return null;
}

function previousDay(date: string): string {
  return new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
}

const promised = z.object({
  items: z.array(z.object({ record: z.string(), promise: z.object({ verdict: z.string() }) })),
});

/** Verdicts of the customer's promises that are open on a date, by record. */
async function promisesOf(key: string, asOf: string): Promise<Map<string, string>> {
  const [company = '', customer = ''] = key.split('/');
  const answer = await api.get(`${customerPath(company, customer)}/transactions`, {
    tab: 'promised',
    asOf,
  });
  const { items } = promised.parse(answer.body);
  return new Map(items.map(({ record, promise }) => [record, promise.verdict]));
}
