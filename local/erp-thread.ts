// The sample ERP in a thread of its own, beside the host that it talks to over HTTP.
import { join } from 'node:path';
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
};

const BOOKS_FILE = 'erp.sqlite';

/** Starts it without waiting for it: nothing but commands needs it. `failed` is told if it breaks. */
export function startErpThread(
  { data, ...options }: ErpThreadOptions,
  failed: (error: Error) => void,
): ErpThread {
  const dataFile = data === MEMORY ? MEMORY : join(data, BOOKS_FILE);
  const file = new URL('./erp-worker.ts', import.meta.url);
  const starting = startThread<RunningErp>(file, { ...options, dataFile }, failed).catch(
    (error: unknown) => {
      failed(error instanceof Error ? error : new Error(String(error)));
      return null;
    },
  );
  return {
    queues: ERP_QUEUES,
    async stop() {
      const thread: ServerThread<RunningErp> | null = await starting;
      await thread?.remote.stop();
      await thread?.terminate();
    },
  };
}
