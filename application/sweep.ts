// Runs a task for one customer, or for customers of a company in turn (SPEC §8). A run over a
// company is a chain of messages, each of which hands out one page of customers and then the next
// message; the run's document says how far it is, so that any of them may come twice.
import { formatInstant } from '../domain/calendar.ts';
import type { CompanyDirectory } from './company-directory.ts';
import { dueCustomers } from './due-customers.ts';
import { type HoldPorts, holdWhileUnavailable } from './hold.ts';
import {
  type ChangeQueue,
  type CommitResult,
  type CustomerLists,
  type CustomersPage,
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
    readonly lists: Pick<CustomerLists, 'page'>;
    readonly companies: CompanyDirectory;
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
export async function startRun(order: RunOrder, ports: StartPorts): Promise<Progress> {
  const { runs, queue, now } = ports;
  const run = ports.newId();
  const document = newRun(order, formatInstant(now()));
  const { task, company, customer, reference, day } = document;
  const saved = await runs.save(run, { id: RUN_ID, document, etag: null });
  // Nobody else has this id: a conflict means that the very document is there, or nothing.
  if (saved === 'conflict' && (await runs.readRun(run)) === null) {
    throw new Unavailable('cosmos', null, new Error('a new run was not taken'));
  }
  await queue.send([
    customer === null
      ? nextStep(run, document)
      : { kind: 'customer-task', task, run, ordinal: 1, reference, day, company, customer },
  ]);
  const progress = await progressOf(run, runs);
  if (progress === null) throw new Error('a run that was just saved is gone');
  return progress;
}

/** A run that has not begun. */
export function newRun(order: RunOrder, at: string): RunDocument {
  return {
    id: RUN_ID,
    kind: 'run',
    ...order,
    day: null,
    startedAt: at,
    stepAt: at,
    page: 0,
    customers: [],
    handedOut: true,
    next: null,
    complete: order.customer !== null,
    enqueued: order.customer === null ? 0 : 1,
  };
}

/** The step that takes a run on from where it is; safe to send however often. */
export function nextStep(run: string, { company, page, handedOut }: RunDocument): SweepStep {
  const next = handedOut ? page + 1 : page;
  return { kind: 'sweep-step', run, page: next, company, customer: null };
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
  const { task, company, reference, day, customers, enqueued, complete } = document;
  const before = enqueued - customers.length;
  const tasks = customers.map((customer, index): CustomerTask => {
    const ordinal = before + index + 1;
    return { kind: 'customer-task', task, run, ordinal, reference, day, company, customer };
  });
  const done = { ...document, customers: [], handedOut: true, stepAt: formatInstant(ports.now()) };
  const next = complete ? [] : [nextStep(run, done)];
  await ask(ports, () => ports.queue.send([...tasks, ...next]));
  // Only now, so that a step that dies comes again; tasks that come twice count once.
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
    const { customers, next } = await ask(ports, () => customersAfter(document, ports));
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

/** The page of customers that comes next. */
async function customersAfter(
  { company: id, next, day }: RunDocument,
  { customers, companies, lists }: SweepPorts,
): Promise<CustomersPage> {
  if (day === null) return customers.customersOf(id, next, SWEEP_PAGE);
  const company = await companies.find(id);
  if (company === null) return { customers: [], next: null };
  return dueCustomers(company, day, next, SWEEP_PAGE, lists);
}

function save(run: string, write: Write<RunDocument>, ports: SweepPorts) {
  return ask(ports, () => ports.runs.save(run, write));
}

function ask<T>(ports: SweepPorts, call: () => Promise<T>): Promise<T> {
  return holdWhileUnavailable(call, ports);
}
