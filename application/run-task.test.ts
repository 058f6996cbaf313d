import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeHeader } from '../domain/header-document.ts';
import { EMPTY_HEADER } from '../domain/header.ts';
import { customerKey } from '../domain/key.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { memoryRuns } from '../test/support/memory-runs.ts';
import { memoryCustomers } from '../test/support/memory-stores.ts';
import { type CustomersPage, type StoredCustomers, Unavailable } from './ports.ts';
import { FAILURES_NAMED_MAX, progressOf } from './run.ts';
import { runTask, type TaskPorts } from './run-task.ts';
import { startRun, SWEEP_PAGE } from './sweep.ts';
import type { QueueMessage, TaskMessage } from './task-message.ts';

const RUN = 'run-1';

/** A company of so many customers, each with a header that a rebuild puts right. */
async function company(size: number) {
  const customers = memoryCustomers();
  for (let index = 0; index < size; index += 1) await customer(customers, `C-${index}`);
  const [queue, runs]: [QueueMessage[], ReturnType<typeof memoryRuns>] = [[], memoryRuns()];
  const ports: TaskPorts = {
    ...applyPorts(),
    customers,
    runs,
    queue: {
      async send(messages) {
        for (const message of messages) if (!('isReplay' in message)) queue.push(message);
      },
    },
    now: () => Date.UTC(2026, 3, 30),
    shards: 4,
    erase: async () => 0,
  };
  return { customers, ports, queue, runs };
}

async function customer(customers: ReturnType<typeof memoryCustomers>, name: string) {
  const identity = { pk: customerKey('usmf', name), company: 'usmf', customer: name };
  const { header } = encodeHeader({ ...EMPTY_HEADER, records: 7 }, identity);
  await customers.commit(identity.pk, [{ id: 'header', document: header, etag: null }]);
}

function start(ports: TaskPorts, name: string | null) {
  const order = { task: 'rebuild', company: 'usmf', customer: name, reference: 0 } as const;
  return startRun(order, { ...ports, newId: () => RUN });
}

function taskOf(message: QueueMessage | undefined): TaskMessage {
  if (message === undefined || !('kind' in message) || 'group' in message || 'events' in message) {
    throw new Error('no task');
  }
  return message;
}

/** Takes messages until none is left; gives how many there were. */
async function drain(
  queue: QueueMessage[],
  ports: TaskPorts,
  onFailure: (error: unknown) => void = rethrow,
) {
  let taken = 0;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    await runTask(taskOf(next), ports, onFailure);
    taken += 1;
  }
  return taken;
}

function rethrow(error: unknown): never {
  throw error;
}

