// The sample ERP in a thread of its own, beside the host that it talks to over HTTP.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ErpOptions, ERP_QUEUES, type RunningErp } from './erp/start-erp.ts';
import { MEMORY } from './servers.ts';
import { type ServerThread, startThread } from './server-thread.ts';

export type ErpThread = {
  /** The queues it works off. */
  readonly queues: readonly string[];
  stop(): Promise<void>;
};

/** Where it runs, and for whom. */
export type ErpThreadOptions = Omit<ErpOptions, 'dataFile'> & {
  /** The folder of the stores, or `:memory:`. */
  readonly data: string;
  /** Milliseconds until it starts: it must not take from what answers the first requests. */
  readonly startsAfter: number;
};

const BOOKS_FILE = 'erp.sqlite';

/** Starts it without waiting for it: nothing but commands needs it. `failed` is told if it breaks. */
export function startErpThread(
  { data, startsAfter, ...options }: ErpThreadOptions,
  failed: (error: Error) => void,
): ErpThread {
  const dataFile = data === MEMORY ? MEMORY : join(data, BOOKS_FILE);
  const file = new URL('./erp-worker.ts', import.meta.url);
  const stopping = new AbortController();
  const start = async (): Promise<ServerThread<RunningErp> | null> => {
    try {
      await delay(startsAfter, undefined, { signal: stopping.signal });
      return await startThread<RunningErp>(file, { ...options, dataFile }, failed);
    } catch (error) {
      if (stopping.signal.aborted) return null;
      failed(error instanceof Error ? error : new Error(String(error)));
      return null;
    }
  };
  const starting = start();
  return {
    queues: ERP_QUEUES,
    async stop() {
      stopping.abort();
      const thread = await starting;
      await thread?.remote.stop();
      await thread?.terminate();
    },
  };
}
