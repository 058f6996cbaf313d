// The composition root: what the handlers need, made of use cases and the effects they have.
import {
  applyMessage,
  type ApplyMessagePorts,
  type Delivery,
  type Handled,
} from '../application/apply-message.ts';
import { notingQueue } from '../application/accepted-watermarks.ts';
import { ageLists } from '../application/age-lists.ts';
import { CallBudget } from '../application/call-budget.ts';
import { eraseCustomer } from '../application/erasure/erase-customer.ts';
import type { ActivityReadPorts } from '../application/get-activities.ts';
import type { UserProfilePorts } from '../application/get-user-profile.ts';
import type { Probes } from '../application/get-health.ts';
import { holdWhileUnavailable } from '../application/hold.ts';
import {
  type Checked,
  type CheckedEvent,
  type Ingested,
  ingestChanges,
} from '../application/ingest-changes.ts';
import { ingestRows } from '../application/ingest-rows.ts';
import { linkDelivery, type RowsDelivery } from '../application/link-delivery.ts';
import type { ListReadPorts } from '../application/list-page.ts';
import type { ReadPorts } from '../application/open-customer.ts';
import type { Authenticate, DeadLetters, Pause, QuarantineStore } from '../application/ports.ts';
import type { QuarantinedChange } from '../application/quarantined-change.ts';
import { replayQuarantined } from '../application/replay-quarantined.ts';
import { measuringQuarantine, measuringWatermarks } from '../application/measure-changes.ts';
import { listWatermarks, type WatermarksQuestion } from '../application/list-watermarks.ts';
import { type Progress, progressOf } from '../application/run.ts';
import { runTask, type TaskPorts } from '../application/run-task.ts';
import type { SourceRow } from '../application/source-row.ts';
import { listSnapshots, type Snapshot } from '../application/snapshots/list-snapshots.ts';
import { applySnapshotEvents } from '../application/snapshots/settle-snapshots.ts';
import type { SnapshotEventsMessage } from '../application/snapshots/snapshot-event.ts';
import { type RunOrder, startRun } from '../application/sweep.ts';
import type { TaskMessage } from '../application/task-message.ts';
import { measuringWriting } from '../application/text/measure-writing.ts';
import { type Texts, textsOver } from '../application/text/texts.ts';
import type { Config } from '../adapters/config.ts';
import { sha256 } from '../adapters/hash.ts';
import { composeMessage } from '../adapters/mail/compose-message.ts';
import { newId } from '../adapters/new-id.ts';
import { packagedFiles } from '../adapters/packaged-files.ts';
import {
  type AppTelemetry,
  configuredTelemetry,
} from '../adapters/telemetry/configured-telemetry.ts';
import type { Hash } from '../domain/record.ts';
import type { Topology } from '../infra/topology.ts';
import { type Commands, composeCommands } from './compose-commands.ts';
import { connect } from './connect.ts';
import { readDeadLetter } from './contract/dead-letter-content.ts';

/** Work over customers: see {@link startRun} and {@link progressOf}. */
export type Runs = {
  start(order: RunOrder): Promise<Progress>;
  progress(run: string): Promise<Progress | null>;
};

/** What handlers work with. */
export type App = {
  ingest(changes: readonly CheckedEvent[], dryRun: boolean): Promise<Ingested>;
  ingestRows(rows: readonly Checked<SourceRow>[], dryRun: boolean): Promise<Ingested>;
  apply(delivery: Delivery): Promise<Handled>;
  /** Finds the customers of some rows, and puts their changes on the queue. */
  linkRows(delivery: RowsDelivery): Promise<Pick<Handled, 'quarantined'>>;
  /** A page of how far the feed has come, with all that this process has noted of it. */
  watermarks(question: WatermarksQuestion): ReturnType<typeof listWatermarks>;
  /** Takes what was told of snapshots as such. */
  applySnapshotEvents(message: SnapshotEventsMessage): Promise<void>;
  /** A page of a company's snapshots; see {@link listSnapshots}. */
  listSnapshots(company: string, after: string | null, limit: number): Promise<readonly Snapshot[]>;
  readonly quarantine: Pick<QuarantineStore, 'find' | 'list'>;
  /** Puts a quarantined change on the queue again; null when there is no such. */
  replayQuarantined(id: string): Promise<QuarantinedChange | null>;
  readonly deadLetters: Pick<DeadLetters, 'peek' | 'replay'>;
  /** Puts a message that cannot be read among the dead letters. */
  readonly bury: DeadLetters['bury'];
  readonly authenticate: Authenticate;
  /** How often each caller may call. */
  readonly calls: CallBudget;
  /** Origins of the web pages that may call from a browser. */
  readonly origins: readonly string[];
  readonly reads: ReadPorts & UserProfilePorts & ListReadPorts & ActivityReadPorts;
  /** For reads that must be no older than what the caller wrote. */
  readonly consistentReads: ReadPorts & { readonly pause: Pause };
  readonly commands: Commands;
  runTask(message: TaskMessage, onFailure: (error: unknown) => void): Promise<void>;
  readonly runs: Runs;
  /** Has the lists of all companies aged where a day has begun; see {@link ageLists}. */
  ageLists(onFailure: (error: unknown) => void): Promise<void>;
  /** Texts generated from a customer's figures. */
  readonly texts: Texts;
  readonly probes: Probes;
  /** Who watches the app; see {@link configuredTelemetry}. */
  readonly telemetry: AppTelemetry;
  readonly hash: Hash;
  /** The text of a file that describes the API. */
  documentation(name: string): Promise<string>;
  /** Lets go of all connections. */
  close(): Promise<void>;
};

