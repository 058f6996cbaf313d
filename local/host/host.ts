// The embedded Functions host: loads the app's bundle through the real library and dispatches its
// triggers as the Functions host does. One app at a time, on loopback only.
import type { LoadedApp, Log, Registration } from './core-module.ts';
import { endedOrAborted } from './ended-or-aborted.ts';
import { type HostSettings, readHostSettings } from './host-settings.ts';
import { type HttpListener, listenHttp } from './http-listener.ts';
import { InFlight } from './in-flight.ts';
import { type InvocationResult, invoke, textOf, type TriggerData } from './invocation.ts';
import { loadBundle } from './load-bundle.ts';
import { listenToQueue } from './message-pump.ts';
import type { QueueListener } from './queue-work.ts';
import { RouteTable } from './route.ts';
import { triggerDataOf } from './service-bus-message.ts';
import { listenToSessions } from './session-slots.ts';
import { listenToTimer, type TimerListener, type TimerMode } from './timer-listener.ts';
import type { SignIn } from '../issuer/development-sign-in.ts';
import { type QueueTrigger, type Trigger, triggerOf } from './trigger-binding.ts';

export type HostOptions = {
  /** Path of the bundle, `main` of package.json. */
  readonly bundle: string;
  /** The content of host.json, parsed. */
  readonly hostJson: unknown;
  /** Application settings: in the environment from before the bundle is loaded until the stop. */
  readonly settings: Readonly<Record<string, string>>;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: Log;
  /** What the Authorization header of a request becomes; it stays as it is unless given. */
  readonly signIn?: SignIn;
  /** Timers keep to their schedules unless told otherwise. */
  readonly timers?: TimerMode;
};

export type Host = {
  readonly port: number;
  readonly url: string;
  /** Names of the functions. */
  readonly functions: readonly string[];
  /** Names of the queues that trigger them. */
  readonly queues: readonly string[];
  /** Invocations under way; a message counts until it is settled. */
  inFlight(): number;
  /** Resolves at the first moment when no invocation is under way. */
  idle(): Promise<void>;
  /** Promises that failed with nobody to notice: the real worker's process would have ended. */
  unhandled(): number;
  /** Runs a timer's function now; rejects when it fails. */
  fireTimer(name: string): Promise<void>;
  /** Lets what is under way finish, within a limit, runs the app's hooks, and closes everything. */
  stop(): Promise<void>;
};

/** Milliseconds that invocations have to finish when the host stops. */
const STOP_LIMIT = 10_000;

/** Starts the host; rejects when the app cannot be loaded or the port is taken. */
export async function startHost(options: HostOptions): Promise<Host> {
  const restoreEnvironment = setEnvironment(options.settings);
  let stopped: Promise<void> | null = null;
  try {
    const running = new RunningHost(options, readHostSettings(options.hostJson));
    const port = await running.start();
    return {
      port,
      url: `http://127.0.0.1:${port}`,
      functions: running.functions,
      queues: running.queueNames,
      inFlight: () => running.inFlight.count,
      idle: () => running.inFlight.idle(),
      unhandled: () => running.unhandled,
      fireTimer: (name) => running.fireTimer(name),
      stop: () => {
        stopped ??= running.stop().finally(restoreEnvironment);
        return stopped;
      },
    };
  } catch (error) {
    restoreEnvironment();
    throw error;
  }
}

function setEnvironment(settings: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, settings);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
}

