// What goes to a thread of the simulator, and what comes back.

/** What a schedule is about: a feed, commands, or an export of Dynamics 365 Finance. */
export type Subject = 'feed' | 'commands' | 'export';

/** Schedules to run, by their seeds, in this order. */
export type Batch = {
  readonly subject: Subject;
  readonly seeds: readonly number[];
  /** No more schedules after one that diverged. */
  readonly stopAtFirst: boolean;
  /** Gives the trace of the last schedule. */
  readonly traced: boolean;
};

export type Diverged = { readonly seed: number; readonly message: string };

export type BatchResult = {
  readonly schedules: number;
  readonly steps: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly divergences: readonly Diverged[];
  readonly trace: readonly string[];
};
