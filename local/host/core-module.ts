// Stands in for `@azure/functions-core`, the module the Functions worker supplies to the real
// `@azure/functions` library: it takes registrations and hooks, and gives them to the host.

/** A trigger or binding as the library describes it; options beyond these pass through. */
export type Binding = {
  readonly type: string;
  readonly direction: string;
  readonly name?: string;
  readonly [option: string]: unknown;
};

export type FunctionMetadata = {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly retryOptions?: unknown;
};

export type FunctionCallback = (...inputs: readonly unknown[]) => unknown;

export type Registration = {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
};

/** Values as the worker's protocol carries them; one of the fields is set. */
export type TypedData = {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly http?: HttpData;
};

/** A cookie of a response; `none` is a cookie without the attribute. */
export type HttpCookie = {
  readonly name: string;
  readonly value: string;
  readonly domain?: { readonly value: string } | undefined;
  readonly path?: { readonly value: string } | undefined;
  /** Seconds since 1970. */
  readonly expires?: { readonly value: { readonly seconds: number } } | undefined;
  readonly secure?: { readonly value: boolean } | undefined;
  readonly httpOnly?: { readonly value: boolean } | undefined;
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  readonly maxAge?: { readonly value: number } | undefined;
};

type Nullable = { readonly value: string };

/** A request on its way in, or a response on its way out. */
export type HttpData = {
  readonly method?: string;
  readonly url?: string;
  readonly nullableHeaders?: Readonly<Record<string, Nullable>>;
  readonly nullableParams?: Readonly<Record<string, Nullable>>;
  readonly nullableQuery?: Readonly<Record<string, Nullable>>;
  readonly statusCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly HttpCookie[];
  readonly body?: TypedData;
};

/** The headers `traceparent` and `tracestate` of W3C Trace Context. */
export type TraceContext = { readonly traceParent: string; readonly traceState: string };

export type InvocationRequest = {
  readonly invocationId: string;
  readonly inputData: readonly { readonly name: string; readonly data: TypedData }[];
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
  readonly traceContext: TraceContext & { readonly attributes: Readonly<Record<string, string>> };
};

export type LogLevel =
  | 'trace'
  | 'debug'
  | 'information'
  | 'warning'
  | 'error'
  | 'critical'
  | 'none';

/** What the library is given of one invocation. */
export type CoreInvocationContext = {
  readonly invocationId: string;
  readonly request: InvocationRequest;
  readonly metadata: FunctionMetadata;
  state?: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';
  log(level: LogLevel, category: string, message: string): void;
};

/** The library's own part in an invocation. */
export type InvocationModel = {
  getArguments(): Promise<{ readonly context: unknown; readonly inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(
    context: unknown,
    result: unknown,
  ): Promise<{ readonly returnValue?: TypedData | null }>;
};

export type ProgrammingModel = {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
};

const HOOK_NAMES = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;

export type HookName = (typeof HOOK_NAMES)[number];
export type HookCallback = (context: Record<string, unknown>) => unknown;

export type Log = (level: LogLevel, message: string) => void;

/** What an app registered while it was loaded. */
export type LoadedApp = {
  readonly registrations: readonly Registration[];
  readonly model: ProgrammingModel;
  hooksOf(name: HookName): readonly HookCallback[];
};

const HOST_VERSION = '4.0.0';
/** The worker version the module speaks for: one that supports Node.js 24. */
const WORKER_VERSION = '3.13.0';

/** A fresh core module, and what was registered through it. */
export class CoreModule {
  readonly #registrations: Registration[] = [];
  readonly #hooks = new Map<HookName, HookCallback[]>();
  #model: ProgrammingModel | null = null;
  #locked = false;
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** The object that `require('@azure/functions-core')` gives. */
  exports(): object {
    return {
      version: WORKER_VERSION,
      hostVersion: HOST_VERSION,
      registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) => {
        if (this.#locked) throw new Error('a function was registered after the app had started');
        const registration = { metadata, callback };
        this.#registrations.push(registration);
        return disposable(() => remove(this.#registrations, registration));
      },
      registerHook: (name: HookName, callback: HookCallback) => {
        if (!HOOK_NAMES.includes(name)) throw new Error(`the embedded host has no hook ${name}`);
        const callbacks = this.#hooks.get(name) ?? [];
        callbacks.push(callback);
        this.#hooks.set(name, callbacks);
        return disposable(() => remove(callbacks, callback));
      },
      setProgrammingModel: (model: ProgrammingModel) => {
        this.#model = model;
      },
      getProgrammingModel: () => this.#model,
      log: (level: LogLevel, _category: string, message: string) => this.#log(level, message),
      Disposable: CoreDisposable,
    };
  }

  /** Ends registration; throws when there is nothing to run, as a wrong entry file would cause. */
  finish(): LoadedApp {
    this.#locked = true;
    const [registrations, model] = [this.#registrations, this.#model];
    if (registrations.length === 0 || model === null) {
      throw new Error('the app registered no function');
    }
    const names = registrations.map(({ metadata }) => metadata.name.toLowerCase());
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new Error(`two functions are named ${twice}`);
    return { registrations, model, hooksOf: (name) => this.#hooks.get(name) ?? [] };
  }
}

class CoreDisposable {
  readonly #dispose: () => void;

  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }

  dispose(): void {
    this.#dispose();
  }
}

function disposable(dispose: () => void): CoreDisposable {
  return new CoreDisposable(dispose);
}

function remove<T>(list: T[], item: T): void {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
}
