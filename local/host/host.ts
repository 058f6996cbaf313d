// The embedded Functions host: loads the app's bundle through the real library and dispatches its
// triggers as the Functions host does. One app at a time, on loopback only.
import type { HttpListener, RunFunction } from './http-listener.ts';
import { listenHttp, routeOf } from './http-listener.ts';
import type { LoadedApp, Log, Registration } from './core-module.ts';
import { type HostSettings, readHostSettings } from './host-settings.ts';
import { type InvocationResult, invoke, textOf, type TriggerData } from './invocation.ts';
import { loadBundle } from './load-bundle.ts';
import { RouteTable } from './route.ts';
import { triggerDataOf } from './service-bus-message.ts';
import { listenToSessions, type QueueListener } from './session-slots.ts';

export type HostOptions = {
  /** Path of the bundle, `main` of package.json. */
  readonly bundle: string;
  /** The content of host.json, parsed. */
  readonly hostJson: unknown;
  /** Application settings: put into the environment before the bundle is loaded. */
  readonly settings: Readonly<Record<string, string>>;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: Log;
};

export type Host = {
  readonly port: number;
  readonly url: string;
  /** Names of the functions. */
  readonly functions: readonly string[];
  /** Invocations under way. */
  inFlight(): number;
  /** Promises that failed with nobody to notice: the real worker's process would have ended. */
  unhandled(): number;
  /** Lets what is under way finish, runs the app's hooks, and gives everything back. */
  stop(): Promise<void>;
};

/** Starts the host; rejects when the app cannot be loaded or the port is taken. */
export async function startHost(options: HostOptions): Promise<Host> {
  const restoreEnvironment = setEnvironment(options.settings);
  try {
    const running = new RunningHost(options, readHostSettings(options.hostJson));
    await running.start();
    return {
      port: running.port,
      url: `http://127.0.0.1:${running.port}`,
      functions: running.functions,
      inFlight: () => running.inFlight,
      unhandled: () => running.unhandled,
      stop: async () => {
        await running.stop();
        restoreEnvironment();
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
  inFlight = 0;
  unhandled = 0;
  readonly #options: HostOptions;
  readonly #settings: HostSettings;
  readonly #app: LoadedApp;
  readonly #byName: ReadonlyMap<string, Registration>;
  readonly #queues: QueueListener[] = [];
  #http: HttpListener | null = null;
  readonly #onUnhandled = (reason: unknown) => {
    this.unhandled += 1;
    this.#options.log('critical', `unhandled rejection: ${textOf(reason)}`);
  };

  constructor(options: HostOptions, settings: HostSettings) {
    this.#options = options;
    this.#settings = settings;
    this.#app = loadBundle(options.bundle, options.log);
    this.#byName = new Map(this.#app.registrations.map((one) => [one.metadata.name, one]));
  }

  get port(): number {
    return this.#http?.port ?? 0;
  }

  get functions(): string[] {
    return [...this.#byName.keys()];
  }

  async start(): Promise<void> {
    await this.#app.model.getCapabilities({});
    for (const hook of this.#app.hooksOf('appStart')) await hook({});
    const routes = [...this.#byName.values()].flatMap((one) => routeOf(one) ?? []);
    const table = new RouteTable(this.#settings.routePrefix, routes);
    process.on('unhandledRejection', this.#onUnhandled);
    try {
      this.#http = await listenHttp(this.#options.port, table, this.#run);
      for (const registration of this.#byName.values()) this.#listen(registration);
    } catch (error) {
      process.off('unhandledRejection', this.#onUnhandled);
      throw error;
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.#http?.close(), ...this.#queues.map((queue) => queue.close())]);
    for (const hook of this.#app.hooksOf('appTerminate')) await hook({});
    process.off('unhandledRejection', this.#onUnhandled);
  }

  readonly #run: RunFunction = async (name, trigger) => {
    const registration = this.#byName.get(name);
    if (registration === undefined) throw new Error(`no function ${name}`);
    return this.#invoke(registration, trigger);
  };

  async #invoke(registration: Registration, trigger: TriggerData): Promise<InvocationResult> {
    this.inFlight += 1;
    try {
      return await invoke(this.#app, registration, trigger, this.#options.log);
    } finally {
      this.inFlight -= 1;
    }
  }

  /** Starts the listener of a trigger; one this host does not have is an error, not a silence. */
  #listen(registration: Registration): void {
    const { name, bindings } = registration.metadata;
    const trigger = Object.values(bindings).find(({ type }) => type.endsWith('Trigger'));
    if (trigger?.type === 'httpTrigger') return;
    if (trigger?.type !== 'serviceBusTrigger' || typeof trigger['queueName'] !== 'string') {
      throw new Error(`${name}: the embedded host has no ${trigger?.type ?? 'such trigger'}`);
    }
    const { queueName, connection, isSessionsEnabled, cardinality } = trigger;
    if (isSessionsEnabled !== true || cardinality === 'many') {
      throw new Error(`${name}: the embedded host takes single messages of sessions only`);
    }
    const connectionString = process.env[String(connection)];
    if (connectionString === undefined)
      throw new Error(`${name}: ${String(connection)} is not set`);
    const listener = listenToSessions(
      connectionString,
      queueName,
      this.#settings.serviceBus,
      (message) => this.#invoke(registration, triggerDataOf(message)),
      this.#options.log,
    );
    this.#queues.push(listener);
  }
}
