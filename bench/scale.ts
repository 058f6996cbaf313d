// How much each benchmark measures. The goals are the same at every scale.

export type Scale = {
  /** Interleaved rounds of which the median counts. */
  readonly rounds: number;
  /** Requests of 1,000 changes that are fed. */
  readonly feedRequests: number;
  /** Single changes fed one after the other. */
  readonly singleChanges: number;
  /** Open transactions of the large customer. */
  readonly openTransactions: number;
  /** Customers with one change each that wait for sessions. */
  readonly drainCustomers: number;
  /** Seconds for which every shard has changes. */
  readonly trickleSeconds: number;
  /** Requests of one kind in a round over HTTP. */
  readonly httpRequests: number;
  /** Customers of the small and the large store, and open transactions of each customer. */
  readonly stores: { readonly small: number; readonly large: number; readonly open: number };
  /** Open transactions of the customer with a long history, and settled ones of it. */
  readonly longHistory: { readonly open: number; readonly settled: number };
};

/** What is kept in `bench/results/`: about half an hour on two cores. */
export const FULL: Scale = {
  rounds: 15,
  feedRequests: 10,
  singleChanges: 300,
  openTransactions: 10_000,
  drainCustomers: 10_000,
  trickleSeconds: 10,
  httpRequests: 4_000,
  stores: { small: 1_000, large: 100_000, open: 10 },
  longHistory: { open: 10_000, settled: 100_000 },
};

/** To see whether something moved: a few minutes. */
export const QUICK: Scale = {
  rounds: 7,
  feedRequests: 2,
  singleChanges: 50,
  openTransactions: 10_000,
  drainCustomers: 2_000,
  trickleSeconds: 3,
  httpRequests: 500,
  stores: { small: 400, large: 4_000, open: 10 },
  longHistory: { open: 1_000, settled: 5_000 },
};
