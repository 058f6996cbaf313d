// The thread of the broker.
import { workerData } from 'node:worker_threads';
import { startBroker } from './broker/broker.ts';
import { serveThread } from './server-thread.ts';

serveThread(await startBroker(workerData));
