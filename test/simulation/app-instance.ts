// One instance of the app in a simulated world: the production use cases over the stores and the
// queue, every call of a port being one the world answers. A new port is one more line here.
import { sha256 } from '../../adapters/hash.ts';
import type { AgeListsPorts } from '../../application/age-lists.ts';
import type { ApplyPorts } from '../../application/apply-changes.ts';
import { Breaker } from '../../application/breaker.ts';
import { companyDirectory } from '../../application/company-directory.ts';
import type { LinkPorts } from '../../application/link-rows.ts';
import type { LinkStore } from '../../application/link-store.ts';
import type { ReadPorts } from '../../application/open-customer.ts';
import type {
  AgentActivities,
  ChangeQueue,
  CustomerLists,
  CommitResult,
  CustomerQueries,
  CustomerStore,
  ReferenceStore,
  RunStore,
  StoredCustomers,
} from '../../application/ports.ts';
import type { TaskPorts } from '../../application/run-task.ts';
import type { SnapshotStore } from '../../application/snapshots/snapshot-store.ts';
import { startRun } from '../../application/sweep.ts';
import { topology } from '../../infra/topology.ts';
import {
  type MemoryAgentActivities,
  memoryAgentActivities,
} from '../support/memory-agent-activities.ts';
import { type MemoryLists, memoryLists } from '../support/memory-lists.ts';
import { memoryLinks } from '../support/memory-links.ts';
import { memoryRuns } from '../support/memory-runs.ts';
import { type MemorySnapshots, memorySnapshots } from '../support/memory-snapshots.ts';
import {
  type MemoryCustomers,
  memoryCustomers,
  type MemoryReference,
  memoryReference,
} from '../support/memory-stores.ts';
import type { ChangesBus } from './bus.ts';
import type { Menu, Process, World } from './world.ts';

/** What the store takes in one batch; in the small scale, less. */
const STORE_OPERATIONS_MAX = 100;

/** Everything durable. */
export type Stores = {
  readonly customers: MemoryCustomers;
  readonly reference: MemoryReference;
  readonly lists: MemoryLists;
  readonly agentActivities: MemoryAgentActivities;
  readonly runs: RunStore;
  readonly snapshots: MemorySnapshots;
  readonly links: LinkStore;
};

/** Stores with nothing in them. */
export function emptyStores(): Stores {
  return {
    customers: memoryCustomers(),
    reference: memoryReference(),
    lists: memoryLists(),
    agentActivities: memoryAgentActivities(),
    runs: memoryRuns(),
    snapshots: memorySnapshots(),
    links: memoryLinks(),
  };
}

export type AppInstance = {
  readonly process: Process;
  readonly apply: ApplyPorts;
  readonly tasks: TaskPorts;
  readonly linking: LinkPorts;
  readonly aging: AgeListsPorts;
  readonly queue: ChangeQueue;
  readonly reads: ReadPorts;
};

const STORE: Menu<never> = { dependency: 'cosmos' };
const COMMIT: Menu<CommitResult> = { dependency: 'cosmos', refusal: 'conflict' };
export const QUEUE: Menu<never> = { dependency: 'serviceBus' };

