// The composition root: clients once, adapters over them, and what the handlers need of both.
import {
  applyMessage,
  type ApplyMessagePorts,
  type Delivery,
  type Handled,
} from '../application/apply-message.ts';
import { Breaker } from '../application/breaker.ts';
import { companyDirectory } from '../application/company-directory.ts';
import { holdWhileUnavailable } from '../application/hold.ts';
import { type CheckedChange, type Ingested, ingestChanges } from '../application/ingest-changes.ts';
import type { UserProfilePorts } from '../application/get-user-profile.ts';
import type { ActivityReadPorts } from '../application/get-activities.ts';
import type { ListReadPorts } from '../application/list-page.ts';
import type { ReadPorts } from '../application/open-customer.ts';
import type { Authenticate, DeadLetters, Probes, QuarantineStore } from '../application/ports.ts';
import type { QuarantinedChange } from '../application/quarantined-change.ts';
import { replayQuarantined } from '../application/replay-quarantined.ts';
import { type Progress, progressOf } from '../application/run.ts';
import { runTask, type TaskPorts } from '../application/run-task.ts';
import { startRun } from '../application/sweep.ts';
import type { Task, TaskMessage } from '../application/task-message.ts';
import { businessClock } from '../adapters/clock.ts';
import type { Config } from '../adapters/config.ts';
import { cosmosClient } from '../adapters/cosmos/client.ts';
import { agentActivities } from '../adapters/cosmos/agent-activities.ts';
import { customerLists } from '../adapters/cosmos/customer-lists.ts';
import { customerQueries } from '../adapters/cosmos/customer-queries.ts';
import { customerStore } from '../adapters/cosmos/customer-store.ts';
import { asking } from '../adapters/cosmos/failure.ts';
import { quarantineStore } from '../adapters/cosmos/quarantine-store.ts';
import { referenceStore } from '../adapters/cosmos/reference-store.ts';
import { authenticator } from '../adapters/entra/authenticate.ts';
import { runStore } from '../adapters/cosmos/run-store.ts';
import { storedCustomers } from '../adapters/cosmos/stored-customers.ts';
import { sha256 } from '../adapters/hash.ts';
import { newId } from '../adapters/new-id.ts';
import { changeQueue } from '../adapters/service-bus/change-queue.ts';
import { serviceBusClient } from '../adapters/service-bus/client.ts';
import { deadLetters } from '../adapters/service-bus/dead-letters.ts';
import { queueDepths } from '../adapters/service-bus/queue-depths.ts';
import type { Hash } from '../domain/record.ts';
import type { Topology } from '../infra/topology.ts';

/** The queue of the change feed, as topology.json names it. */
export const CHANGES_QUEUE = 'changes';

/** Work over customers: see {@link startRun} and {@link progressOf}. */
export type Runs = {
  start(task: Task, company: string, customer: string | null): Promise<Progress>;
  progress(run: string): Promise<Progress | null>;
};

/** What handlers work with. */
export type App = {
  ingest(changes: readonly CheckedChange[], dryRun: boolean): Promise<Ingested>;
  apply(delivery: Delivery): Promise<Handled>;
  readonly quarantine: Pick<QuarantineStore, 'find' | 'list'>;
  /** Puts a quarantined change on the queue again; null when there is no such. */
  replayQuarantined(id: string): Promise<QuarantinedChange | null>;
  readonly deadLetters: Pick<DeadLetters, 'peek' | 'replay'>;
  /** Puts a message that cannot be read among the dead letters. */
  readonly bury: DeadLetters['bury'];
  readonly authenticate: Authenticate;
  readonly reads: ReadPorts & UserProfilePorts & ListReadPorts & ActivityReadPorts;
  runTask(message: TaskMessage, onFailure: (error: unknown) => void): Promise<void>;
  readonly runs: Runs;
  readonly probes: Probes;
  readonly hash: Hash;
  /** Lets go of all connections. */
  close(): Promise<void>;
};

/** The app over real clients. Nothing is connected before it is used. */
export function compose(config: Config, topology: Topology): App {
  const cosmos = cosmosClient(config.cosmos);
  const database = cosmos.database(topology.cosmos.database);
  const customers = database.container('customers');
  const queries = customerQueries(customers);
  const lists = customerLists(database.container('customer-lists'));
  const activities = agentActivities(database.container('agent-activities'));
  const reference = referenceStore(database.container('reference'));
  const companies = companyDirectory(reference, () => performance.now());
  const clock = businessClock(config.businessNow, Date.now);
  const bus = serviceBusClient(config.serviceBus);
  const queue = changeQueue(bus, CHANGES_QUEUE, topology.sessions.shards);
  const quarantine = quarantineStore(database.container('feed'));
  const letters = deadLetters(bus, CHANGES_QUEUE);
  const ports: ApplyMessagePorts = {
    customers: { ...customerStore(customers), ...queries },
    reference,
    companies,
    lists,
    agentActivities: activities,
    clock,
    hash: sha256,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
    elapsed: () => performance.now(),
    breaker: new Breaker(),
    quarantine,
    now: Date.now,
  };
  const tasks: TaskPorts = {
    ...ports,
    queue,
    customers: { ...ports.customers, ...storedCustomers(customers) },
    runs: runStore(database.container('feed')),
    now: Date.now,
    shards: topology.sessions.shards,
  };
  return {
    ingest: (changes, dryRun) => ingestChanges(changes, dryRun, queue),
    apply: (delivery) => applyMessage(delivery, ports),
    quarantine,
    replayQuarantined: (id) => replayQuarantined(id, { quarantine, queue, now: Date.now }),
    deadLetters: letters,
    bury: (...message) => holdWhileUnavailable(() => letters.bury(...message), ports),
    authenticate: authenticator(config.identity, {
      fetch: (url, init) => fetch(url, init),
      now: Date.now,
      elapsed: () => performance.now(),
    }),
    runTask: (message, onFailure) => runTask(message, tasks, onFailure),
    runs: {
      start: (task, company, customer) => startRun(task, company, customer, { ...tasks, newId }),
      progress: (run) => progressOf(run, tasks.runs),
    },
    reads: {
      companies,
      companyList: reference,
      lists,
      agentActivities: activities,
      customers: queries,
      clock,
    },
    probes: {
      cosmos: async () => {
        await asking(() => database.container('reference').read());
      },
      queueDepths: queueDepths(
        bus,
        topology.serviceBus.queues.map(({ name }) => name),
      ),
    },
    hash: sha256,
    async close() {
      cosmos.dispose();
      await bus.close();
    },
  };
}
