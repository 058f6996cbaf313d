// The thread of the Cosmos DB server.
import { workerData } from 'node:worker_threads';
import { startCosmosServer } from './cosmos/server.ts';
import { serveThread } from './server-thread.ts';

serveThread(await startCosmosServer(workerData));