/** A fresh instance, remembering nothing; `clock` is the business clock. */
export function appInstance(
  process: Process,
  world: World,
  stores: Stores,
  bus: ChangesBus,
  clock: () => number,
): AppInstance {
  const caller = { process, world };
  const reference = referenceStore(caller, stores.reference);
  const queries = customerQueries(caller, stores.customers);
  const companies = companyDirectory(reference, () => world.now);
  const queue: ChangeQueue = {
    send: (messages) => world.call<void>(process, 'queue.send', QUEUE, () => bus.take(messages)),
  };
  const running = {
    runs: runStore(caller, stores.runs),
    queue,
    now: () => world.now,
    shards: topology.sessions.shards,
    newId: () => `run-${world.random.integer(0, Number.MAX_SAFE_INTEGER)}`,
  };
  const customers = { ...queries, ...customerStore(caller, stores.customers) };
  const apply: ApplyPorts = {
    customers,
    reference,
    companies,
    lists: customerLists(caller, stores.lists),
    agentActivities: agentActivities(caller, stores.agentActivities),
    snapshots: snapshotStore(caller, stores.snapshots),
    startRun: (order) => startRun(order, running),
    clock,
    hash: sha256,
    pause: (milliseconds) => world.pause(process, milliseconds),
    random: () => world.random.next(),
    elapsed: () => world.now,
    breaker: new Breaker(),
  };
  const stored = { ...customers, ...storedCustomers(caller, stores.customers) };
  return {
    process,
    apply,
    tasks: { ...apply, ...running, customers: stored, erase: async () => 0 },
    linking: { ...apply, links: linkStore(caller, stores.links), queue },
    aging: { ...apply, ...running, companyList: reference },
    queue,
    reads: { companies, customers: queries, clock },
  };
}

/** Whose calls they are, and who answers them. */
type Calling = { readonly process: Process; readonly world: World };

/** A call of the store that changes nothing. */
function ask<T>({ process, world }: Calling, label: string, effect: () => Promise<T>): Promise<T> {
  return world.call<T>(process, label, STORE, effect);
}

/** A commit: it may lose its race. */
function write(
  { process, world }: Calling,
  label: string,
  effect: () => Promise<CommitResult>,
): Promise<CommitResult> {
  return world.call(process, label, COMMIT, effect);
}

function referenceStore(calling: Calling, store: ReferenceStore): ReferenceStore {
  return {
    read: (company) => ask(calling, 'reference.read', () => store.read(company)),
    readRecord: (company, id) =>
      ask(calling, `reference.readRecord ${id}`, () => store.readRecord(company, id)),
    records: (company, entity) =>
      ask(calling, `reference.records ${entity}`, () => store.records(company, entity)),
    commit: (company, writes) =>
      write(calling, 'reference.commit', () => store.commit(company, writes)),
    companies: () => ask(calling, 'companies', () => store.companies()),
    commitCompanies: (one) => write(calling, 'commitCompanies', () => store.commitCompanies(one)),
  };
}

function customerStore(calling: Calling, store: CustomerStore): CustomerStore {
  return {
    read: (pk, ids) => ask(calling, `read ${ids.join(' ')}`, () => store.read(pk, ids)),
    commit: (pk, writes) => {
      if (writes.length > STORE_OPERATIONS_MAX) {
        throw new Error(`the store takes no batch of ${writes.length} operations`);
      }
      const ids = writes.map(({ id, document }) => (document === null ? `-${id}` : id)).join(' ');
      return write(calling, `commit ${ids}`, () => store.commit(pk, writes));
    },
    relatedTo: (pk, kind, transaction) =>
      ask(calling, `relatedTo ${kind}`, () => store.relatedTo(pk, kind, transaction)),
    greatest: (pk, maximum, count) =>
      ask(calling, `greatest ${maximum}`, () => store.greatest(pk, maximum, count)),
  };
}

function storedCustomers(
  calling: Calling,
  store: StoredCustomers,
): Pick<StoredCustomers, 'documentsOf' | 'customersOf'> {
  return {
    documentsOf: (pk, ...page) => ask(calling, 'documentsOf', () => store.documentsOf(pk, ...page)),
    customersOf: (company, ...page) =>
      ask(calling, `customersOf ${company}`, () => store.customersOf(company, ...page)),
  };
}

function runStore(calling: Calling, store: RunStore): RunStore {
  return {
    readRun: (run) => ask(calling, `run ${run}`, () => store.readRun(run)),
    readProgress: (run, shard) =>
      ask(calling, `progress ${shard}`, () => store.readProgress(run, shard)),
    progressOf: (run) => ask(calling, 'progress', () => store.progressOf(run)),
    save: (run, one) => write(calling, `save ${one.id}`, () => store.save(run, one)),
  };
}

