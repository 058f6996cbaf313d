// Runs a task for one customer, or for every customer of a company in turn (SPEC §8). A run over a
// company is a chain of messages, each of which hands out one page of customers and then the next
// message; the run's document says how far it is, so that any of them may come twice.
import { formatInstant } from '../domain/calendar.ts';
import { type HoldPorts, holdWhileUnavailable } from './hold.ts';
import {
  type ChangeQueue,
  type CommitResult,
  type Stored,
  type StoredCustomers,
  Unavailable,
  type Write,
} from './ports.ts';
import { type Progress, progressOf, RUN_ID, type RunDocument, type RunPorts } from './run.ts';
import type { CustomerTask, SweepStep } from './task-message.ts';

/**
 * Customers of a page. The next page waits in a session behind the tasks of this one, so no more
 * than about a page of tasks ever stands between a change and its turn.
 */
export const SWEEP_PAGE = 200;

export type SweepPorts = RunPorts &
  HoldPorts & {
    readonly queue: ChangeQueue;
    readonly customers: Pick<StoredCustomers, 'customersOf'>;
  };

export type StartPorts = RunPorts & {
  readonly queue: ChangeQueue;
  /** An id that nobody can guess and that was never given before. */
  readonly newId: () => string;
};

/** What a run is to do: a task for a customer, or for all of a company when `customer` is null. */
export type RunOrder = Pick<RunDocument, 'task' | 'company' | 'customer' | 'reference'>;

/**
 * Starts a task for a customer, or for all of a company when `customer` is null. Throws
 * Unavailable; then nothing may have begun, and it is to be started anew.
 */
export async function startRun(
  { task, company, customer, reference }: RunOrder,
  ports: StartPorts,
): Promise<Progress> {
  const { runs, queue, now } = ports;
  const run = ports.newId();
  const at = formatInstant(now());
  const document: RunDocument = {
    id: RUN_ID,
    kind: 'run',
    task,
    company,
    customer,
    reference,
    startedAt: at,
    stepAt: at,
    page: 0,
    customers: [],
    handedOut: true,
    next: null,
    complete: customer !== null,
    enqueued: customer === null ? 0 : 1,
  };
  const saved = await runs.save(run, { id: RUN_ID, document, etag: null });
  // Nobody else has this id: a conflict means that the very document is there, or nothing.
  if (saved === 'conflict' && (await runs.readRun(run)) === null) {
    throw new Unavailable('cosmos', null, new Error('a new run was not taken'));
  }
  await queue.send([
    customer === null
      ? stepOf(run, company, 1)
      : { kind: 'customer-task', task, run, ordinal: 1, reference, company, customer },
  ]);
  const progress = await progressOf(run, runs);
  if (progress === null) throw new Error('a run that was just saved is gone');
  return progress;
}

function stepOf(run: string, company: string, page: number): SweepStep {
  return { kind: 'sweep-step', run, page, company, customer: null };
}

/** Hands out a page of customers, and the step after it. Throws Unavailable to have it again. */
export async function takeStep({ run, page }: SweepStep, ports: SweepPorts): Promise<void> {
  for (;;) {
    const stored = await pageOf(run, page, ports);
    if (stored === null || (await handOut(run, stored, ports)) === 'committed') return;
  }
}

async function handOut(
  run: string,
  { document, etag }: Stored<RunDocument>,
  ports: SweepPorts,
): Promise<CommitResult> {
  const { task, company, reference, customers, enqueued, complete } = document;
  const before = enqueued - customers.length;
  const tasks = customers.map((customer, index): CustomerTask => {
    const ordinal = before + index + 1;
    return { kind: 'customer-task', task, run, ordinal, reference, company, customer };
  });
  const next = complete ? [] : [stepOf(run, company, document.page + 1)];
  await ask(ports, () => ports.queue.send([...tasks, ...next]));
  // Only now, so that a step that dies comes again; tasks that come twice count once.
  const done = { ...document, customers: [], handedOut: true, stepAt: formatInstant(ports.now()) };
  return save(run, { id: RUN_ID, document: done, etag }, ports);
}

/**
 * The run at this page with its customers, which are read once and stay the same however often the
 * step is taken; null when the page was handed out already.
 */
async function pageOf(
  run: string,
  page: number,
  ports: SweepPorts,
): Promise<Stored<RunDocument> | null> {
  for (;;) {
    const stored = await ask(ports, () => ports.runs.readRun(run));
    if (stored === null) throw new Error('a step of a run that does not exist');
    const { document, etag } = stored;
    if (document.page > page || (document.page === page && document.handedOut)) return null;
    if (document.page === page) return stored;
    const { company, next: from } = document;
    const { customers, next } = await ask(ports, () =>
      ports.customers.customersOf(company, from, SWEEP_PAGE),
    );
    const turned: RunDocument = {
      ...document,
      page,
      customers,
      next,
      handedOut: false,
      complete: next === null,
      enqueued: document.enqueued + customers.length,
    };
    await save(run, { id: RUN_ID, document: turned, etag }, ports);
  }
}

function save(run: string, write: Write<RunDocument>, ports: SweepPorts) {
  return ask(ports, () => ports.runs.save(run, write));
}

function ask<T>(ports: SweepPorts, call: () => Promise<T>): Promise<T> {
  return holdWhileUnavailable(call, ports);
}