/** The folders of files that are deployed with the bundle. */
export type Folders = {
  /** Of the files that describe the API. */
  readonly documentation: string;
  /** Of what a model is told. */
  readonly prompts: string;
};

/** The app over real clients. Nothing is connected or read before it is used. */
export function compose(config: Config, topology: Topology, folders: Folders): App {
  const telemetry = configuredTelemetry(config.telemetry, (message) =>
    process.emitWarning(message),
  );
  const effects = connect(config, topology, packagedFiles(folders.prompts), telemetry);
  const writing = measuringWriting(effects.writing, telemetry);
  const { reads, quarantine, watermarks, deadLetters, runs, waiting } = effects;
  const queue = notingQueue(effects.queue, watermarks);
  const { shards } = topology.sessions;
  const running = { runs, queue, now: Date.now, shards, newId };
  const start = (order: RunOrder) => startRun(order, running);
  const applying: ApplyMessagePorts = {
    ...reads,
    ...waiting,
    ...effects.applying,
    quarantine,
    watermarks: measuringWatermarks(watermarks, telemetry),
    startRun: start,
    hash: sha256,
    now: Date.now,
  };
  const { links, deadLetterQueues, storedCustomers: customers } = effects;
  const linking = { ...applying, links, customers, queue };
  const erasing = { ...linking, deadLetterQueues, readDeadLetter };
  const erase: TaskPorts['erase'] = (...whose) => eraseCustomer(...whose, erasing);
  const tasks: TaskPorts = { ...applying, ...running, customers, erase };
  return {
    ingest: (changes, dryRun) => ingestChanges(changes, dryRun, queue),
    ingestRows: (rows, dryRun) => ingestRows(rows, dryRun, queue, shards),
    linkRows: measuringQuarantine((delivery) => linkDelivery(delivery, linking), telemetry),
    listSnapshots: (...page) => listSnapshots(...page, tasks),
    applySnapshotEvents: (message) => applySnapshotEvents(message, applying),
    apply: measuringQuarantine((delivery) => applyMessage(delivery, applying), telemetry),
    runTask: (message, onFailure) => runTask(message, tasks, onFailure),
    ageLists: (onFailure) => ageLists({ ...reads, ...running }, onFailure),
    runs: { start, progress: (run) => progressOf(run, runs) },
    watermarks: async (question) => {
      await watermarks.flush();
      return listWatermarks(question, effects.watermarkStore);
    },
    quarantine,
    replayQuarantined: (id) => replayQuarantined(id, { quarantine, queue, shards, now: Date.now }),
    deadLetters,
    bury: (...message) => holdWhileUnavailable(() => deadLetters.bury(...message), waiting),
    authenticate: effects.authenticate,
    calls: new CallBudget(config.callsPerSecond, () => performance.now()),
    origins: config.origins,
    reads,
    consistentReads: { ...reads, pause: waiting.pause },
    commands: composeCommands({
      ...effects.commands,
      ...waiting,
      customers: effects.reads.customers,
      snapshots: effects.applying.snapshots,
      startRun: start,
      clock: reads.clock,
      queue,
      hash: sha256,
    }),
    texts: textsOver({ ...reads, ...writing, hash: sha256, newId }, composeMessage),
    probes: effects.probes,
    telemetry,
    hash: sha256,
    documentation: packagedFiles(folders.documentation),
    async close() {
      await effects.close();
      await telemetry.close();
    },
  };
}
