// A run: one task for one customer, for all customers of a company, or for those whose list rows a
// day makes wrong. What is kept of it, and how far it is.
import { type Day, formatInstant } from '../domain/calendar.ts';
import { customerKey } from '../domain/key.ts';
import { sessionOf } from './change-message.ts';
import type { Clock, RunStore, Stored } from './ports.ts';
import type { CustomerTask, Task } from './task-message.ts';

export const RUN_ID = 'run';

/** A run, and the page of customers it is at. */
export type RunDocument = {
  readonly id: typeof RUN_ID;
  readonly kind: 'run';
  readonly task: Task;
  readonly company: string;
  /** The least reference data its tasks go by. */
  readonly reference: number;
  /** The one customer it is about; null for many of the company. */
  readonly customer: string | null;
  /** Only customers with list rows that are wrong by this business date; null for all. */
  readonly day: Day | null;
  /** RFC 3339, as all times here. */
  readonly startedAt: string;
  /** When it last got on with handing out tasks. */
  readonly stepAt: string;
  /** The page that was read last, from 1, and its customers as long as `handedOut` is false. */
  readonly page: number;
  readonly customers: readonly string[];
  readonly handedOut: boolean;
  /** Where the next page begins; null also before the first. */
  readonly next: string | null;
  /** Whether that was the last page. */
  readonly complete: boolean;
  /** Customers on all pages so far. */
  readonly enqueued: number;
};

/**
 * What one shard has done of a run. A shard's messages come in order, so its greatest ordinal
 * tells which of them were counted; a document each, so that none is hot.
 */
export type ProgressDocument = {
  readonly id: string;
  readonly kind: 'progress';
  readonly ordinal: number;
  readonly done: number;
  readonly failed: number;
  /** The first customers that failed. */
  readonly failures: readonly string[];
  /** Documents that were not as they ought to be. */
  readonly changed: number;
  readonly finishedAt: string;
};

/** Failed customers that are named, per shard; the rest is counted. */
export const FAILURES_NAMED_MAX = 5;

export type Progress = Pick<ProgressDocument, 'done' | 'failed' | 'failures' | 'changed'> &
  Pick<RunDocument, 'task' | 'company' | 'customer' | 'startedAt' | 'enqueued'> & {
    readonly id: string;
    readonly state: 'running' | 'finished';
    readonly finishedAt: string | null;
  };

/** How a task ended: how many documents it changed, or that it cannot be done. */
export type TaskResult = { readonly changed: number } | 'failed';

export type RunPorts = {
  readonly runs: RunStore;
  /** Real time, unlike the business clock. */
  readonly now: Clock;
  readonly shards: number;
};

/** The shard whose session a task goes through. */
function shardOf({ company, customer }: CustomerTask, { shards }: RunPorts): string {
  return sessionOf(customerKey(company, customer), shards);
}

/** What the shard of a task has counted before it. */
export type Before = Stored<ProgressDocument> | null;

/** What to count a task after; `counted` when its message has come twice. Throws Unavailable. */
export async function progressBefore(
  task: CustomerTask,
  ports: RunPorts,
): Promise<Before | 'counted'> {
  const stored = await ports.runs.readProgress(task.run, shardOf(task, ports));
  return stored !== null && stored.document.ordinal >= task.ordinal ? 'counted' : stored;
}

/** Counts a task as over, once however often it is told. Throws Unavailable. */
export async function countTask(
  task: CustomerTask,
  result: TaskResult,
  known: Before,
  ports: RunPorts,
): Promise<void> {
  const shard = shardOf(task, ports);
  for (let before: Before | 'counted' = known; before !== 'counted'; ) {
    const document = {
      ...advanced(before?.document ?? nothingDone(shard), task, result),
      ordinal: task.ordinal,
      finishedAt: formatInstant(ports.now()),
    };
    const write = { id: shard, document, etag: before?.etag ?? null };
    if ((await ports.runs.save(task.run, write)) === 'committed') return;
    before = await progressBefore(task, ports);
  }
}

function nothingDone(shard: string): ProgressDocument {
  const counts = { ordinal: 0, done: 0, failed: 0, failures: [], changed: 0 };
  return { id: shard, kind: 'progress', ...counts, finishedAt: '' };
}

function advanced(
  before: ProgressDocument,
  { customer }: CustomerTask,
  result: TaskResult,
): ProgressDocument {
  if (result !== 'failed') {
    return { ...before, done: before.done + 1, changed: before.changed + result.changed };
  }
  const failures = [...before.failures, customer].slice(0, FAILURES_NAMED_MAX);
  return { ...before, failed: before.failed + 1, failures };
}

/** How far a run is; null when there is none of this id. Throws Unavailable. */
export async function progressOf(run: string, runs: RunStore): Promise<Progress | null> {
  // The run first: what its tasks have done by then is a little more, never less.
  const stored = await runs.readRun(run);
  if (stored === null) return null;
  const { document } = stored;
  const shards = await runs.progressOf(run);
  const sum = (count: (shard: ProgressDocument) => number) =>
    shards.reduce((total, shard) => total + count(shard), 0);
  const [done, failed] = [sum((shard) => shard.done), sum((shard) => shard.failed)];
  const { task, company, customer, startedAt, enqueued, stepAt } = document;
  const isFinished = document.complete && document.handedOut && done + failed >= enqueued;
  const lastAt = [stepAt, ...shards.map(({ finishedAt }) => finishedAt)].toSorted().at(-1);
  return {
    id: run,
    task,
    company,
    customer,
    state: isFinished ? 'finished' : 'running',
    enqueued,
    done,
    failed,
    failures: shards.flatMap(({ failures }) => failures),
    changed: sum((shard) => shard.changed),
    startedAt,
    finishedAt: isFinished ? (lastAt ?? stepAt) : null,
  };
}
