// A company to which facts of snapshots can be told, with a queue that is worked off when asked.
import { applyChanges } from '../../application/apply-changes.ts';
import { RACES_MAX } from '../../application/retry-lost-races.ts';
import { runTask, type TaskPorts } from '../../application/run-task.ts';
import { applySnapshotEvents } from '../../application/snapshots/settle-snapshots.ts';
import type { SnapshotEvent } from '../../application/snapshots/snapshot-event.ts';
import { type RunOrder, startRun } from '../../application/sweep.ts';
import type { TaskMessage } from '../../application/task-message.ts';
import { rebuildCustomer } from '../../application/rebuild-customer.ts';
import type { Change } from '../../domain/change.ts';
import { customerKey, recordId } from '../../domain/key.ts';
import { rowOf } from '../../domain/record.ts';
import { applyPorts } from './apply-ports.ts';
import { memoryRuns } from './memory-runs.ts';
import { memorySnapshots } from './memory-snapshots.ts';
import {
  type MemoryCustomers,
  memoryCustomers,
  type MemoryReference,
  memoryReference,
} from './memory-stores.ts';
import { withoutRevision } from '../simulation/without-revision.ts';

export type ToldFacts = Change | SnapshotEvent;

/** Ports over empty stores, and what comes of using them. */
function portsOfWorld() {
  const [customers, reference, snapshots] = [
    memoryCustomers(),
    memoryReference(),
    memorySnapshots(),
  ];
  const queue: TaskMessage[] = [];
  const started: RunOrder[] = [];
  let ids = 0;
  // A clock that moves on, so that races cannot be lost for ever.
  let now = 0;
  const send = async (messages: readonly object[]) => {
    for (const one of messages) {
      const message: TaskMessage = JSON.parse(JSON.stringify(one));
      queue.push(message);
    }
  };
  const running = {
    runs: memoryRuns(),
    queue: { send },
    now: () => 0,
    shards: 4,
    newId: () => `run-${(ids += 1)}`,
    erase: async () => 0,
  };
  const ports: TaskPorts & ReturnType<typeof applyPorts> = {
    ...applyPorts({ reference, snapshots }),
    ...running,
    customers,
    elapsed: () => (now += RACES_MAX / 1_000),
    startRun: (order) => {
      started.push(order);
      return startRun(order, running);
    },
  };
  return { customers, reference, snapshots, queue, started, ports };
}

/** An empty world of the company `usmf`. */
export function worldOf() {
  const { customers, reference, snapshots, queue, started, ports } = portsOfWorld();
  const drain = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await runTask(next, ports, rethrow);
    }
  };
  const tellOne = async (told: ToldFacts) => {
    if ('control' in told) {
      const message = { kind: 'snapshot-events', company: 'usmf', customer: null } as const;
      return applySnapshotEvents({ ...message, events: [told] }, ports);
    }
    const message =
      'customer' in told
        ? { company: 'usmf', customer: told.customer, changes: [told] }
        : { company: 'usmf', customer: null, changes: [told] };
    const { failed } = await applyChanges(message, ports);
    for (const { error } of failed) throw error;
  };
  return {
    ports,
    snapshots,
    /** Lets something happen before every commit of a customer. */
    beforeCommit(act: () => Promise<void>) {
      customers.beforeCommit = act;
    },
    /** The runs that were started. */
    runs: started,
    drain,
    /** Tells one after the other, and works off what comes of it. */
    async tell(...facts: readonly ToldFacts[]) {
      for (const told of facts) {
        await tellOne(told);
        await drain();
      }
    },
    /** Tells one while runs are under way, of which a step is taken before. */
    async tellWithoutWaiting(told: ToldFacts, takesStep: boolean) {
      const next = takesStep ? queue.shift() : undefined;
      if (next !== undefined) await runTask(next, ports, rethrow);
      await tellOne(told);
    },
    rebuild: (customer: string) => rebuildCustomer('usmf', customer, ports),
    ...questions(customers, reference),
  };
}

/** What a test asks of such a world. */
function questions(customers: MemoryCustomers, reference: MemoryReference) {
  return {
    documents: (pk: string) =>
      Object.fromEntries(
        Object.entries(customers.documents(pk)).map(([id, one]) => [id, withoutRevision(one)]),
      ),
    recordOf(customer: string, record: string) {
      const id = recordId('contact', '/erp/a', record);
      const document = customers.documents(customerKey('usmf', customer))[id];
      return document?.kind === 'contact' ? document : undefined;
    },
    /** The names of a customer's contacts. */
    async living(customer: string): Promise<string[]> {
      return Object.values(customers.documents(customerKey('usmf', customer)))
        .flatMap((one) => (one.kind === 'contact' ? [rowOf(one)?.['name']] : []))
        .flatMap((name) => (typeof name === 'string' ? [name] : []))
        .toSorted();
    },
    /** The pools of the company. */
    async pools(): Promise<string[]> {
      const rows = Object.values((await reference.read('usmf'))?.document.rows ?? {});
      return rows
        .filter(({ kind }) => kind === 'pool')
        .map(({ record }) => record)
        .toSorted();
    },
  };
}

function rethrow(error: unknown): never {
  throw error;
}