function snapshotStore(calling: Calling, store: SnapshotStore): SnapshotStore {
  return {
    find: (company, id) => ask(calling, `snapshot ${id}`, () => store.find(company, id)),
    effective: (company) => ask(calling, 'effective', () => store.effective(company)),
    list: (company, ...page) => ask(calling, 'snapshots', () => store.list(company, ...page)),
    commit: (company, writes) =>
      write(calling, 'snapshot.commit', () => store.commit(company, writes)),
    readOwner: (key, id) => ask(calling, `tally ${id}`, () => store.readOwner(key, id)),
    readShard: (key, id) => ask(calling, `tally ${id}`, () => store.readShard(key, id)),
    shards: (key) => ask(calling, 'tallies', () => store.shards(key)),
    commitTallies: (key, writes) =>
      write(calling, 'tally.commit', () => store.commitTallies(key, writes)),
  };
}

function linkStore(calling: Calling, store: LinkStore): LinkStore {
  return {
    readRow: (key) => ask(calling, `row ${key}`, () => store.readRow(key)),
    readLink: (key) => ask(calling, `link ${key}`, () => store.readLink(key)),
    readStatement: (key, id) => ask(calling, `${id} ${key}`, () => store.readStatement(key, id)),
    statements: (key) => ask(calling, `statements ${key}`, () => store.statements(key)),
    linksOf: (company, customer, after) =>
      ask(calling, `links of ${customer}`, () => store.linksOf(company, customer, after)),
    commit: (key, writes) => write(calling, `link.commit ${key}`, () => store.commit(key, writes)),
  };
}

function customerLists(calling: Calling, store: CustomerLists): CustomerLists {
  return {
    read: (list, id) => ask(calling, `row ${list}`, () => store.read(list, id)),
    write: (one, list) => write(calling, `write row ${list}`, () => store.write(one, list)),
    page: (list, question) => ask(calling, `page ${list}`, () => store.page(list, question)),
  };
}

function agentActivities(calling: Calling, store: AgentActivities): AgentActivities {
  return {
    read: (agent, id) => ask(calling, `activity of ${agent}`, () => store.read(agent, id)),
    write: (one, agent) =>
      write(calling, `write activity of ${agent}`, () => store.write(one, agent)),
    page: (agent, question) =>
      ask(calling, `activities of ${agent}`, () => store.page(agent, question)),
  };
}

function customerQueries(calling: Calling, store: CustomerQueries): CustomerQueries {
  return {
    read: (pk, ids) => ask(calling, `query ${ids.join(' ')}`, () => store.read(pk, ids)),
    openTransactions: (pk) => ask(calling, 'openTransactions', () => store.openTransactions(pk)),
    transactions: (pk, question) =>
      ask(calling, 'transactions', () => store.transactions(pk, question)),
    transactionsAfter: (pk, day, what, limit) =>
      ask(calling, 'transactionsAfter', () => store.transactionsAfter(pk, day, what, limit)),
    transactionsById: (pk, ids) =>
      ask(calling, 'transactionsById', () => store.transactionsById(pk, ids)),
    settlementsAfter: (pk, day, limit) =>
      ask(calling, 'settlementsAfter', () => store.settlementsAfter(pk, day, limit)),
    settlementsOf: (pk, transactions, limit) =>
      ask(calling, 'settlementsOf', () => store.settlementsOf(pk, transactions, limit)),
    timeline: (pk, question) => ask(calling, 'timeline', () => store.timeline(pk, question)),
    history: (pk, limit) => ask(calling, 'history', () => store.history(pk, limit)),
    commands: (pk, limit) => ask(calling, 'commands', () => store.commands(pk, limit)),
    lastPayments: (...question) =>
      ask(calling, 'lastPayments', () => store.lastPayments(...question)),
    promisedTransactions: (pk) =>
      ask(calling, 'promisedTransactions', () => store.promisedTransactions(pk)),
    recordsNaming: (pk, ids) => ask(calling, 'recordsNaming', () => store.recordsNaming(pk, ids)),
  };
}
