// The embedded runtime: servers and host together, as `npm start` and the tests run them.
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { topology } from '../infra/topology.ts';
import { type ErpThread, type ErpThreadOptions, startErpThread } from './erp-thread.ts';
import type { Log } from './host/core-module.ts';
import { type Host, startHost } from './host/host.ts';
import type { TimerMode } from './host/timer-listener.ts';
import { developmentSignIn } from './issuer/development-sign-in.ts';
import { startTokenIssuer, type TokenIssuer } from './issuer/token-issuer.ts';
import { observed } from './observed-log.ts';
import { type Connections, type ServerControls, startServers } from './servers.ts';

export type RuntimeOptions = {
  /** Folder of the stores, or `:memory:`. */
  readonly data: string;
  /** HTTP port; 0 takes any free one. */
  readonly port: number;
  /** Sets the business clock, RFC 3339. */
  readonly businessNow?: string | undefined;
  /** Calls a second of one caller; more than any makes unless told: in tests all are one caller's. */
  readonly callsPerSecond?: string | undefined;
  /** Origins of web pages that may call. */
  readonly origins?: string | undefined;
  /** Path of the app's bundle; the one that package.json names unless given. */
  readonly bundle?: string;
  /** Servers that run already, instead of our own. */
  readonly connections?: Connections;
  readonly log?: Log;
  /** The environment names an issuer, instead of our own with its development sign-in. */
  readonly foreignIssuer?: boolean;
  /** Timers run only when they are fired unless told otherwise: else tests would depend on the time. */
  readonly timers?: TimerMode;
  /**
   * Runs the ERP of the sample companies beside the host, as they are on a business date. It needs
   * servers and an issuer of our own.
   */
  readonly erp?: Pick<ErpThreadOptions, 'sampleDate' | 'startsAfter'>;
};

export type Runtime = Partial<ServerControls> & {
  readonly url: string;
  readonly connections: Connections;
  readonly functions: readonly string[];
  /** Promises of the app that failed with nobody to notice. */
  unhandled(): number;
  /**
   * Resolves when nothing is being worked on, and no message waits that anybody here would work on.
   * Needs servers of our own.
   */
  idle(): Promise<void>;
  /** Runs a timer's function now; rejects when it fails. */
  fireTimer(name: string): Promise<void>;
  /** Ends the host and starts it again on the same port, with another business clock. */
  restartHost(change: { readonly businessNow?: string }): Promise<void>;
  stop(): Promise<void>;
};

/** A runtime with servers of its own: all controls are there. */
export type EmbeddedRuntime = Runtime & ServerControls;

/** The bundle that package.json names, and the settings of the real host. */
const BUNDLE = fileURLToPath(new URL('../dist/main.cjs', import.meta.url));
const HOST_JSON = new URL('../host.json', import.meta.url);
const CALLS_PER_SECOND = '100000';
/** Milliseconds between looks at a message that is locked and not being worked on. */
const LOCKED_PAUSE = 5;

/** Starts servers and host. */
export async function startRuntime(
  options: RuntimeOptions & { readonly connections?: undefined },
): Promise<EmbeddedRuntime>;
export async function startRuntime(options: RuntimeOptions): Promise<Runtime>;
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const log = observed(options.log ?? logErrors);
  const servers =
    options.connections === undefined ? await startServers(options.data, fatal) : null;
  const connections = options.connections ?? servers?.connections;
  if (connections === undefined) throw new Error('no servers to connect to');
  const issuer = options.foreignIssuer === true ? null : await startTokenIssuer();
  const signIn = issuer === null ? null : developmentSignIn(issuer, () => performance.now());
  const closeServers = () => Promise.all([issuer?.close(), servers?.close()]);
  const start = (port: number, businessNow: string | undefined) =>
    startHost({
      bundle: options.bundle ?? BUNDLE,
      hostJson: JSON.parse(readFileSync(HOST_JSON, 'utf8')),
      settings: settingsOf(connections, issuer, { ...options, businessNow }),
      port,
      log,
      timers: options.timers ?? 'fired',
      ...(signIn === null ? {} : { signIn }),
    });
  let host: Host;
  try {
    host = await start(options.port, options.businessNow);
  } catch (error) {
    await closeServers();
    throw error;
  }
  const { url, port, functions } = host;
  const erp = erpBeside(url, options, connections);
  let unhandledBefore = 0;
  return {
    url,
    connections,
    functions,
    ...(servers === null ? {} : { broker: servers.broker, cosmos: servers.cosmos }),
    unhandled: () => unhandledBefore + host.unhandled(),
    async idle() {
      if (servers === null) throw new Error('only servers of our own can tell when they are idle');
      await whenIdle(() => host, servers, erp?.queues ?? []);
    },
    fireTimer: (name) => host.fireTimer(name),
    async restartHost({ businessNow }) {
      await host.stop();
      const unhandled = host.unhandled();
      host = await start(port, businessNow);
      unhandledBefore += unhandled;
    },
    async stop() {
      try {
        await erp?.stop();
        await host.stop();
      } finally {
        await closeServers();
      }
    },
  };
}

function erpBeside(
  url: string,
  { erp, data, businessNow, connections, foreignIssuer }: RuntimeOptions,
  { serviceBus }: Connections,
): ErpThread | null {
  if (erp === undefined || connections !== undefined || foreignIssuer === true) return null;
  return startErpThread({ ...erp, url, data, serviceBus, businessNow }, fatal);
}

function settingsOf(
  connections: Connections,
  issuer: TokenIssuer | null,
  {
    businessNow,
    callsPerSecond,
    origins,
  }: Pick<RuntimeOptions, 'businessNow' | 'callsPerSecond' | 'origins'>,
) {
  return {
    [topology.serviceBus.connection]: connections.serviceBus,
    [topology.cosmos.connection]: connections.cosmos,
    ...(issuer === null
      ? {}
      : {
          ARREARS_ISSUER: issuer.issuer,
          ARREARS_AUDIENCE: issuer.audience,
          ARREARS_JWKS_URI: '',
        }),
    ARREARS_CALLS_PER_SECOND: callsPerSecond ?? CALLS_PER_SECOND,
    ...(origins === undefined ? {} : { ARREARS_CORS_ORIGINS: origins }),
    ...(businessNow === undefined ? {} : { ARREARS_NOW: businessNow }),
  };
}

/**
 * Resolves when no message is left of the queues that are worked off here, and nothing is being
 * worked on. The host is looked at before
 * the broker: what an invocation sends is in the broker when the invocation has ended.
 */
async function whenIdle(
  host: () => Host,
  { broker, cosmos }: ServerControls,
  erpQueues: readonly string[],
): Promise<void> {
  for (;;) {
    const queues = [...host().queues, ...erpQueues];
    await broker.idle(queues);
    await host().idle();
    await cosmos.idle();
    const isQuiet = host().inFlight() === 0;
    const depths = await broker.depths();
    const isEmpty = queues.every((queue) => depths[queue]?.active === 0);
    if (isQuiet && isEmpty) return;
    await delay(LOCKED_PAUSE);
  }
}

const logErrors: Log = (level, message) => {
  if (level === 'error' || level === 'critical') process.stderr.write(`${level}: ${message}\n`);
};

function fatal(error: Error): void {
  process.stderr.write(`an embedded server failed: ${error.stack ?? error.message}\n`);
  process.exit(1);
}
