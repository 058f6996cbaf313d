// What the benchmarks of large stores ask over HTTP, and how long each answer takes and how many
// request units it costs.
import type { EmbeddedRuntime } from '../local/runtime.ts';
import { COMPANY } from './ledger.ts';
import { median } from './quantile.ts';

/** What it costs to answer: milliseconds of each time asked, and request units. */
export type Asked = { readonly times: readonly number[]; readonly units: number };

const COLUMNS_AGED = [
  'customer',
  'name',
  'balance',
  'unapplied',
  'oldestDueDate',
  'creditGroup',
  'accountStatus',
  ...Array.from({ length: 6 }, (_, bucket) => `bucket.${bucket}`),
];
const COLUMNS_HIGHEST = [
  'customer',
  'name',
  'balance',
  'overdue',
  'creditLimit',
  'creditAvailable',
  'riskScore',
];

const OF_COMPANY = `/api/companies/${COMPANY}`;

/** First pages of both grids by each column they can be sorted by, in either direction. */
export const GRID_PATHS: readonly string[] = [
  `${OF_COMPANY}/aged-balances`,
  ...COLUMNS_AGED.flatMap((column) => [
    `${OF_COMPANY}/aged-balances?sort=${column}`,
    `${OF_COMPANY}/aged-balances?sort=-${column}`,
  ]),
  `${OF_COMPANY}/highest-balances`,
  ...COLUMNS_HIGHEST.map((column) => `${OF_COMPANY}/highest-balances?sort=-${column}`),
];

/** What is asked about one customer; things have happened to some since the past day. */
export const CUSTOMER_PATHS = {
  workspace: '',
  'page of the timeline': '/timeline?limit=50',
  'page of open transactions': '/transactions?tab=open',
  'aging at a past day': '/aging?asOf=2026-03-25',
};

/** A past day since which nothing was settled, however much was settled before. */
export const AFTER_ALL_SETTLED = '/aging?asOf=2026-04-01';

/** The path of a question about a customer. */
export function ofCustomer(customer: string, path: string): string {
  return `${OF_COMPANY}/customers/${customer}${path}`;
}

/** Often enough that the worst of many medians is no accident. */
const TIMES_ASKED = 41;

/** Asks several stores the same number of times, in turn; each is asked once before. */
export async function askInTurn(
  questions: readonly { readonly runtime: EmbeddedRuntime; readonly path: string }[],
  rounds: number = TIMES_ASKED,
): Promise<Asked[]> {
  const asked: { times: number[]; units: number }[] = [];
  for (const { runtime, path } of questions) {
    await textAt(runtime, path);
    await runtime.cosmos.resetStatistics();
    await textAt(runtime, path);
    const { requestUnits } = await runtime.cosmos.statistics();
    asked.push({ times: [], units: requestUnits });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { runtime, path }] of questions.entries()) {
      const began = performance.now();
      await textAt(runtime, path);
      asked[index]?.times.push(performance.now() - began);
    }
  }
  return asked;
}

/** The body of an answer; throws unless it is a 200. */
export async function textAt({ url }: { readonly url: string }, path: string): Promise<string> {
  const response = await fetch(`${url}${path}`);
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${body.slice(0, 300)}`);
  return body;
}

/** The second store's costs as multiples of the first's. */
export function ratioOf([small, large]: readonly Asked[]): {
  readonly time: number;
  readonly units: number;
} {
  if (small === undefined || large === undefined) throw new Error('two stores are compared');
  return { time: median(large.times) / median(small.times), units: large.units / small.units };
}
