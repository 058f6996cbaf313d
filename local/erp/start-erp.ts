// The sample ERP with its connections: it receives commands and announcements from Service Bus by
// the real SDK, and answers over HTTP. It can be killed at any moment: a message is done with only
// when all that came of it was taken, and until then it comes again.
import type { Log } from '../host/core-module.ts';
import type { ServiceBusSettings } from '../host/host-settings.ts';
import { InFlight } from '../host/in-flight.ts';
import type { InvocationResult } from '../host/invocation.ts';
import { listenToQueue } from '../host/message-pump.ts';
import { listenToSessions } from '../host/session-slots.ts';
import { type ArrearsClient, arrearsClient } from './arrears-client.ts';
import { Books } from './books.ts';
import { Erp } from './erp.ts';
import { sampleAccounts, type SampleAccount } from './sample-ledger.ts';

/** The queue of commands, in sessions by customer. */
const COMMANDS = 'erp-commands';
/** The subscription that is the ERP's. */
const ANNOUNCEMENTS = 'collections-events/Subscriptions/erp';
/** What the ERP works off: where it runs, nothing is done before these are empty. */
export const ERP_QUEUES = [COMMANDS, ANNOUNCEMENTS];

/** All of it can be sent to a thread. */
export type ErpOptions = {
  /** Address of the host: `http://127.0.0.1:7071`. */
  readonly url: string;
  /** Connection string of Service Bus. */
  readonly serviceBus: string;
  /** The file of its books, or `:memory:`. */
  readonly dataFile: string;
  /** The business date of the sample it is the ERP of, `YYYY-MM-DD`. */
  readonly sampleDate: string;
  /** Sets the business clock, RFC 3339. */
  readonly businessNow?: string | undefined;
};

export type RunningErp = {
  /** Takes no more messages, and gives back those under way: they come again. */
  stop(): Promise<void>;
};

const SETTINGS: ServiceBusSettings = {
  autoCompleteMessages: true,
  maxConcurrentSessions: 2,
  maxConcurrentCalls: 1,
  maxAutoLockRenewalDuration: 3_600_000,
  sessionIdleTimeout: 200,
};
const STOP_LIMIT_MS = 2_000;

/** Opens the books and starts receiving. Throws when the books are in use. */
export function startErp(options: ErpOptions, log: Log): RunningErp {
  const { url, serviceBus, dataFile, sampleDate, businessNow } = options;
  const books = new Books(dataFile);
  const began = Date.now();
  const startsAt = businessNow === undefined ? began : Date.parse(businessNow);
  // The sample takes a moment to make, and most starts see no command.
  let accounts: ReadonlyMap<string, SampleAccount> | null = null;
  const erp = new Erp(
    books,
    () => (accounts ??= sampleAccounts(sampleDate)),
    () => startsAt + Date.now() - began,
  );
  const stopping = new AbortController();
  const client = arrearsClient(url, stopping.signal);
  const shared = {
    connectionString: serviceBus,
    settings: SETTINGS,
    inFlight: new InFlight(),
    log,
  };
  const listeners = [
    listenToSessions({
      ...shared,
      queue: COMMANDS,
      run: ({ body }) => runCommand(erp, client, bodyOf(body), log),
    }),
    listenToQueue({
      ...shared,
      queue: ANNOUNCEMENTS,
      run: ({ body }) => runAnnouncement(erp, client, bodyOf(body), log),
    }),
  ];
  return {
    async stop() {
      stopping.abort();
      const deadline = AbortSignal.timeout(STOP_LIMIT_MS);
      await Promise.all(listeners.map((listener) => listener.close(deadline)));
      books.close();
    },
  };
}

/** The body as JSON; a text that is none is no message of ours. */
function bodyOf(body: unknown): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : String(body));
  } catch {
    return null;
  }
}

const DONE: InvocationResult = { kind: 'succeeded', returnValue: null };
/** It comes again, and in the end lies among the dead letters, where it is seen. */
const AGAIN: InvocationResult = { kind: 'failed' };

async function runCommand(
  erp: Erp,
  client: ArrearsClient,
  message: unknown,
  log: Log,
): Promise<InvocationResult> {
  const answered = erp.carryOut(message);
  if (answered === null) return AGAIN;
  const { command, answer } = answered;
  if (!(await tellAll(answer.events, client, log))) return AGAIN;
  if (answer.outcome === null) return DONE;
  const sent = await client.report(command, answer.outcome);
  // Who does not know the command any more has no use for its outcome.
  if (sent.kind === 'refused') log('warning', `sample ERP: an outcome got ${sent.reason}`);
  return sent.kind === 'stopped' ? AGAIN : DONE;
}

async function runAnnouncement(
  erp: Erp,
  client: ArrearsClient,
  message: unknown,
  log: Log,
): Promise<InvocationResult> {
  return (await tellAll(erp.takeOver(message).events, client, log)) ? DONE : AGAIN;
}

async function tellAll(
  events: Parameters<ArrearsClient['tell']>[0],
  client: ArrearsClient,
  log: Log,
): Promise<boolean> {
  if (events.length === 0) return true;
  const sent = await client.tell(events);
  if (sent.kind === 'refused') log('warning', `sample ERP: its changes got ${sent.reason}`);
  return sent.kind === 'taken';
}