describe('a run', () => {
  test('over one customer is one task', async () => {
    const { ports, queue, runs } = await company(3);
    const started = await start(ports, 'C-1');
    expect(started).toMatchObject({ id: RUN, state: 'running', enqueued: 1, done: 0 });
    expect(await drain(queue, ports)).toBe(1);
    expect(await progressOf(RUN, runs)).toEqual({
      id: RUN,
      task: 'rebuild',
      company: 'usmf',
      customer: 'C-1',
      state: 'finished',
      enqueued: 1,
      done: 1,
      failed: 0,
      failures: [],
      changed: 1,
      startedAt: '2026-04-30T00:00:00.000Z',
      finishedAt: '2026-04-30T00:00:00.000Z',
    });
  });

  test.each([0, 1, SWEEP_PAGE, 2 * SWEEP_PAGE + 1])(
    'over a company hands out all of its %i customers, page by page',
    async (size) => {
      const { customers, ports, queue, runs } = await company(size);
      await start(ports, null);
      await drain(queue, ports);
      const progress = await progressOf(RUN, runs);
      const counts = { enqueued: size, done: size, failed: 0, changed: size };
      expect(progress).toMatchObject({ state: 'finished', ...counts });
      for (let index = 0; index < size; index += 1) {
        expect(customers.documents(`usmf|C-${index}`)['header']).toMatchObject({ records: 0 });
      }
    },
  );

  test('never has more than a page of tasks waiting', async () => {
    const { ports, queue } = await company(3 * SWEEP_PAGE);
    await start(ports, null);
    let most = 0;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await runTask(taskOf(next), ports, rethrow);
      most = Math.max(most, queue.length);
    }
    expect(most).toBe(SWEEP_PAGE + 1);
  });

  test('is not finished as long as a page or a task is left', async () => {
    const { ports, queue, runs } = await company(SWEEP_PAGE + 1);
    await start(ports, null);
    const states: (string | undefined)[] = [];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      states.push((await progressOf(RUN, runs))?.state);
      await runTask(taskOf(next), ports, rethrow);
    }
    expect(new Set(states)).toEqual(new Set(['running']));
    expect(await progressOf(RUN, runs)).toMatchObject({ state: 'finished' });
  });

  test('counts each customer once, though any step dies anywhere and comes again', async () => {
    const deaths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(deaths, fc.integer({ min: 1, max: 5 }), async (calls, page) => {
        const { customers, ports, queue, runs } = await company(11);
        let left = calls.shift();
        const dying = <A extends readonly unknown[], R>(call: (...given: A) => Promise<R>) => {
          return async (...given: A): Promise<R> => {
            if (left === undefined) return call(...given);
            left -= 1;
            if (left > 0) return call(...given);
            left = calls.shift();
            // Half of the time the call is made, and only its answer is lost.
            if (calls.length % 2 === 0) await call(...given);
            throw new Error('killed');
          };
        };
        const mortal: TaskPorts = {
          ...ports,
          runs: {
            ...runs,
            save: dying((run, write) => runs.save(run, write)),
            readRun: dying((run) => runs.readRun(run)),
          },
          queue: { send: dying((messages) => ports.queue.send(messages)) },
          customers: {
            ...customers,
            customersOf: dying((name, after) => customers.customersOf(name, after, page)),
          },
        };
        await start(ports, null);
        while (queue[0] !== undefined) {
          const next = taskOf(queue[0]);
          const isDone = await runTask(next, mortal, rethrow).then(
            () => true,
            () => false,
          );
          // Given back, it comes again before those behind it.
          if (isDone) queue.splice(queue.indexOf(next), 1);
        }
        const progress = await progressOf(RUN, runs);
        const counts = { enqueued: 11, done: 11, failed: 0 };
        expect(progress).toMatchObject({ state: 'finished', ...counts });
      }),
      { numRuns: 300 },
    );
  });

  test('goes on from an empty page that is not the last', async () => {
    const { customers, ports, queue, runs } = await company(3);
    const pages: CustomersPage[] = [
      { customers: [], next: 'a' },
      { customers: ['C-0'], next: 'b' },
      { customers: [], next: null },
    ];
    const customersOf: StoredCustomers['customersOf'] = async () =>
      pages.shift() ?? { customers: [], next: null };
    await start(ports, null);
    await drain(queue, { ...ports, customers: { ...customers, customersOf } });
    expect(await progressOf(RUN, runs)).toMatchObject({ state: 'finished', enqueued: 1, done: 1 });
  });

  test('names customers that cannot be rebuilt, and goes on with the others', async () => {
    const { customers, ports, queue, runs } = await company(40);
    const failures: unknown[] = [];
    const read: StoredCustomers['read'] = (pk, ids) =>
      pk === 'usmf|C-7' ? Promise.reject(new TypeError('a bug')) : customers.read(pk, ids);
    await start(ports, null);
    await drain(queue, { ...ports, customers: { ...customers, read } }, (error) =>
      failures.push(error),
    );
    const progress = await progressOf(RUN, runs);
    expect(progress).toMatchObject({ state: 'finished', done: 39, failed: 1, failures: ['C-7'] });
    expect(failures).toEqual([new TypeError('a bug')]);
  });

  test('names some of many that fail', async () => {
    const { customers, ports, queue, runs } = await company(60);
    const read = () => Promise.reject(new TypeError('a bug'));
    await start(ports, null);
    await drain(queue, { ...ports, customers: { ...customers, read } }, () => {});
    const progress = await progressOf(RUN, runs);
    expect(progress).toMatchObject({ failed: 60 });
    expect(progress?.failures).toHaveLength(ports.shards * FAILURES_NAMED_MAX);
  });

  test('gives a task back while the store is away', async () => {
    const { customers, ports, queue, runs } = await company(1);
    let elapsed = 0;
    const read = () => Promise.reject(new Unavailable('cosmos', 1, null));
    const away = {
      ...ports,
      customers: { ...customers, read },
      elapsed: () => (elapsed += 60_000),
    };
    await start(ports, 'C-0');
    const task = taskOf(queue[0]);
    await expect(runTask(task, away, rethrow)).rejects.toThrow(Unavailable);
    expect(await progressOf(RUN, runs)).toMatchObject({ state: 'running', done: 0, failed: 0 });
    await drain(queue, ports);
    expect(await progressOf(RUN, runs)).toMatchObject({ state: 'finished', done: 1 });
  });
});
