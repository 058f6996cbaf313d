// Runs one of the embedded servers in a worker thread, and calls it from the main one. A server
// that fails is told to the caller at once: nothing works without it.
import { parentPort, Worker } from 'node:worker_threads';

type Call = {
  readonly id: number;
  readonly method: string;
  readonly parameters: readonly unknown[];
};
type Reply = { readonly id: number; readonly result?: unknown; readonly error?: string };
type Started<S> = { readonly info: Info<S>; readonly methods: readonly string[] };

type Method = (...parameters: never[]) => unknown;

/** The fields of a server that are no methods, such as its port. */
type Info<S> = { readonly [K in keyof S as S[K] extends Method ? never : K]: S[K] };

/** The methods of a server, called across threads: parameters and results are cloned. */
export type Remote<S> = {
  readonly [K in keyof S as S[K] extends Method ? K : never]: S[K] extends (
    ...parameters: infer P
  ) => infer R
    ? (...parameters: P) => Promise<Awaited<R>>
    : never;
};

export type ServerThread<S> = {
  readonly info: Info<S>;
  readonly remote: Remote<S>;
  /** Ends the thread without asking the server. */
  terminate(): Promise<void>;
};

/** In the worker: serves calls to the methods of a server that has started. */
export function serveThread(server: object): void {
  const port = parentPort;
  if (port === null) throw new Error('not in a worker thread');
  const methods = new Map<string, () => unknown>();
  const info: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(server)) {
    if (typeof value === 'function') methods.set(name, value);
    else info[name] = value;
  }
  port.on('message', ({ id, method, parameters }: Call) => {
    void answer(server, methods.get(method), parameters).then((reply) =>
      port.postMessage({ id, ...reply }),
    );
  });
  port.postMessage({ info, methods: [...methods.keys()] });
}

async function answer(
  server: object,
  method: (() => unknown) | undefined,
  parameters: readonly unknown[],
): Promise<Omit<Reply, 'id'>> {
  if (method === undefined) return { error: 'no such method' };
  try {
    return { result: await Reflect.apply(method, server, parameters) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Starts a worker whose file calls {@link serveThread} with an `S`; rejects when it cannot. `failed`
 * is told when the thread ends later without having been asked to.
 */
export async function startThread<S>(
  file: URL,
  options: object,
  failed: (error: Error) => void,
): Promise<ServerThread<S>> {
  // Options of this process, such as a debugger's, are not for its threads.
  const worker = new Worker(file, { workerData: options, execArgv: [] });
  const calls = new Calls(worker);
  const { info, methods } = await firstMessage<S>(worker);
  let mayEnd = false;
  const fail = (error: Error) => {
    if (!mayEnd) failed(error);
    // A thread that threw also ends: that is no second failure.
    mayEnd = true;
  };
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => {
    calls.rejectAll(new Error('the server thread has ended'));
    fail(new Error(`a server thread ended by itself, code ${code}`));
  });
  worker.on('message', (reply: Reply) => calls.settle(reply));
  const remote: Remote<S> = Object.fromEntries(
    methods.map((method): unknown[] => [
      method,
      (...parameters: unknown[]) => calls.call(method, parameters),
    ]),
  );
  return {
    info,
    remote,
    async terminate() {
      mayEnd = true;
      await worker.terminate();
    },
  };
}

function firstMessage<S>(worker: Worker): Promise<Started<S>> {
  return new Promise((resolve, reject) => {
    const ended = (code: number) => reject(new Error(`a server thread ended, code ${code}`));
    worker.once('error', reject);
    worker.once('exit', ended);
    worker.once('message', (started: Started<S>) => {
      worker.off('error', reject);
      worker.off('exit', ended);
      resolve(started);
    });
  });
}

/** Calls that wait for their reply. */
class Calls {
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { resolve(value: unknown): void; reject(error: Error): void }
  >();
  #lastId = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  call(method: string, parameters: readonly unknown[]): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, parameters } satisfies Call, []);
    });
  }

  settle({ id, result, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error));
  }

  rejectAll(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
