// The thread of the Cosmos DB server.
import { startCosmosServer } from './cosmos/server.ts';
import { serveThread } from './server-thread.ts';

await serveThread(startCosmosServer);
