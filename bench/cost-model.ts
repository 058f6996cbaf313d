// What a million changes cost on Azure: request units that tests hold the code to, and prices and a
// load that are arguments. An estimate: nothing of it was measured on Azure.
import { UNITS_MAX } from './change-costs.ts';

/** Prices in one currency, as a price list tells them. */
export type Prices = {
  /** A million request units of Cosmos DB serverless. */
  readonly millionUnits: number;
  /** A million operations of Service Bus. */
  readonly millionOperations: number;
  /** A million executions of functions, and a second of a gigabyte while they run. */
  readonly millionExecutions: number;
  readonly gigabyteSecond: number;
  /** A gigabyte of logs taken in. */
  readonly gigabyteLogged: number;
};

/** US dollars, as an example: prices differ by region and change. */
export const EXAMPLE_PRICES: Prices = {
  millionUnits: 0.25,
  millionOperations: 0.8,
  millionExecutions: 0.4,
  gigabyteSecond: 0.000026,
  gigabyteLogged: 2.5,
};

/** What is told, and how. */
export type Load = {
  /** Changes of a customer that come with one request, and so in one message. */
  readonly changesPerMessage: 1 | 10;
  /** Lists of pools each customer is on. */
  readonly pools: number;
  /** Shares of the changes; they add up to 1. */
  readonly created: number;
  readonly updated: number;
  readonly settled: number;
};

/** Of ten changes two are new transactions, four are updates of some, four are settlements. */
export const EXAMPLE_MIX = { created: 0.2, updated: 0.4, settled: 0.4 } as const;

/** Sent, received, completed, and one for renewing and accepting sessions. */
const OPERATIONS_PER_MESSAGE = 4;
/** One that takes it in, one that applies it: no request is shared by customers. */
const EXECUTIONS_PER_MESSAGE = 2;
/** A guess: most of it is waiting for Cosmos DB, and 16 at a time share the instance. */
const SECONDS_PER_MESSAGE = 0.4;
const AT_A_TIME = 16;
const INSTANCE_GIGABYTES = 2;
/** A guess: two requests and their logs, and of a dozen spans the quarter that is kept. */
const LOGGED_KILOBYTES_PER_MESSAGE = 6;

const MILLION = 1_000_000;

/** What a million changes cost, by service. */
export type MillionChanges = {
  readonly requestUnits: number;
  readonly cosmos: number;
  readonly serviceBus: number;
  readonly functions: number;
  readonly logs: number;
  readonly total: number;
};

/** What a million changes of a load cost at these prices. */
export function millionChanges(load: Load, prices: Prices): MillionChanges {
  const units = load.changesPerMessage === 1 ? UNITS_MAX.alone : UNITS_MAX.ofTen;
  const messages = MILLION / load.changesPerMessage;
  const requestUnits =
    MILLION *
      (load.created * units.created + load.updated * units.updated + load.settled * units.settled) +
    messages * load.pools * UNITS_MAX.poolList;
  const cosmos = (requestUnits / MILLION) * prices.millionUnits;
  const serviceBus = ((messages * OPERATIONS_PER_MESSAGE) / MILLION) * prices.millionOperations;
  const running = (messages * SECONDS_PER_MESSAGE * INSTANCE_GIGABYTES) / AT_A_TIME;
  const functions =
    ((messages * EXECUTIONS_PER_MESSAGE) / MILLION) * prices.millionExecutions +
    running * prices.gigabyteSecond;
  const logs = ((messages * LOGGED_KILOBYTES_PER_MESSAGE) / MILLION) * prices.gigabyteLogged;
  const total = cosmos + serviceBus + functions + logs;
  return { requestUnits, cosmos, serviceBus, functions, logs, total };
}

/** The table of docs/runbook.md. */
export function costTable(prices: Prices): string {
  const rows = ([1, 10] as const).flatMap((changesPerMessage) =>
    [0, 3].map((pools) => {
      const cost = millionChanges({ changesPerMessage, pools, ...EXAMPLE_MIX }, prices);
      const { requestUnits, cosmos, serviceBus, functions, logs, total } = cost;
      const amounts = [cosmos, serviceBus, functions, logs, total].map((one) => one.toFixed(2));
      return [changesPerMessage, pools, Math.round(requestUnits / MILLION), ...amounts];
    }),
  );
  const heads = ['changes a message', 'pools', 'million RU', 'Cosmos DB', 'Service Bus'];
  return [
    [...heads, 'Functions', 'logs', 'together'],
    Array.from({ length: heads.length + 3 }, () => '--:'),
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
