// The thread of the sample ERP.
import { workerData } from 'node:worker_threads';
import { startErp } from './erp/start-erp.ts';
import type { Log } from './host/core-module.ts';
import { serveThread } from './server-thread.ts';

const log: Log = (level, message) => {
  if (level === 'warning' || level === 'error' || level === 'critical') {
    process.stderr.write(`${level}: ${message}\n`);
  }
};

serveThread(startErp(workerData, log));
