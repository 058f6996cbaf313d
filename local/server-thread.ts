// Runs one of the embedded servers in a worker thread, and calls it from the main one. A server
// that fails takes the process with it: nothing works without it.
import { parentPort, Worker, workerData } from 'node:worker_threads';

type Call = { readonly id: number; readonly method: string; readonly parameters: unknown[] };
type Reply = { readonly id: number; readonly result?: unknown; readonly error?: string };
type Started = { readonly started: unknown };

type Method = (...parameters: never[]) => unknown;

/** The methods of a server that can be called across threads: results are cloned. */
export type Remote<S> = {
  [K in keyof S as S[K] extends Method ? K : never]: S[K] extends (...p: infer P) => infer R
    ? (...parameters: P) => Promise<Awaited<R>>
    : never;
};

export type ServerThread<S> = {
  /** The fields of the server that are no methods, such as its port. */
  readonly info: { [K in keyof S as S[K] extends Method ? never : K]: S[K] };
  readonly remote: Remote<S>;
  /** Ends the thread without asking the server. */
  terminate(): Promise<void>;
};

/** In the worker: starts the server with the options given, and serves calls to its methods. */
export async function serveThread(start: (options: never) => Promise<object>): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('not in a worker thread');
  // Sent by startThread below: each worker file names the server whose options they are.
  const server = await start(workerData as never);
  const methods = new Map<string, (...parameters: unknown[]) => unknown>();
  const info: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(server)) {
    if (typeof value === 'function') methods.set(name, value.bind(server));
    else info[name] = value;
  }
  port.on('message', ({ id, method, parameters }: Call) => {
    void answer(methods.get(method), parameters).then((reply) =>
      port.postMessage({ id, ...reply }),
    );
  });
  port.postMessage({ started: info } satisfies Started);
}

async function answer(
  method: ((...parameters: unknown[]) => unknown) | undefined,
  parameters: unknown[],
): Promise<Omit<Reply, 'id'>> {
  if (method === undefined) return { error: 'no such method' };
  try {
    return { result: await method(...parameters) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Starts a worker whose file calls {@link serveThread}; rejects when its server cannot start. */
export async function startThread<S extends object>(
  file: URL,
  options: object,
  failed: (error: Error) => void,
): Promise<ServerThread<S>> {
  const worker = new Worker(file, { workerData: options });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const info = await new Promise<unknown>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', ({ started }: Started) => {
      worker.off('error', reject);
      resolve(started);
    });
  });
  worker.on('error', failed);
  worker.on('message', ({ id, result, error }: Reply) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  });
  let calls = 0;
  const call = (method: string, parameters: unknown[]) =>
    new Promise((resolve, reject) => {
      calls += 1;
      waiting.set(calls, { resolve, reject });
      worker.postMessage({ id: calls, method, parameters } satisfies Call);
    });
  const remote = new Proxy(
    {},
    {
      get: (_target, name) =>
        // A thing with `then` would be taken for a promise.
        typeof name === 'string' && name !== 'then'
          ? (...parameters: unknown[]) => call(name, parameters)
          : undefined,
    },
  );
  return {
    info: info as ServerThread<S>['info'],
    remote: remote as Remote<S>,
    async terminate() {
      worker.off('error', failed);
      await worker.terminate();
    },
  };
}