class RunningHost {
  unhandled = 0;
  readonly inFlight = new InFlight();
  readonly #log: Log;
  readonly #port: number;
  readonly #signIn: SignIn | undefined;
  readonly #settings: HostSettings;
  readonly #app: LoadedApp;
  readonly #byName: ReadonlyMap<string, Registration>;
  #http: HttpListener | null = null;
  readonly queueNames: string[] = [];
  readonly #queues: QueueListener[] = [];
  readonly #timers = new Map<string, TimerListener>();
  readonly #timerMode: TimerMode;
  /** What the hooks of the app's start hand to those of its end. */
  readonly #hookData = {};
  readonly #onUnhandled = (reason: unknown) => {
    this.unhandled += 1;
    this.#log('critical', `unhandled rejection: ${textOf(reason)}`);
  };

  constructor(options: HostOptions, settings: HostSettings) {
    const { bundle, port, log, signIn, timers = 'scheduled' } = options;
    this.#log = log;
    this.#timerMode = timers;
    this.#port = port;
    this.#signIn = signIn;
    this.#settings = settings;
    this.#app = loadBundle(bundle, log);
    this.#byName = new Map(this.#app.registrations.map((one) => [one.metadata.name, one]));
  }

  get functions(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** Gives the port; when anything fails, all that was started is closed again. */
  async start(): Promise<number> {
    const triggers = [...this.#byName.values()].map((registration) => ({
      registration,
      trigger: triggerOf(registration.metadata, (name) => process.env[name]),
    }));
    const routes = new RouteTable(
      this.#settings.routePrefix,
      triggers.flatMap(({ trigger }) => (trigger.kind === 'http' ? [trigger.route] : [])),
    );
    for (const overlap of routes.overlaps()) this.#log('warning', overlap);
    process.on('unhandledRejection', this.#onUnhandled);
    try {
      for (const hook of this.#app.hooksOf('appStart')) await hook({ hookData: this.#hookData });
      const { HttpUri } = await this.#app.model.getCapabilities({});
      if (HttpUri !== undefined) throw new Error('the embedded host has no enableHttpStream');
      this.#http = await listenHttp({
        port: this.#port,
        routes,
        log: this.#log,
        ...(this.#signIn === undefined ? {} : { signIn: this.#signIn }),
        run: (name, data) => this.#runByName(name, data),
      });
      for (const { registration, trigger } of triggers) this.#listen(registration, trigger);
      return this.#http.port;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const deadline = AbortSignal.timeout(STOP_LIMIT);
    for (const timer of this.#timers.values()) timer.stop();
    await Promise.all([
      this.#http?.close(deadline),
      ...this.#queues.map((queue) => queue.close(deadline)),
      endedOrAborted(this.inFlight.idle(), deadline),
    ]);
    if (this.inFlight.count > 0) {
      this.#log('warning', `stopped with ${this.inFlight.count} invocations under way`);
    }
    try {
      for (const hook of this.#app.hooksOf('appTerminate'))
        await hook({ hookData: this.#hookData });
    } finally {
      process.off('unhandledRejection', this.#onUnhandled);
    }
  }

  async fireTimer(name: string): Promise<void> {
    const timer = this.#timers.get(name);
    if (timer === undefined) throw new Error(`no timer ${name}`);
    const { kind } = await timer.fire();
    if (kind === 'failed') throw new Error(`the timer ${name} failed`);
  }

  #runByName(name: string, data: TriggerData): Promise<InvocationResult> {
    const registration = this.#byName.get(name);
    if (registration === undefined) throw new Error(`no function ${name}`);
    return this.inFlight.track(() => this.#invoke(registration, data));
  }

  #invoke(registration: Registration, data: TriggerData): Promise<InvocationResult> {
    return invoke(this.#app, registration, data, this.#log);
  }

  #listen(registration: Registration, trigger: Trigger): void {
    switch (trigger.kind) {
      case 'http':
        return;
      case 'queue':
        this.queueNames.push(trigger.queue);
        this.#queues.push(this.#listenToQueue(registration, trigger));
        return;
      case 'timer': {
        const { name } = registration.metadata;
        const run = (data: TriggerData) => this.#runByName(name, data);
        this.#timers.set(name, listenToTimer(name, trigger, this.#timerMode, run, this.#log));
        return;
      }
    }
  }

  #listenToQueue(registration: Registration, trigger: QueueTrigger): QueueListener {
    const { queue, connectionString, isSessionsEnabled, isBinary } = trigger;
    const listen = isSessionsEnabled ? listenToSessions : listenToQueue;
    return listen({
      queue,
      connectionString,
      settings: this.#settings.serviceBus,
      run: (message) => this.#invoke(registration, triggerDataOf(message, isBinary)),
      inFlight: this.inFlight,
      log: this.#log,
    });
  }
}
