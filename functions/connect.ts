// Every effect of the app: clients once, adapters over them, and the clocks. Nothing is connected
// before it is used.
import { Breaker } from '../application/breaker.ts';
import { companyDirectory } from '../application/company-directory.ts';
import type { HoldPorts } from '../application/hold.ts';
import type { Telemetry } from '../application/telemetry.ts';
import type { WritingPorts } from '../application/text/write-text.ts';
import type { WatermarkStore } from '../application/watermark-store.ts';
import { Watermarks } from '../application/watermarks.ts';
import { businessClock } from '../adapters/clock.ts';
import type { Config } from '../adapters/config.ts';
import { agentActivities } from '../adapters/cosmos/agent-activities.ts';
import { cosmosDatabase } from '../adapters/cosmos/client.ts';
import { customerLists } from '../adapters/cosmos/customer-lists.ts';
import { customerQueries } from '../adapters/cosmos/customer-queries.ts';
import { customerStore } from '../adapters/cosmos/customer-store.ts';
import { asking } from '../adapters/cosmos/failure.ts';
import { linkStore } from '../adapters/cosmos/link-store.ts';
import { quarantineStore } from '../adapters/cosmos/quarantine-store.ts';
import { referenceStore } from '../adapters/cosmos/reference-store.ts';
import { snapshotStore } from '../adapters/cosmos/snapshot-store.ts';
import { runStore } from '../adapters/cosmos/run-store.ts';
import { storedCustomers } from '../adapters/cosmos/stored-customers.ts';
import { waitingCommands } from '../adapters/cosmos/waiting-commands.ts';
import { watermarkStore } from '../adapters/cosmos/watermark-store.ts';
import { authenticator } from '../adapters/entra/authenticate.ts';
import { sha256 } from '../adapters/hash.ts';
import { configuredGenerator } from '../adapters/openai/configured-generator.ts';
import { changeQueue } from '../adapters/service-bus/change-queue.ts';
import { collectionsEventTopic } from '../adapters/service-bus/collections-event-topic.ts';
import { type OpenServiceBus, serviceBus } from '../adapters/service-bus/client.ts';
import { deadLetters } from '../adapters/service-bus/dead-letters.ts';
import { erpCommandQueue } from '../adapters/service-bus/erp-command-queue.ts';
import { queueDepths } from '../adapters/service-bus/queue-depths.ts';
import type { Topology } from '../infra/topology.ts';
import { reasonOf } from './problem.ts';

/** The queue of the change feed, as topology.json names it. */
export const CHANGES_QUEUE = 'changes';

/** The queue of commands to the ERP, and the topic of collections data. */
const ERP_COMMANDS_QUEUE = 'erp-commands';
const COLLECTIONS_EVENTS_TOPIC = 'collections-events';

const elapsed = () => performance.now();

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** What has texts written, besides a model. */
const WRITING: Omit<WritingPorts, 'customers' | 'generator'> = {
  // The patterns it knows are many: they are made when the first text is checked.
  check: async (...text) => (await import('../domain/text/grounding.ts')).violationsOf(...text),
  now: Date.now,
  // Nothing waits for a text that nobody waits for any more.
  expire: (milliseconds) =>
    new Promise((resolve) => {
      setTimeout(resolve, milliseconds).unref();
    }),
};

/** The effects over real clients, by who uses them; `prompt` reads the text of a prompt's file. */
export function connect(
  config: Config,
  topology: Topology,
  prompt: (file: string) => Promise<string>,
  telemetry: Telemetry,
) {
  const database = cosmosDatabase(config.cosmos, topology.cosmos.database, telemetry);
  const [customers, feed] = [database.container('customers'), database.container('feed')];
  const reference = referenceStore(database.container('reference'));
  const bus = serviceBus(config.serviceBus);
  const store = { ...customerStore(customers), ...customerQueries(customers) };
  const waiting: HoldPorts = {
    pause,
    random: Math.random,
    elapsed,
    breaker: new Breaker(),
  };
  const companies = companyDirectory(reference, elapsed);
  // What is remembered of a company must not be older than what answers say is in them.
  const watermarks = watermarksOver(watermarkStore(feed), (id) => companies.forget(id));
  const ports = { prompt, pause, random: Math.random, now: Date.now };
  const generator = configuredGenerator(config.ai, ports);
  return {
    /** What answers read. */
    reads: {
      companies,
      companyList: reference,
      lists: customerLists(database.container('customer-lists')),
      agentActivities: agentActivities(database.container('agent-activities')),
      customers: store,
      freshnessOf: (company: string) => watermarks.freshnessOf(company),
      clock: businessClock(config.businessNow, Date.now),
    },
    /** What applying changes has besides. */
    applying: { reference, customers: store, snapshots: snapshotStore(feed) },
    /** What texts are written with. */
    writing: { ...WRITING, generator },
    /** For those that wait for a dependency: one breaker for all of them. */
    waiting,
    storedCustomers: { ...store, ...storedCustomers(customers) },
    runs: runStore(feed),
    links: linkStore(feed),
    quarantine: quarantineStore(feed),
    watermarks,
    watermarkStore: watermarkStore(feed),
    queue: changeQueue(bus.open, CHANGES_QUEUE, topology.sessions.shards, telemetry),
    commands: { ...outbound(bus.open, telemetry), waitingCommands: waitingCommands(customers) },
    deadLetters: deadLetters(bus.open, CHANGES_QUEUE),
    /** Of every queue that carries anything of customers. */
    deadLetterQueues: [CHANGES_QUEUE, ERP_COMMANDS_QUEUE].map((name) =>
      deadLetters(bus.open, name),
    ),
    authenticate: authenticator(config.identity, {
      fetch: (url, init) => fetch(url, init),
      now: Date.now,
      elapsed,
    }),
    probes: {
      ai: () => generator?.state() ?? 'off',
      cosmos: async () => {
        await asking(async () => (await database.container('reference')()).read());
      },
      queueDepths: queueDepths(bus.open, topology.serviceBus),
    },
    /** Lets go of all connections. */
    async close() {
      await watermarks.close();
      await database.close();
      await bus.close();
    },
  };
}

/** What is sent to others: commands to the ERP, and news of collections data. */
function outbound(open: OpenServiceBus, telemetry: Telemetry) {
  return {
    erpCommands: erpCommandQueue(open, ERP_COMMANDS_QUEUE, sha256, telemetry),
    collectionsEvents: collectionsEventTopic(open, COLLECTIONS_EVENTS_TOPIC, sha256, telemetry),
  };
}

function watermarksOver(store: WatermarkStore, onRead: (company: string) => void): Watermarks {
  return new Watermarks({
    store,
    elapsed,
    onRead,
    later: (milliseconds, run) => {
      setTimeout(run, milliseconds).unref();
    },
    // There is no invocation to say it to.
    onFailure: (error) => process.emitWarning(`watermarks were not written: ${reasonOf(error)}`),
  });
}
