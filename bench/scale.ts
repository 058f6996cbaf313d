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
};

/** What is kept in `bench/results/`: under 8 minutes on two cores. */
export const FULL: Scale = {
  rounds: 15,
  feedRequests: 10,
  singleChanges: 300,
  openTransactions: 10_000,
};

/** To see whether something moved: under a minute. */
export const QUICK: Scale = {
  rounds: 7,
  feedRequests: 2,
  singleChanges: 50,
  openTransactions: 10_000,
};
