// What the queue `changes` carries besides changes: work on a customer that is not told by a feed,
// such as a rebuild. It goes through the customer's own session, so that changes of the same
// customer wait meanwhile instead of racing it.
import type { Day } from '../domain/calendar.ts';
import type { ChangeMessage } from './change-message.ts';
import type { SnapshotEventsMessage } from './snapshots/snapshot-event.ts';
import type { SourceRowsMessage } from './source-row.ts';

/** Work that can be done for one customer, or for many of a company in turn. */
export const TASKS = ['rebuild', 'relist', 're-age', 'judge', 'erase'] as const;
export type Task = (typeof TASKS)[number];

/** Work on one customer. `ordinal` is its place in the run, from 1. */
export type CustomerTask = {
  readonly kind: 'customer-task';
  readonly task: Task;
  readonly run: string;
  readonly ordinal: number;
  /** The least reference data to go by: the worker may remember older. */
  readonly reference: number;
  /** The least business date to go by: the worker's clock may be behind; null for none. */
  readonly day: Day | null;
  readonly company: string;
  readonly customer: string;
};

/** The next step of a run over customers of a company: one page of them, from 1. */
export type SweepStep = {
  readonly kind: 'sweep-step';
  readonly run: string;
  readonly page: number;
  readonly company: string;
  readonly customer: null;
};

export type TaskMessage = CustomerTask | SweepStep;

/** A message of the queue; one of changes has no `kind`, as it never had. */
export type QueueMessage = ChangeMessage | TaskMessage | SourceRowsMessage | SnapshotEventsMessage;
